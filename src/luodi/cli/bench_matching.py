"""300 projects onto 2,000 plots and floors: matched, assigned, with the proof, and denser."""

from __future__ import annotations

import time
from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

from luodi.cli.sites_made import PARKS, SEED, Instance, digest, instance, park
from luodi.kit.matching import Pair, fitting_pairs
from luodi.kit.matching.assignment import Assignment, Limit, Task, assign
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

DENSE = {True: (100, 600), False: (300, 2000)}
"""Projects and sites of the dense instance by `quick`; every pair of it is feasible."""
LIMITED = 30.0
"""Seconds the solver gets where parks share their power; full size only."""


def measure(quick: bool) -> list[Figure]:
    """The published instance at its full size either way; the dense one smaller when quick."""
    made = instance()
    began = time.perf_counter()
    pairs = fitting_pairs(made.criteria, made.projects, made.sites)
    matched = time.perf_counter() - began
    size = _size(made, pairs)
    sparse = _task(made, pairs)
    figures = [_figure("match_300x2000_seconds", matched, "s", None, size)]
    figures += _assigned("assign_300x2000_seconds", "assign_gap", sparse, 10, size)
    figures += _dense(quick)
    return figures if quick else figures + _limited(made, sparse, size)


def _assigned(seconds: str, gap: str, task: Task, goal: float | None, size: str) -> list[Figure]:
    answer, taken = _timed(task)
    size += f"; {len(answer.pairs)} assigned, {answer.status}"
    zero = None if goal is None else 0.0
    return [
        _figure(seconds, taken, "s", goal, size),
        _figure(gap, float(answer.gap), "share", zero, size),
    ]


def _dense(quick: bool) -> list[Figure]:
    projects, sites = DENSE[quick]
    made = Random(SEED)
    seekers = tuple(f"project-{n:03}" for n in range(projects))
    offers = {f"site-{n:04}": 1 for n in range(sites)}
    points = {(s, o): int(made.random() * 10_001) for s in seekers for o in offers}
    size = f"{projects} x {sites}, every pair feasible, seed {SEED}"
    name = f"assign_dense_{projects}x{sites}"
    task = Task(seekers, offers, points)
    return _assigned(f"{name}_seconds", f"{name}_gap", task, None, size)


def _limited(made: Instance, task: Task, size: str) -> list[Figure]:
    """The same with one limit a park: all of them have 5 % more power than all projects need."""
    uses = {key: _whole(needs["power"]) for key, needs in made.projects.items()}
    amount = sum(uses.values()) * 105 // 100 // PARKS
    limits = tuple(
        Limit(f"{n}", amount, frozenset(one for one in task.offers if park(one) == n), uses)
        for n in range(PARKS)
    )
    shared = Task(task.seekers, task.offers, task.points, limits=limits)
    size = f"{size}; {PARKS} parks share {amount} kVA each, at most {LIMITED:g} s"
    names = ("assign_limited_300x2000_seconds", "assign_limited_gap")
    return _assigned(*names, shared, None, size)


def _timed(task: Task) -> tuple[Assignment, float]:
    began = time.perf_counter()
    answer = assign(task, LIMITED)
    if isinstance(answer, Refusal):
        raise ValueError(answer.says("en"))
    return answer, time.perf_counter() - began


def _task(made: Instance, pairs: Mapping[Pair, int]) -> Task:
    return Task(tuple(made.projects), {one.key: 1 for one in made.sites}, pairs)


def _whole(value: object) -> int:
    return value.number if isinstance(value, Quantity) else 0


def _size(made: Instance, pairs: Mapping[Pair, int]) -> str:
    projects, sites = len(made.projects), len(made.sites)
    share = 100 * len(pairs) / (projects * sites)
    return f"{projects} x {sites}, {share:.2f} % feasible, seed {SEED}, pairs {digest(pairs)}"


def _figure(name: str, value: float, unit: str, goal: float | None, size: str) -> Figure:
    yardstick = "none: wall clock, loading the solver included" if unit == "s" else "0 is proven"
    return {
        "name": name, "value": round(value, 4), "unit": unit, "yardstick": yardstick,
        "goal": goal, "size": size,
    }  # fmt: skip
