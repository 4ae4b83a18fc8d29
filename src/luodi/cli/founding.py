"""`luodi city`: begin a real site, and put a changed pack into force."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from luodi.common.refusals import Refusal
from luodi.indicators.actions import adopt_pack_indicators
from luodi.orgs.actions import appoint, enter_city, open_account, renew_pack
from luodi.orgs.choices import Role
from luodi.orgs.models import Account, Unit
from luodi.packs import Stack, builtin_packs, load, resolve

from .serving import prepare

MAKER = "system:founding"
FIRST = (
    ("sysadmin", Role.SYSTEM_ADMIN, "系统管理员"),
    ("secadmin", Role.SECURITY_ADMIN, "安全管理员"),
    ("auditor", Role.AUDITOR, "审计员"),
)


@click.group()
def city() -> None:
    """本市：建立、换用规则包 · begin a city, renew its pack."""


@city.command()
@click.argument("pack")
def found(pack: str) -> None:
    """Begin a city from PACK (a built-in key or a folder) with three administrators.

    Prints their user names and first passwords once. Everybody else is entered in the browser:
    people by the system administrator, accounts by the security administrator.
    """
    prepare()
    stack = chosen(pack)
    if Unit.objects.filter(key=stack.key).exists():
        raise click.ClickException(f"本市已经建立 · the city {stack.key} is there already")
    now = datetime.now(UTC)
    root = enter_city(stack=stack, by=MAKER, at=now)
    adopt_pack_indicators(city=root.key, by=MAKER, at=now)
    click.echo(f"已建立 {stack.key} · founded. 首次密码只显示这一次 · shown once:")
    for username, role, title in FIRST:
        name = free_name(username, stack.key)
        person = appoint(
            name=title, unit=root.key, role=role, title=title, by=MAKER, at=now, generated=True
        )
        password = secrets.token_urlsafe(12)
        open_account(username=name, password=password, person=person.key, by=MAKER, at=now)
        click.echo(f"  {name:<24}{password}    {title}")


@city.command()
@click.argument("pack")
def renew(pack: str) -> None:
    """Put PACK into force for its city from now on. The past keeps the rules it had."""
    prepare()
    stack = chosen(pack)
    if not Unit.objects.filter(key=stack.key).exists():
        raise click.ClickException(f"还没有建立本市 · no city {stack.key}: use `luodi city found`")
    try:
        renew_pack(city=stack.key, pack=stack.content(), by=MAKER, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{stack.key}: {stack.digest[:12]} 现行有效 · in force")


def chosen(pack: str) -> Stack:
    """The stack of a built-in pack or of a folder; a pack with faults is refused with them."""
    known = dict(builtin_packs())
    if pack in known:
        return resolve(pack, known)
    folder = Path(pack)
    if not folder.is_dir():
        names = "、".join(sorted(known))
        raise click.ClickException(f"没有这个规则包 · no such pack: {pack}（{names}）")
    one, problems = load(folder)
    faults = [problem for problem in problems if problem.severity == "error"]
    if one is None or faults:
        lines = "\n".join(str(problem) for problem in faults)
        raise click.ClickException(f"规则包有误，没有启用 · the pack has faults:\n{lines}")
    known[one.key] = one
    return resolve(one.key, known)


def free_name(username: str, key: str) -> str:
    """The user name, with the city's key where another city has taken it."""
    taken = Account.objects.filter(username=username).exists()
    return f"{username}-{key}" if taken else username
