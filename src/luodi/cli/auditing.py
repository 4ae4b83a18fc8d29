"""`luodi audit verify`: is the record what was sealed?"""

from __future__ import annotations

import json

import click

from luodi.audit.queries import has_record
from luodi.audit.queries import verify as verify_record
from luodi.documents.queries import damaged_files

MOST_SHOWN = 20


@click.group()
def audit() -> None:
    """The record of acts."""


@audit.command()
@click.option("--expect", default="", help="An earlier head, POSITION:DIGEST, that must stand.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def verify(expect: str, form: str) -> None:
    """Recompute the chain, every sealed row and every stored file; exit 1 where anything was
    tampered with."""
    if not has_record():
        raise click.ClickException("这个数据目录里还没有落地的数据 · no record in this data folder")
    position, _, digest = expect.partition(":")
    if expect and not (position.isdigit() and digest):
        raise click.BadParameter("looks like POSITION:DIGEST", param_hint="--expect")
    report = verify_record((int(position), digest) if expect else None)
    found = [*report.breaks, *damaged_files()]
    if form == "json":
        breaks = [{"position": b.position, "reason": b.reason} for b in found]
        click.echo(json.dumps({"acts": report.acts, "head": report.head, "breaks": breaks}))
    else:
        for broken in found[:MOST_SHOWN]:
            click.echo(f"act {broken.position}: {broken.reason}")
        more = len(found) - MOST_SHOWN
        click.echo(f"… and {more} more") if more > 0 else None
        state = "BROKEN" if found else "whole"
        click.echo(f"{report.acts} acts, head {report.head[0]}:{report.head[1]}, {state}")
    raise SystemExit(bool(found))
