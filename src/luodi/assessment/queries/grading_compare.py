"""A run beside another: of the same grading, or that of the year before."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.kit.quantities import show
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import Grade, GradingRun, GradingState
from .grading_papers import SETTLED
from .gradings import GradingHead, rule_of_run


@dataclass(frozen=True)
class Choice:
    """A run that may stand beside the one that counts."""

    key: str
    year: int
    number: int
    same: bool


@dataclass(frozen=True)
class Moved:
    """A firm then and now; '' where it has no score in one of the two."""

    key: str
    name: str
    group: str
    before: str
    now: str
    rank_before: int | None
    rank: int | None
    grade_before: str
    grade: str

    @property
    def changed(self) -> bool:
        """Whether score, rank or grade differ."""
        then = (self.before, self.rank_before, self.grade_before)
        return then != (self.now, self.rank, self.grade)


def choices_beside(head: GradingHead, moment: Moment) -> list[Choice]:
    """Earlier runs of this grading, then what other years by this rule were decided on."""
    if not head.shown:
        return []
    own = GradingRun.objects.at(moment).filter(grading=head.key).exclude(key=head.state.run_id)
    found = [
        Choice(key, head.grading.year, number, True)
        for key, number in own.order_by("-number").values_list("key", "number")
    ]
    others = (
        GradingState.objects.at(moment)
        .filter(grading__city=head.grading.city, grading__rule=head.grading.rule,
                stage__in=SETTLED)
        .exclude(grading=head.key)
        .order_by("-grading__year")
    )  # fmt: skip
    for key, year, number in others.values_list("run", "grading__year", "run__number"):
        found.append(Choice(key, year, number, False))
    return found


def compared(head: GradingHead, beside: str, viewer: Viewer, moment: Moment) -> list[Moved]:
    """Every firm the viewer may see in the run that counts and in another, in two queries."""
    then, now = (_grades(key, viewer, moment) for key in (beside, head.state.run_id or ""))
    runs = {run.key: rule_of_run(run).places
            for run in GradingRun.objects.filter(key__in=[beside, head.state.run_id])}  # fmt: skip
    rows = []
    for key in {**now, **then}:
        old, new = then.get(key), now.get(key)
        either = new or old
        assert either is not None
        rows.append(
            Moved(
                key=key,
                name=either.name,
                group=either.group,
                before=_score(old, runs),
                now=_score(new, runs),
                rank_before=old.rank if old else None,
                rank=new.rank if new else None,
                grade_before=old.grade if old else "",
                grade=new.grade if new else "",
            )
        )
    return sorted(rows, key=lambda row: (not row.changed, row.group, row.rank or 10**9, row.name))


def _grades(run: str, viewer: Viewer, moment: Moment) -> dict[str, Grade]:
    rows = visible(Grade.objects.at(moment).filter(run=run), viewer).defer("figures", "faults")
    return {row.enterprise: row for row in rows}


def _score(row: Grade | None, places: dict[str, int]) -> str:
    return "" if row is None or row.score is None else show(row.score, places[row.run_id])
