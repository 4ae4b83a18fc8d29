"""Why a seeker went without: nothing fits it, or who has what fits, and what its place costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from luodi.kit.matching.assignment.moves import Move, cheapest_moves
from luodi.kit.matching.assignment.task import Task
from luodi.kit.refusals import Lang

Why = Literal["nothing_fits", "all_forbidden", "no_room", "kept_by_fixed", "taken", "limits"]


@dataclass(frozen=True)
class Taken:
    """A feasible offer of a seeker without a place: its points there, and who has it with theirs.

    `fixed`: those of the holders that a fixed pair keeps there. `full`: limits it would break.
    """

    offer: str
    points: int
    holders: tuple[tuple[str, int], ...]
    fixed: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unassigned:
    """A seeker without a place and what blocks it.

    `moves`: the cheapest way to place it all the same; `cost`: the points lost by them. Both are
    empty where nobody can make room, and where limits are shared by offers (not computed then).
    """

    seeker: str
    why: Why
    taken: tuple[Taken, ...] = ()
    moves: tuple[Move, ...] = ()
    cost: int | None = None

    def says(self, lang: Lang = "zh") -> str:
        """What blocks, in a sentence that names who has what."""
        english = lang == "en"
        text = _SAYS[self.why][english].format(seeker=self.seeker, held=_held(self.taken, english))
        if self.cost is None:
            return text
        chain = _JOIN[english].join(_moved(move, english) for move in self.moves)
        return text + _COST[english].format(moves=chain, cost=self.cost)


def explain(
    task: Task, placed: Mapping[str, str], graph: nx.DiGraph | None
) -> tuple[Unassigned, ...]:
    """One explanation for each free seeker without a place, in the order of their keys.

    `graph` holds the moves of an optimal placement; None where limits bind.
    """
    without = [seeker for seeker in task.free if seeker not in placed]
    ways = cheapest_moves(graph, placed) if graph is not None and without else {}
    everywhere = {**task.held, **placed}
    holders: dict[str, list[str]] = {}
    for seeker, offer in sorted(everywhere.items()):
        holders.setdefault(offer, []).append(seeker)
    feasible: dict[str, list[str]] = {seeker: [] for seeker in without}
    for seeker, offer in sorted(task.points):
        if seeker in feasible:
            feasible[seeker].append(offer)
    return tuple(
        _explained(task, seeker, feasible[seeker], holders, ways.get(seeker, ()), graph is None)
        for seeker in without
    )


def _explained(
    task: Task,
    seeker: str,
    feasible: list[str],
    holders: Mapping[str, list[str]],
    way: tuple[Move, ...],
    limited: bool,
) -> Unassigned:
    allowed = [offer for offer in feasible if (seeker, offer) not in task.forbidden]
    if not allowed:
        return Unassigned(seeker, "all_forbidden" if feasible else "nothing_fits")
    taken = tuple(_taken(task, seeker, offer, holders) for offer in allowed)
    why: Why = "taken"
    if all(not task.offers[offer] for offer in allowed):
        why = "no_room"
    elif not task.open_pairs[seeker]:
        why = "kept_by_fixed"
    elif limited and any(one.full for one in taken):
        why = "limits"
    return Unassigned(seeker, why, taken, way, _loss(task, way) if way else None)


def _taken(task: Task, seeker: str, offer: str, holders: Mapping[str, list[str]]) -> Taken:
    here = holders.get(offer, [])
    fixed = tuple(other for other in here if other in task.held)
    full = tuple(
        limit.name
        for limit in task.limits
        if offer in limit.offers
        and limit.uses.get(seeker, 0)
        + sum(limit.uses.get(one, 0) for at in sorted(limit.offers) for one in holders.get(at, []))
        > limit.amount
    )
    points = tuple((other, task.points[other, offer]) for other in here)
    return Taken(offer, task.points[seeker, offer], points, fixed, full)


def _loss(task: Task, way: tuple[Move, ...]) -> int:
    gone = sum(task.points[move.seeker, move.source] for move in way if move.source)
    come = sum(task.points[move.seeker, move.target] for move in way if move.target)
    return gone - come


_SAYS: Mapping[Why, tuple[str, str]] = {
    "nothing_fits": (
        "{seeker}：没有满足硬性条件的对象",
        "{seeker}: nothing meets its hard criteria",
    ),
    "all_forbidden": (
        "{seeker}：满足条件的对象都被禁止匹配",
        "{seeker}: all that would fit is forbidden",
    ),
    "no_room": (
        "{seeker}：满足条件的对象都没有容量",
        "{seeker}: what would fit takes nobody",
    ),
    "kept_by_fixed": (
        "{seeker}：满足条件的对象都被指定匹配占用（{held}）",
        "{seeker}: fixed pairs hold all that would fit ({held})",
    ),
    "taken": (
        "{seeker}：满足条件的对象都已被占用（{held}）",
        "{seeker}: all that would fit is taken ({held})",
    ),
    "limits": (
        "{seeker}：满足条件的对象已被占用或超出共用上限（{held}）",
        "{seeker}: what would fit is taken or would break a shared limit ({held})",
    ),
}
_COST = (
    "；如仍要安排：{moves}，总得分减少{cost}",
    "; to place it all the same: {moves}, {cost} points less",
)
_JOIN = ("，", ", ")
_SHOWN = 5
_MORE = ("等{count}个", " and others, {count} in all")


def _held(taken: tuple[Taken, ...], english: bool) -> str:
    """The offers with the most points first; past the fifth only their number."""
    best = sorted(taken, key=lambda one: (-one.points, one.offer))[:_SHOWN]
    text = ("; " if english else "；").join(_holder(one, english) for one in best)
    return text + (_MORE[english].format(count=len(taken)) if len(taken) > _SHOWN else "")


def _holder(one: Taken, english: bool) -> str:
    names = ("、", ", ")[english].join([*(other for other, _ in one.holders), *one.full])
    return f"{one.offer}: {names or 'nobody'}" if english else f"{one.offer}：{names or '无'}"


def _moved(move: Move, english: bool) -> str:
    if move.target is None:
        return f"{move.seeker} goes without" if english else f"{move.seeker}落空"
    return f"{move.seeker} → {move.target}" if english else f"{move.seeker}改到{move.target}"
