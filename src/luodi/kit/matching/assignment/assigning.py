"""Assign seekers to offers, say how sure the answer is, and why somebody went without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.kit.matching.assignment.explaining import Unassigned, explain
from luodi.kit.matching.assignment.moves import is_optimal, moves
from luodi.kit.matching.assignment.solving import Solved, by_flow, by_limits, keeps_limits
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
    if keeps_limits(task, loose):
        return _assignment(task, loose, None, explain(task, loose, graph))
    solved = by_limits(task, loose, seconds)
    return _assignment(task, solved.placed, solved, explain(task, solved.placed, None))


def _assignment(
    task: Task, placed: Mapping[str, str], solved: Solved | None, open_: tuple[Unassigned, ...]
) -> Assignment:
    pairs = dict(sorted({**task.held, **placed}.items()))
    total = sum(task.points[pair] for pair in pairs.items())
    if solved is None or solved.proven:
        most = len(pairs) if task.goal == "most" else None
        return Assignment(pairs, total, "optimal", most, total, Fraction(0), open_)
    most = None if solved.most is None else len(task.held) + solved.most
    bound = solved.bound + sum(task.points[pair] for pair in task.held.items())
    gap = max(_gap(len(pairs), most or 0), _gap(total, bound))
    return Assignment(pairs, total, "bounded", most, bound, gap, open_)


def _gap(reached: int, best: int) -> Fraction:
    return Fraction(best - reached, best) if best > reached else Fraction(0)
