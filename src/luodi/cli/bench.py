"""`luodi bench NAME`: speed and memory as ratios against named yardsticks."""

from __future__ import annotations

import importlib
import json
import os
import platform
from collections.abc import Callable
from typing import Any, TypedDict

import click

BENCHES: dict[str, str] = {
    "reading": "luodi.cli.bench_reading:figures",
    "ledger": "luodi.cli.bench_ledger:figures",
    "statistics": "luodi.cli.bench_statistics:figures",
    "projects": "luodi.cli.bench_projects:figures",
    "assessment": "luodi.cli.bench_assessment:figures",
    "services": "luodi.cli.bench_services:figures",
}
"""Name -> "module:function"; the function takes `quick` and returns the figures."""


class Figure(TypedDict):
    """One measured number. `goal` is the value to reach; `size` says how much was measured."""

    name: str
    value: float
    unit: str
    yardstick: str
    goal: float | None
    size: str


@click.command("bench")
@click.argument("name", type=click.Choice(list(BENCHES)))
@click.option("--quick", is_flag=True, help="50 秒之内 · ends within 50 seconds")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def bench(name: str, quick: bool, form: str) -> None:
    """量一项：速度、内存，与同机同时的标尺相比。

    Ratios against yardsticks measured in the same run on the same machine.
    """
    module, _, attribute = BENCHES[name].partition(":")
    measure: Callable[[bool], list[Figure]] = getattr(importlib.import_module(module), attribute)
    figures = measure(quick)
    if form == "json":
        click.echo(
            json.dumps(
                {"bench": name, "machine": machine(), "figures": figures}, ensure_ascii=False
            )
        )
        return
    for figure in figures:
        goal = "" if figure["goal"] is None else f"　目标 {figure['goal']:g}"
        click.echo(
            f"{figure['name']}　{figure['value']:.3g} {figure['unit']}{goal}　"
            f"（{figure['yardstick']}；{figure['size']}）"
        )


def machine() -> dict[str, Any]:
    """What ran: cores, Python, kind of machine."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "arch": platform.machine(),
        "system": platform.system(),
    }
