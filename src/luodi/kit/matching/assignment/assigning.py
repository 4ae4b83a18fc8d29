"""Assign seekers to offers, say how sure the answer is, and why somebody went without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.kit.matching.assignment.explaining import Unassigned, explain
from luodi.kit.matching.assignment.moves import is_optimal, moves
from luodi.kit.matching.assignment.solving import by_flow, by_limits, keeps_limits, worth_of
from luodi.kit.matching.assignment.task import Task
from luodi.kit.refusals import Lang, Refusal

Status = Literal["optimal", "bounded"]


@dataclass(frozen=True)
class Assignment:
    """Who gets what. `pairs` hold the fixed ones too, by seeker; `total` is their points.

    `status` optimal: proven, nothing better exists by the goal. Bounded: the time ran out. `most`:
    no assignment has more seekers (None for the goal `points`, which doesn't ask); `bound`: none
    of as many seekers as this one has more points (goal `points`: none at all). `gap`: how far the
    best may lie above this one, as a share of its seekers or points, whichever is more; 0 where
    proven.
    """

    pairs: Mapping[str, str]
    total: int
    status: Status
    most: int | None
    bound: int
    gap: Fraction
    unassigned: tuple[Unassigned, ...]

    def says(self, lang: Lang = "zh") -> str:
        """The outcome in a sentence."""
        placed, without = len(self.pairs), len(self.unassigned)
        percent = f"{float(100 * self.gap):.2f}%"
        if lang == "en":
            sure = "proven optimal" if self.status == "optimal" else f"at most {percent} from best"
            return f"{placed} assigned, {without} not, {self.total} points; {sure}"
        sure = "已证明最优" if self.status == "optimal" else f"距最优至多{percent}"
        return f"已匹配{placed}个，未匹配{without}个，总得分{self.total}；{sure}"


def assign(task: Task, seconds: float = 60) -> Assignment | Refusal:
    """The best assignment, or a refusal (`assignment.…`) where the task contradicts itself.

    Without limits the answer is always proven, and `seconds` isn't used. With limits it is
    proven or, when so many seconds have passed, the best found with its bound.
    """
    fault = task.fault()
    if fault is not None:
        return fault
    loose = by_flow(task)
    graph = moves(task, loose)
    if not is_optimal(graph):  # pragma: no cover
        # a solver's fault, which no input is known to bring about
        raise ArithmeticError("the flow solver's answer can be improved")
    worth = worth_of(task, loose)
    if keeps_limits(task, loose):
        open_ = explain(task, loose, graph)
        return _assignment(task, loose, worth, worth, open_)
    solved = by_limits(task, loose, worth, seconds)
    open_ = explain(task, solved.placed, None)
    return _assignment(task, solved.placed, solved.worth, solved.bound, open_)


def _assignment(
    task: Task, placed: Mapping[str, str], worth: int, bound: int, open_: tuple[Unassigned, ...]
) -> Assignment:
    pairs = dict(sorted({**task.held, **placed}.items()))
    total = sum(task.points[pair] for pair in pairs.items())
    fixed = sum(task.points[pair] for pair in task.held.items())
    if worth == bound:
        most = len(pairs) if task.goal == "most" else None
        return Assignment(pairs, total, "optimal", most, total, Fraction(0), open_)
    free, best = _decoded(task, bound, len(placed))
    most = None if free is None else len(task.held) + free
    gap = max(_gap(len(pairs), most or 0), _gap(total, fixed + best))
    return Assignment(pairs, total, "bounded", most, fixed + best, gap, open_)


def _decoded(task: Task, bound: int, placed: int) -> tuple[int | None, int]:
    """The bound as a number of free seekers and as points of a placement of so many."""
    factor, bonus = task.worth
    if task.goal == "points":
        return None, bound // factor
    tops = sorted(max(p for _, p in pairs) for pairs in task.open_pairs.values() if pairs)
    return bound // bonus, min(bound - bonus * placed, sum(tops[len(tops) - placed :]))


def _gap(reached: int, best: int) -> Fraction:
    return Fraction(best - reached, best) if best > reached else Fraction(0)
