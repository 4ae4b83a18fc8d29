"""The `luodi` command. Each subcommand loads only when it is called, so help stays quick.

To add one: a line in COMMANDS, name -> "module:attribute" of a click command.
"""

from __future__ import annotations

import importlib
from typing import Any

import click

from .site import start

COMMANDS: dict[str, tuple[str, str]] = {
    "compile": (
        "luodi.cli.reading:compile_files",
        "读出文件里的措施、单位、目标 · read plans into JSON",
    ),
    "check": ("luodi.cli.checking:check_files", "列出文件里的疑点 · what a plan leaves open"),
    "serve": ("luodi.cli.serving:serve", "启动服务 · start web, worker and scheduler"),
    "city": ("luodi.cli.founding:city", "建立本市、换用规则包 · begin a city, renew its pack"),
    "zone": ("luodi.cli.founding:zone", "开发区启用自己的规则包 · a zone's own rules"),
    "demo": ("luodi.cli.demo:demo", "带演示数据启动 · start with a demo city"),
    "backup": ("luodi.cli.storage:backup", "备份到一个文件 · write everything into one file"),
    "restore": ("luodi.cli.storage:restore", "从备份恢复 · fill an empty Luodi from a backup"),
    "audit": ("luodi.cli.auditing:audit", "核验行为记录 · verify the record of acts"),
    "pack": ("luodi.cli.packs:pack", "检查、列出规则包 · check and list packs of city rules"),
    "bench": ("luodi.cli.bench:bench", "量速度和内存 · speed and memory against yardsticks"),
}
"""Name of the command -> (where it lives, one line for the list of commands)."""

ON_A_SITE = frozenset({"city", "zone", "serve", "demo", "backup", "restore", "audit"})
"""Commands that work on a site's data: Django is started before they are imported."""


class LazyGroup(click.Group):
    """A group whose commands are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None if there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in ON_A_SITE:
            start(ctx.params.get("data"))
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="luodi")
@click.option(
    "--data", default=None, help="Data folder of the site (else LUODI_DATA, else ./data)."
)
def main(**_: Any) -> None:
    """落地 Luodi：把规划、方案里的每句承诺变成可核对的事项。

    例 Example: luodi compile 方案.docx --format json
    """
