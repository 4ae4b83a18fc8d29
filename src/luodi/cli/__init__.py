"""The `luodi` command. Each subcommand loads only when it is called, so help stays quick.

To add one: a line in COMMANDS, name -> "module:attribute" of a click command.
"""

from __future__ import annotations

import importlib
from typing import Any

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "compile": (
        "luodi.cli.reading:compile_files",
        "读出文件里的措施、单位、目标 · read plans into JSON",
    ),
    "check": ("luodi.cli.reading:check_files", "列出文件里的疑点 · what a plan leaves open"),
    "bench": ("luodi.cli.bench:bench", "量速度和内存 · speed and memory against yardsticks"),
}
"""Name of the command -> (where it lives, one line for the list of commands)."""


class LazyGroup(click.Group):
    """A group whose commands are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None if there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="luodi")
def main(**_: Any) -> None:
    """落地 Luodi：把规划、方案里的每句承诺变成可核对的事项。

    例 Example: luodi compile 方案.docx --format json
    """
