"""Ways through a supply graph: from one firm to another, from a failing one on, and in circles."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import networkx as nx

from luodi.kit.networks.supply import Supply, SupplyGraph
from luodi.kit.refusals import Refusal

MOST_WAYS = 20
MOST_CYCLES = 20
MOST_DEPTH = 12

Way = tuple[Supply, ...]
"""Supplies one after the other: the buyer of each is the supplier of the next."""


def ways(graph: SupplyGraph, start: str, end: str) -> tuple[Way, ...] | Refusal:
    """The shortest ways a product goes from one firm to another, at most `MOST_WAYS`.

    Refusals: `supply.unknown_firm`, `supply.same_firm`, `supply.no_way`.
    """
    for firm in (start, end):
        if firm not in graph.firms:
            return Refusal(
                "supply.unknown_firm", "没有这家企业", "There is no such firm", {"firm": firm}
            )
    if start == end:
        return Refusal("supply.same_firm", "起点和终点是同一家企业", "Both ends are the same firm")
    steps = _steps_back(graph, start, end)
    if end not in steps:
        return Refusal(
            "supply.no_way",
            "在已登记的供应关系里，两家企业之间没有通路",
            "No way leads from one to the other in the supplies on record",
        )
    return tuple(islice(_ways(steps, start, end), MOST_WAYS))


def _steps_back(graph: SupplyGraph, start: str, end: str) -> dict[str, list[Supply]]:
    """For each firm nearer than `end`, and `end`: the supplies by which it is reached soonest."""
    depth, steps = {start: 0}, defaultdict(list)
    line = deque([start])
    while line:
        firm = line.popleft()
        if depth[firm] >= depth.get(end, len(graph.firms)):
            break
        for one in graph.out.get(firm, ()):
            if one.buyer not in depth:
                depth[one.buyer] = depth[firm] + 1
                line.append(one.buyer)
            if depth[one.buyer] == depth[firm] + 1:
                steps[one.buyer].append(one)
    return steps


def _ways(steps: dict[str, list[Supply]], start: str, end: str) -> Iterator[Way]:
    open_ways: list[Way] = [(one,) for one in sorted(steps[end], key=_order, reverse=True)]
    while open_ways:
        way = open_ways.pop()
        first = way[0].supplier or ""
        if first == start:
            yield way
            continue
        open_ways += [(one, *way) for one in sorted(steps[first], key=_order, reverse=True)]


def _order(one: Supply) -> tuple[str, str, str]:
    return one.supplier or "", one.product, one.buyer


class Touched(NamedTuple):
    """A purchase that a failure reaches: after `depth` steps, from `supply.supplier` on."""

    depth: int
    supply: Supply


def impact(graph: SupplyGraph, firm: str, depth: int = 3) -> tuple[Touched, ...]:
    """The purchases a failing firm touches, up to `depth` steps (at most `MOST_DEPTH`).

    A firm that misses a product is taken to miss all of its own deliveries: the widest reach,
    not a forecast. Each firm passes on once, at its least depth.
    """
    found: list[Touched] = []
    seen, frontier = {firm}, [firm]
    for level in range(1, min(depth, MOST_DEPTH) + 1):
        coming: list[str] = []
        for one in frontier:
            for supply in graph.out.get(one, ()):
                found.append(Touched(level, supply))
                if supply.buyer not in seen:
                    seen.add(supply.buyer)
                    coming.append(supply.buyer)
        frontier = sorted(coming)
    return tuple(found)


@dataclass(frozen=True)
class Alternatives:
    """Who else could deliver: already delivers to this buyer; could, of this place; elsewhere."""

    delivering: tuple[str, ...]
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]


def alternatives(graph: SupplyGraph, supply: Supply, failing: Iterable[str]) -> Alternatives:
    """The firms that could take a supply over, without its buyer and those that fail."""
    out = {*failing, supply.buyer}
    delivering = set(graph.bought.get((supply.buyer, supply.product), ())) - out
    able = graph.able.get(supply.product, set()) - out - delivering
    here = {one for one in able if graph.local(one)}
    return Alternatives(tuple(sorted(delivering)), tuple(sorted(here)), tuple(sorted(able - here)))


def cycles(graph: SupplyGraph) -> tuple[tuple[str, ...], ...]:
    """Firms that supply each other in a circle: a shortest circle through the first of each knot.

    At most `MOST_CYCLES`; each begins with its least key. A firm that supplies itself is one.
    """
    knots = nx.DiGraph()
    knots.add_edges_from(
        (one.supplier, one.buyer) for one in graph.supplies if one.supplier is not None
    )
    found = []
    for knot in nx.strongly_connected_components(knots):
        first = min(knot)
        if len(knot) > 1 or knots.has_edge(first, first):
            found.append(_circle(knots, first, knot))
    return tuple(sorted(found)[:MOST_CYCLES])


def _circle(knots: nx.DiGraph, first: str, knot: set[str]) -> tuple[str, ...]:
    """A shortest way from a firm back to itself inside its knot."""
    before: dict[str, str] = {}
    line = deque([first])
    while True:
        firm = line.popleft()
        for buyer in sorted(knots.successors(firm)):
            if buyer == first:
                return _walked(before, first, firm)
            if buyer in knot and buyer not in before:
                before[buyer] = firm
                line.append(buyer)


def _walked(before: dict[str, str], first: str, last: str) -> tuple[str, ...]:
    walked = [last]
    while walked[-1] != first:
        walked.append(before[walked[-1]])
    return tuple(reversed(walked))
