"""Who could move where: the proof that nothing better exists, and the price of a place.

Among the free seekers an arc says that one takes a place of another, with the loss of points that
brings. Any better placement would show as a round of such moves with a gain; where there is no
such round the placement is optimal. That is checked here in whole numbers, whatever the solver
said. Limits shared by offers aren't in this picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from luodi.kit.matching.assignment.task import Task

_OUT = ("out",)
"""The node for having no place, and for a place nobody has."""


@dataclass(frozen=True)
class Move:
    """A seeker goes from an offer to another; None is no offer."""

    seeker: str
    source: str | None
    target: str | None


def moves(task: Task, placed: Mapping[str, str]) -> nx.DiGraph:
    """Arcs between seekers with `loss` (in the goal's worth) and the `offer` that changes hands."""
    graph = nx.DiGraph()
    graph.add_node(_OUT)
    graph.add_nodes_from(task.free)
    holders: dict[str, list[tuple[str, int]]] = {}
    for seeker, offer in sorted(placed.items()):
        holders.setdefault(offer, []).append((seeker, _worth(task, seeker, offer)))
    factor, bonus = task.worth
    for seeker, pairs in task.open_pairs.items():
        for offer, points in pairs:
            if placed.get(seeker) != offer:
                held = holders.get(offer, [])
                gain = points * factor + bonus
                if len(held) < task.room[offer]:
                    _arc(graph, seeker, _OUT, -gain, offer)
                for other, worth in held:
                    _arc(graph, seeker, other, worth - gain, offer)
    for seeker in task.free:
        at = placed.get(seeker)
        graph.add_edge(_OUT, seeker, loss=_worth(task, seeker, at) if at else 0, offer=at)
        if at:
            _arc(graph, seeker, _OUT, 0, None)
    return graph


def is_optimal(graph: nx.DiGraph) -> bool:
    """Whether no round of moves gains anything."""
    return not nx.negative_edge_cycle(graph, weight="loss")


def cheapest_moves(graph: nx.DiGraph, placed: Mapping[str, str]) -> dict[str, tuple[Move, ...]]:
    """For each seeker without a place the moves that give it one at the least loss.

    Only for an optimal placement. A seeker nobody can make room for isn't among the keys.
    """
    reversed_ = graph.reverse(copy=True)
    reversed_.remove_edges_from(list(reversed_.in_edges(_OUT)))
    paths = nx.single_source_bellman_ford_path(reversed_, _OUT, weight="loss")
    found = {}
    for seeker in sorted(set(graph) - {_OUT} - set(placed), key=str):
        if seeker in paths:
            way = list(reversed(paths[seeker]))
            found[seeker] = tuple(_moves(graph, way, placed))
    return found


def _moves(graph: nx.DiGraph, way: list[str], placed: Mapping[str, str]) -> list[Move]:
    steps = itertools.pairwise(way)
    return [Move(one, placed.get(one), graph.edges[one, then]["offer"]) for one, then in steps]


def _arc(graph: nx.DiGraph, one: str, other: object, loss: int, offer: str | None) -> None:
    """The cheapest way between two, the first by the offers' keys where several cost the same."""
    if not graph.has_edge(one, other) or loss < graph.edges[one, other]["loss"]:
        graph.add_edge(one, other, loss=loss, offer=offer)


def _worth(task: Task, seeker: str, offer: str) -> int:
    factor, bonus = task.worth
    return task.points[seeker, offer] * factor + bonus
