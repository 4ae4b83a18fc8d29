"""Findings counted: what a page filters by, what waits for the office, what was decided when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.choices import Role
from luodi.orgs.queries import names_of
from luodi.orgs.rules import Viewer
from luodi.reading.choices import DocumentStage, FindingStage, Severity
from luodi.reading.models import FindingState
from luodi.reading.rules import findings as rules

from .documents import states_for
from .findings import FindingRow

DEEDS = {
    "accept_finding": _("采纳更正"),
    "dismiss_finding": _("不采纳"),
    "supervise_finding": _("转督办"),
    "reopen_finding": _("重新处理"),
}
"""Verbs of acts on findings, as a history says them."""


@dataclass(frozen=True)
class Tally:
    """How many findings there are by severity, by state, by kind: what a page filters by."""

    severities: list[tuple[str, str, int]]
    stages: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, int]]
    total: int
    undecided: int

    @property
    def decided(self) -> int:
        return self.total - self.undecided


GONE = "gone"
"""The filter for findings that the latest reading no longer has."""


def state_of(row: FindingRow) -> str:
    """What a row is filtered by: its stage, or that it is gone."""
    return row.stage if row.standing or not row.undecided else GONE


def tally_of(rows: Sequence[FindingRow]) -> Tally:
    """The counts of a check."""
    by_severity = Counter(r.severity for r in rows)
    by_stage = Counter(state_of(r) for r in rows)
    by_code = Counter(r.code for r in rows)
    labels = [*FindingStage.choices, (GONE, gettext("已不再出现"))]
    return Tally(
        severities=[(s, str(w), by_severity[s]) for s, w in Severity.choices if by_severity[s]],
        stages=[(s, str(w), by_stage[s]) for s, w in labels if by_stage[s]],
        kinds=[(code, rules.kind_of(code), n) for code, n in by_code.most_common()],
        total=len(rows),
        undecided=by_stage[FindingStage.UNDECIDED],
    )


def open_errors(viewer: Viewer, moment: Moment) -> list[tuple[str, str, int]]:
    """Documents under review with undecided errors: key, title, how many. For the office."""
    if not viewer.has(Role.OFFICE):
        return []
    review = states_for(viewer, moment).filter(stage=DocumentStage.REVIEW)
    titles = dict(review.values_list("document", "title"))
    rows = FindingState.objects.at(moment).filter(
        finding__document__in=titles,
        severity=Severity.ERROR,
        stage=FindingStage.UNDECIDED,
        standing=True,
    )
    counts = rows.order_by().values_list("finding__document").annotate(n=Count("pk"))
    return [(key, titles[key], n) for key, n in sorted(counts)]


@dataclass(frozen=True)
class Step:
    """A line of a finding's history."""

    at: datetime
    who: str
    what: str
    why: str
    correction: str


def steps_of(finding: str, moment: Moment) -> list[Step]:
    """What was decided on a finding, the oldest first."""
    acts: list[Act] = list(acts_on(subject_key("finding", finding), moment).filter(verb__in=DEEDS))
    people = names_of(act.by for act in acts)
    return [
        Step(
            a.at, people.get(a.by, "—"), str(DEEDS[a.verb]), a.why, a.payload.get("correction", "")
        )
        for a in acts
    ]
