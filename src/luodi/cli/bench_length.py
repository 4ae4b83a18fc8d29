"""Time and memory by the length of a text: the same plan and the real texts, at several sizes."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from luodi.cli.bench_sides import Work, alone
from luodi.cli.bench_texts import as_source, made_text, real_text
from luodi.kit.compiled import compile_source

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

QUICK = {"made": (10_000, 100_000, 1_000_000), "real": (100_000, 1_000_000)}
FULL = (10_000, 100_000, 1_000_000, 10_000_000)
ENOUGH = 6.0
"""Seconds after which the quick bench begins no larger size; the sizes measured are printed."""
KINDS = {"made": (made_text, "generated plan"), "real": (real_text, "six seed texts repeated")}


def compile_text(argument: str) -> Work:
    """Compile a text: `made 100000` is the generated plan of so many characters."""
    kind, _, chars = argument.partition(" ")
    source = as_source(KINDS[kind][0](int(chars)))
    return lambda: compile_source(source)


def length_figures(quick: bool) -> list[Figure]:
    """Memory a character, seconds per million characters by size, and how time grows."""
    return [one for kind in KINDS if KINDS[kind][0](10) for one in _of(kind, quick)]


def _of(kind: str, quick: bool) -> list[Figure]:
    began, taken, memory = time.monotonic(), {}, {}
    for size in QUICK[kind] if quick else FULL:
        if quick and time.monotonic() - began > ENOUGH:
            break
        runs = [
            alone("luodi.cli.bench_length:compile_text", f"{kind} {size}")
            for _ in range(2 if size < 1_000_000 else 1)
        ]
        taken[size] = min(seconds for seconds, _ in runs)
        memory[size] = runs[0][1]
    return [_memory(kind, memory), *_seconds(kind, taken), *_growth(kind, taken)]


def _memory(kind: str, memory: dict[int, int]) -> Figure:
    size = max(size for size in memory if size <= 1_000_000)
    name = "bytes_per_char" if kind == "made" else f"bytes_per_char_{kind}"
    return {
        "name": name,
        "value": round(memory[size] / size, 1),
        "unit": "bytes/char",
        "yardstick": "peak memory above the interpreter with its modules, the text included",
        "goal": 100,
        "size": f"{size} chars, {KINDS[kind][1]}",
    }


def _seconds(kind: str, taken: dict[int, float]) -> list[Figure]:
    return [
        {
            "name": f"seconds_per_million_{kind}_{_short(size)}",
            "value": round(seconds / size * 1_000_000, 3),
            "unit": "s/million chars",
            "yardstick": "none: processor seconds of compile_source, a process of its own",
            "goal": None,
            "size": f"{size} chars, {KINDS[kind][1]}",
        }
        for size, seconds in taken.items()
    ]


def _growth(kind: str, taken: dict[int, float]) -> list[Figure]:
    """The exponent b of time = a · length^b by least squares on logarithms: 1 is linear."""
    if len(taken) < 2:
        return []
    points = [(math.log(size), math.log(seconds)) for size, seconds in taken.items()]
    x, y = (sum(column) / len(points) for column in zip(*points, strict=True))
    above = sum((a - x) * (b - y) for a, b in points)
    exponent = above / sum((a - x) ** 2 for a, _ in points)
    each = [seconds / size for size, seconds in taken.items()]
    sizes = ", ".join(map(_short, taken))
    return [
        {
            "name": f"growth_exponent_{kind}",
            "value": round(exponent, 3),
            "unit": "exponent",
            "yardstick": "1 is linear",
            "goal": 1.1,
            "size": f"{sizes} chars, {KINDS[kind][1]}",
        },
        {
            "name": f"growth_worst_{kind}",
            "value": round(max(each) / min(each), 3),
            "unit": "ratio",
            "yardstick": "dearest over cheapest character among the sizes; 1 is linear",
            "goal": None,
            "size": f"{sizes} chars, {KINDS[kind][1]}",
        },
    ]


def _short(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"
