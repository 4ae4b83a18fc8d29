"""The two solvers of OR-Tools: flow for places alone, CP-SAT where offers share limits.

Both are imported when first needed. The flow is the exact and fast one (an assignment with
places is a network), but knows no limits; its optimum bounds the limited one from above.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luodi.kit.matching.assignment.task import Limit, Task
from luodi.kit.matching.pairing import Pair

Placement = dict[str, str]
"""Free seekers that get an offer, with it."""


@dataclass(frozen=True)
class Solved:
    """A placement of free seekers under limits, and what no placement exceeds.

    `most`: seekers placed (None where the goal doesn't ask); `bound`: points, with the goal `most`
    of placements with at least as many seekers. `proven`: nothing is better by the goal.
    """

    placed: Placement
    proven: bool
    most: int | None
    bound: int


def by_flow(task: Task) -> Placement:
    """The best placement where every offer has only its places; limits aren't looked at."""
    if not any(task.open_pairs.values()):
        return {}
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    seekers = {seeker: node for node, seeker in enumerate(task.free)}
    offers = {offer: len(seekers) + node for node, offer in enumerate(task.room)}
    source, sink = len(seekers) + len(offers), len(seekers) + len(offers) + 1
    factor, bonus = task.worth
    arcs: dict[int, Pair] = {}
    for seeker, pairs in task.open_pairs.items():
        flow.add_arc_with_capacity_and_unit_cost(source, seekers[seeker], 1, 0)
        for offer, points in pairs:
            cost = -(points * factor + bonus)
            arc = flow.add_arc_with_capacity_and_unit_cost(seekers[seeker], offers[offer], 1, cost)
            arcs[arc] = (seeker, offer)
    for offer, room in task.room.items():
        flow.add_arc_with_capacity_and_unit_cost(offers[offer], sink, room, 0)
    flow.add_arc_with_capacity_and_unit_cost(source, sink, len(seekers), 0)
    flow.set_node_supply(source, len(seekers))
    flow.set_node_supply(sink, -len(seekers))
    status = flow.solve()
    if status != flow.OPTIMAL:  # pragma: no cover
        # every task has the empty placement, and its numbers are checked
        raise ArithmeticError(f"the flow solver gave up: {status}")
    return dict(pair for arc, pair in arcs.items() if flow.flow(arc))


def by_limits(task: Task, loose: Placement, seconds: float) -> Solved:
    """The best placement that also keeps the limits, within so many seconds of the wall clock.

    `loose`: the best placement without them, which bounds this one. Where seekers come first they
    are counted in a first run of at most half the time, points in a second. One worker and a
    fixed seed: the same task solved to its end gives the same placement.
    """
    model = _Model(task)
    began = time.monotonic()
    start = _start(task, loose)
    if task.goal == "points":
        factor, bonus = task.worth
        ceiling = sum(task.points[pair] * factor + bonus for pair in loose.items())
        gains = {pair: task.points[pair] * factor + bonus for pair in model.taken}
        placed, reached, best = model.run(gains, start, ceiling, seconds)
        return Solved(placed, reached == best, None, best // factor)
    placed, reached, most = start, len(start), len(loose)
    if reached < most:
        ones = dict.fromkeys(model.taken, 1)
        placed, reached, most = model.run(ones, start, most, seconds / 2)
    model.at_least(reached)
    gains = {pair: task.points[pair] for pair in model.taken}
    rest = max(seconds - (time.monotonic() - began), seconds / 2)
    placed, points, bound = model.run(gains, placed, _tops(task), rest)
    return Solved(placed, most == len(placed) and points == bound, most, bound)


class _Model:
    """The variables and rules of a task in CP-SAT: one for each pair that may be made."""

    def __init__(self, task: Task) -> None:
        from ortools.sat.python import cp_model

        self.api = cp_model
        self.model: Any = cp_model.CpModel()
        self.taken = {
            (seeker, offer): self.model.new_bool_var("")
            for seeker, pairs in task.open_pairs.items()
            for offer, _ in pairs
        }
        for group, size in _groups(task):
            if len(group) > size:
                self.model.add(self.total(dict.fromkeys(group, 1)) <= size)
        for limit in task.limits:
            used = {p: limit.uses.get(p[0], 0) for p in self.taken if p[1] in limit.offers}
            self.model.add(self.total(used) <= left(task, limit))

    def total(self, gains: Mapping[Pair, int]) -> Any:
        """The sum of what the pairs made bring."""
        made = [self.taken[pair] for pair in gains]
        return self.api.LinearExpr.weighted_sum(made, list(gains.values()))

    def at_least(self, seekers: int) -> None:
        """No fewer seekers than so many from now on."""
        self.model.add(self.total(dict.fromkeys(self.taken, 1)) >= seekers)

    def run(
        self, gains: Mapping[Pair, int], start: Placement, ceiling: int, seconds: float
    ) -> tuple[Placement, int, int]:
        """The best placement, what it brings, and the bound on that; `start` if none is better."""
        self.model.maximize(self.total(gains))
        self.model.clear_hints()
        for (seeker, offer), variable in self.taken.items():
            self.model.add_hint(variable, start.get(seeker) == offer)
        solver = self.api.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        reached = sum(gains[pair] for pair in start.items())
        if status not in (self.api.OPTIMAL, self.api.FEASIBLE):
            return start, reached, ceiling
        placed = dict(pair for pair, one in self.taken.items() if solver.boolean_value(one))
        bound = min(ceiling, round(solver.best_objective_bound))
        found = sum(gains[pair] for pair in placed.items())
        return (placed, found, bound) if found >= reached else (start, reached, bound)


def _tops(task: Task) -> int:
    """The points if each seeker had the best of its offers."""
    return sum(
        max((points for _, points in pairs), default=0) for pairs in task.open_pairs.values()
    )


def left(task: Task, limit: Limit) -> int:
    """What the fixed pairs leave of a limit."""
    fixed = (seeker for seeker, offer in task.held.items() if offer in limit.offers)
    return limit.amount - sum(limit.uses.get(seeker, 0) for seeker in fixed)


def keeps_limits(task: Task, placed: Mapping[str, str]) -> bool:
    """Whether a placement of the free seekers keeps every limit."""
    return all(
        sum(limit.uses.get(seeker, 0) for seeker, offer in placed.items() if offer in limit.offers)
        <= left(task, limit)
        for limit in task.limits
    )


def _start(task: Task, loose: Placement) -> Placement:
    """Of a placement the pairs that keep the limits, then places for the others while there are.

    Those who use least come first, and each takes its best offer with room.
    """
    used = {seeker: sum(limit.uses.get(seeker, 0) for limit in task.limits) for seeker in task.free}
    order = sorted(task.free, key=lambda seeker: (used[seeker], seeker))
    kept: Placement = {}
    for seeker in order:
        if seeker in loose and keeps_limits(task, {**kept, seeker: loose[seeker]}):
            kept[seeker] = loose[seeker]
    taken = Counter(kept.values())
    for seeker in (one for one in order if one not in kept):
        for offer, _ in sorted(task.open_pairs[seeker], key=lambda pair: -pair[1]):
            if taken[offer] < task.room[offer] and keeps_limits(task, {**kept, seeker: offer}):
                kept[seeker] = offer
                taken[offer] += 1
                break
    return kept


def _groups(task: Task) -> list[tuple[list[Pair], int]]:
    """Pairs of which at most so many are made: one for a seeker, its places for an offer."""
    by_offer: dict[str, list[Pair]] = {}
    by_seeker = []
    for seeker, pairs in task.open_pairs.items():
        by_seeker.append(([(seeker, offer) for offer, _ in pairs], 1))
        for offer, _ in pairs:
            by_offer.setdefault(offer, []).append((seeker, offer))
    return by_seeker + [(pairs, task.room[offer]) for offer, pairs in by_offer.items()]
