"""The two solvers of OR-Tools: flow for places alone, CP-SAT where offers share limits.

Both are imported when first needed. The flow is the exact and fast one (an assignment with
places is a network), but knows no limits; its optimum bounds the limited one from above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.kit.matching.assignment.task import Limit, Task

Placement = dict[str, str]
"""Free seekers that get an offer, with it."""


@dataclass(frozen=True)
class Solved:
    """A placement, its worth, and a bound no placement exceeds."""

    placed: Placement
    worth: int
    bound: int


def worth_of(task: Task, placed: Mapping[str, str]) -> int:
    """Points and number of the placed seekers as one number, by the goal of the task."""
    factor, bonus = task.worth
    return sum(task.points[pair] * factor + bonus for pair in placed.items())


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
    arcs: dict[int, tuple[str, str]] = {}
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


def by_limits(task: Task, hint: Placement, bound: int, seconds: float) -> Solved:
    """The best placement that also keeps the limits, within so many seconds of the wall clock.

    One worker and a fixed seed: the same task solved to its end gives the same placement.
    `bound` is what the task is worth without its limits.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    factor, bonus = task.worth
    taken = {
        (seeker, offer): model.new_bool_var("")
        for seeker, pairs in task.open_pairs.items()
        for offer, _ in pairs
    }
    for group, size in _groups(task):
        here = [taken[pair] for pair in group]
        if len(here) > size:
            model.add(cp_model.LinearExpr.sum(here) <= size)
    for limit in task.limits:
        used = {pair: limit.uses.get(pair[0], 0) for pair in taken if pair[1] in limit.offers}
        here = [taken[pair] for pair in used]
        model.add(cp_model.LinearExpr.weighted_sum(here, list(used.values())) <= left(task, limit))
    gains = [task.points[pair] * factor + bonus for pair in taken]
    total = cp_model.LinearExpr.weighted_sum(list(taken.values()), gains)
    model.add(total <= bound)
    model.maximize(total)
    start = _pruned(task, hint)
    for pair, variable in taken.items():
        model.add_hint(variable, start.get(pair[0]) == pair[1])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(start, worth_of(task, start), bound)
    placed = dict(pair for pair, variable in taken.items() if solver.boolean_value(variable))
    return Solved(placed, worth_of(task, placed), min(bound, round(solver.best_objective_bound)))


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


def _pruned(task: Task, hint: Mapping[str, str]) -> Placement:
    """Of a placement the pairs that keep the limits, taken in the order of the keys."""
    kept: Placement = {}
    for seeker, offer in sorted(hint.items()):
        if keeps_limits(task, {**kept, seeker: offer}):
            kept[seeker] = offer
    return kept


def _groups(task: Task) -> list[tuple[list[tuple[str, str]], int]]:
    """Pairs of which at most so many are made: one for a seeker, its places for an offer."""
    by_offer: dict[str, list[tuple[str, str]]] = {}
    by_seeker = []
    for seeker, pairs in task.open_pairs.items():
        by_seeker.append(([(seeker, offer) for offer, _ in pairs], 1))
        for offer, _ in pairs:
            by_offer.setdefault(offer, []).append((seeker, offer))
    return by_seeker + [(pairs, task.room[offer]) for offer, pairs in by_offer.items()]
