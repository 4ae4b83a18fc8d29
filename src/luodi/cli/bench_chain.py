"""A chain graph of 100,000 products and 170,000 supplies: gaps, ways and impact, and its pages."""

from __future__ import annotations

import importlib
import os
import tempfile
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from luodi.cli.site import alone, start
from luodi.kit.networks.reach import cycles, impact, ways
from luodi.kit.networks.supply import Supply, SupplyGraph, gaps, matching_rate

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

SEED = 7
PRODUCTS, SUPPLIES, FIRMS = 100_000, 170_000, 20_000
LOCAL = 0.1
"""The share of firms of this place."""
ASKED = 20
"""So many ways and impacts are asked for; the slowest counts."""
GOAL_MS = 1000.0
DEPTH = 5
INDEXES = ("able", "out", "bought", "made_here", "bought_here")


def figures(quick: bool) -> list[Figure]:
    """The same size either way: it takes a few seconds."""
    graph = made(Random(SEED))
    size = f"{PRODUCTS} products, {SUPPLIES} supplies, {FIRMS} firms, seed {SEED}"
    index = _took(lambda: [getattr(graph, name) for name in INDEXES])
    dice = Random(SEED + 1)
    firms = dice.sample(sorted(graph.firms), 2 * ASKED)
    gap = _took(lambda: gaps(graph, graph.products))
    way = max(_took(lambda n=n: ways(graph, firms[n], firms[-1 - n])) for n in range(ASKED))
    reach = max(_took(lambda n=n: impact(graph, firms[n], DEPTH)) for n in range(ASKED))
    rate = _took(lambda: (matching_rate(graph, "value"), matching_rate(graph, "items")))
    circle = _took(lambda: cycles(graph))
    return [
        _figure(
            "chain_query_ms", max(gap, way, reach), "the slowest of the three below", size, GOAL_MS
        ),
        _figure("chain_gaps_ms", gap, "all gaps of the city", size, GOAL_MS),
        _figure("chain_ways_ms", way, f"the slowest of {ASKED} pairs of firms", size, GOAL_MS),
        _figure(
            "chain_impact_ms", reach, f"the slowest of {ASKED} firms, {DEPTH} steps", size, GOAL_MS
        ),
        _figure("chain_rates_ms", rate, "both matching rates", size, None),
        _figure("chain_circles_ms", circle, "all knots of supplies", size, None),
        _figure("chain_index_ms", index, "once for each change of the graph", size, None),
    ]


def pages(quick: bool) -> list[Figure]:
    """The pages over a stored chain of that size, on a database made for the run."""
    os.environ.pop("LUODI_DATABASE", None)
    os.environ["LUODI_JOBS"] = "inline"
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        said = alone(_store, folder, quick)
        measured: list[Figure] = alone(_measure, folder, quick, *said)
    return measured


def _store(folder: str, quick: bool) -> tuple[str, ...]:
    start(folder)
    importlib.import_module("luodi.cli.databases").bring_up()
    site = importlib.import_module("luodi.cli.chain_site")
    site.shrink(quick)
    told: tuple[str, ...] = site.store()
    return told


def _measure(folder: str, quick: bool, *said: str) -> list[Figure]:
    start(folder)
    site = importlib.import_module("luodi.cli.chain_site")
    site.shrink(quick)
    found: list[Figure] = site.measure(quick, *said)
    return found


def made(dice: Random) -> SupplyGraph:
    """Firms of which a tenth is local; makers and supplies drawn evenly, some suppliers unknown."""
    names = [f"f{n:05}" for n in range(FIRMS)]
    firms = {name: dice.random() < LOCAL for name in names}
    products = tuple(f"p{n:06}" for n in range(PRODUCTS))
    makes = tuple((dice.choice(names), product) for product in products)
    supplies = tuple(
        Supply(
            dice.choice(names),
            dice.choice(products),
            dice.choice(names) if dice.random() < 0.97 else None,
            dice.randrange(10_000) if dice.random() < 0.9 else None,
        )
        for _n in range(SUPPLIES)
    )
    return SupplyGraph(firms, products, makes, supplies)


def _took(what: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def _figure(name: str, value: float, yardstick: str, size: str, goal: float | None) -> Figure:
    return {
        "name": name,
        "value": value,
        "unit": "ms",
        "yardstick": yardstick,
        "goal": goal,
        "size": size,
    }
