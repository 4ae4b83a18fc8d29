"""`luodi demo`: a demo city with a year behind it, then the server."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click
from django.db import connections

from luodi.audit.models import Act
from luodi.console.actions import index_at_the_end

from ..serving import check_free, commands, prepare, run
from .figures import ACCOUNT
from .people import ACCOUNTS, password
from .story import tell


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--start/--no-start", "start_server", default=True, help="Start the server after.")
def demo(host: str, port: int, start_server: bool) -> None:
    """Make a demo city in the data folder (once), print its accounts, start the server.

    All people, reports and figures of the demo are generated and say so.
    """
    if start_server:
        check_free(host, port)
    os.environ.setdefault("LUODI_SMS", "file")
    prepare()
    if not Act.objects.exists():
        with click.progressbar(length=100, label="生成演示数据 · making demo data") as bar:
            now = datetime.now(UTC)
            with index_at_the_end(by="system:demo", at=now):
                tell(now, lambda done: bar.update(done - bar.pos))
    print_accounts(f"http://{host}:{port}")
    connections.close_all()
    if start_server:
        run(commands(host, port, 4, web=True, worker=True))


def print_accounts(address: str) -> None:
    """Where to go, and as whom."""
    click.echo(f"\n  落地 Luodi  {address}    密码 password: {password()}\n")
    for username, _unit, _role, duty in ACCOUNTS:
        click.echo(f"  {username:<16}{duty}")
    click.echo(f"  {ACCOUNT[0]:<16}{ACCOUNT[1]}")
    click.echo("\n  人员、报告和数字均为生成的演示数据 · people, reports and figures are generated")
    click.echo("  停止 stop: Ctrl-C\n")
