"""`luodi city`, `luodi zone`: begin a real site, and put changed rules into force."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from luodi.common.moments import Moment
from luodi.common.refusals import Refusal
from luodi.indicators.actions import adopt_pack_indicators
from luodi.orgs.actions import (
    adopt_zone_pack,
    appoint,
    enter_city,
    open_account,
    renew_pack,
    withdraw_zone_pack,
)
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import Account, Unit
from luodi.orgs.queries import cities_in_force, pack_of, units_by_name
from luodi.orgs.rules import units_in
from luodi.packs import Pack, Stack, builtin_packs, load, resolve

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
    stack = of_a_city(chosen(pack))
    if not units_in(stack, Moment(datetime.now(UTC)).today):
        raise click.ClickException(f"规则包没有单位名单 · {stack.key} lists no units: no city")
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
    """Put PACK into force for its city from now on. The past keeps the rules it had.

    Zones with rules of their own get them put over the new edition at once.
    """
    prepare()
    stack = of_a_city(chosen(pack))
    if not Unit.objects.filter(key=stack.key).exists():
        raise click.ClickException(f"还没有建立本市 · no city {stack.key}: use `luodi city found`")
    try:
        renew_pack(city=stack.key, pack=stack.content(), by=MAKER, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{stack.key}: {stack.digest[:12]} 现行有效 · in force")


@click.group()
def zone() -> None:
    """开发区：启用、停用自己的规则包 · a zone's own rules over its city's."""


@zone.command()
@click.argument("pack")
@click.option("--zone", "name", default="", help="开发区的名称，默认按规则包的名称 · its name")
@click.option("--city", "key", default="", help="所在的市，默认按规则包 · the city's key")
def adopt(pack: str, name: str, key: str) -> None:
    """Let a zone run PACK (a built-in key or a folder) over its city's rules from now on.

    The zone is the one that bears the pack's name, or the one named.
    """
    prepare()
    stack = chosen(pack, running_packs(key))
    wide = [each.key for each in stack.packs if each.head.level == "city"]
    of, own = key or (wide[-1] if wide else ""), stack.packs[-1].head.name
    one = zone_named(of, name or own)
    try:
        adopt_zone_pack(zone=one, pack=stack.content(), by=MAKER, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{stack.key}: {stack.digest[:12]} 开发区现行有效 · in force for the zone")
    if not is_named(of, one, own):
        click.echo(
            f"注意：规则包写的是“{own}”，启用它的是“{name}”；用错了请停用 · the pack names "
            f"another zone: `luodi zone withdraw {of} {name} --why …` takes it back",
            err=True,
        )


@zone.command()
@click.argument("city")
@click.argument("name")
@click.option("--why", required=True, help="原因 · the reason")
def withdraw(city: str, name: str, why: str) -> None:
    """Let the zone NAME of CITY (its key) run on the city's own rules again from now on."""
    prepare()
    try:
        withdraw_zone_pack(zone=zone_named(city, name), why=why, by=MAKER, at=datetime.now(UTC))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{name}: 改用本市规则 · runs on the city's rules")


def is_named(city: str, zone: str, name: str) -> bool:
    """Whether a zone bears a name."""
    known = units_by_name(city, Moment(datetime.now(UTC))).get(name, [])
    return any(state.of_id == zone for state in known)


def running_packs(city: str = "") -> list[Pack]:
    """The packs that cities run on now: a zone's may stand on one that is not built in."""
    now = Moment(datetime.now(UTC))
    cities = [city] if city else cities_in_force(now)
    return [pack for each in cities for pack in pack_of(each, now).packs]


def zone_named(city: str, name: str) -> str:
    """The key of a city's zone by a name it bears; refused where none or several bear it."""
    known = units_by_name(city, Moment(datetime.now(UTC))).get(name, [])
    found = [state.of_id for state in known if state.kind == UnitKind.ZONE]
    if len(found) != 1:
        raise click.ClickException(f"本市没有叫这个名称的开发区 · {city or '?'}: no zone {name}")
    return found[0]


def of_a_city(stack: Stack) -> Stack:
    """The stack, unless its narrowest pack is a zone's: that one goes over a city's."""
    if stack.packs[-1].head.level == "zone":
        raise click.ClickException(
            f"{stack.key} 是开发区的规则包 · a zone's pack: use `luodi zone adopt {stack.key}`"
        )
    return stack


def chosen(pack: str, running: Iterable[Pack] = ()) -> Stack:
    """The stack of a built-in pack or of a folder; a pack with faults is refused with them.

    A folder's pack stands on built-in ones, or on those of `running`, which go first.
    """
    known = dict(builtin_packs())
    if pack in known:
        return resolve(pack, known)
    folder = Path(pack)
    if not folder.is_dir():
        names = "、".join(sorted(known))
        raise click.ClickException(f"没有这个规则包 · no such pack: {pack}（{names}）")
    known |= {each.key: each for each in running}
    one, problems = load(folder, known)
    faults = [problem for problem in problems if problem.severity == "error"]
    if one is None or faults:
        lines = "\n".join(str(problem) for problem in faults)
        raise click.ClickException(f"规则包有误，没有启用 · the pack has faults:\n{lines}")
    known[one.key] = one
    try:
        return resolve(one.key, known)
    except KeyError as missing:
        name = missing.args[0]
        raise click.ClickException(
            f"找不到所依托的规则包“{name}”，没有启用 · it stands on {name}, which is not there"
        ) from missing


def free_name(username: str, key: str) -> str:
    """The user name, with the city's key where another city has taken it."""
    taken = Account.objects.filter(username=username).exists()
    return f"{username}-{key}" if taken else username
