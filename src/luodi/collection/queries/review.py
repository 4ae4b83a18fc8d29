"""What waits for a reviewer, and how a period's collection stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..choices import Stage
from ..flows import CHECKER, REVIEWER, WRITABLE
from ..models import Filing, FilingState
from ..rules.rights import parts_of
from .filings import FilingRow, filing_rows, readable


def waiting_filings(viewer: Viewer, moment: Moment) -> list[FilingRow]:
    """The filings that wait for the viewer's check or acceptance, the oldest first."""
    handed = FilingState.objects.at(moment).filter(stage__in=(Stage.SUBMITTED, Stage.CHECKED))
    stages = dict(handed.values_list("filing", "stage"))
    inside = readable(Filing.objects.at(moment).filter(key__in=handed.values("filing")), viewer)
    waits = [
        filing.key
        for filing in inside.select_related("form", "edition")
        if _waits(viewer, filing, stages[filing.key])
    ]
    rows = filing_rows(Filing.objects.filter(key__in=waits), viewer, moment)
    return sorted(rows, key=lambda row: (row.submitted_at is None, row.submitted_at))


def _waits(viewer: Viewer, filing: Filing, stage: str) -> bool:
    first = filing.edition.review_levels == 2 and stage == Stage.SUBMITTED
    return (CHECKER if first else REVIEWER) in parts_of(viewer, filing)


@dataclass(frozen=True)
class Progress:
    """How a period's collection stands."""

    total: int
    handed: int
    accepted: int
    returned: int
    late: int
    missing: int
    rows: list[FilingRow]


def progress_of(turn: str, viewer: Viewer, moment: Moment) -> Progress:
    """Who has handed in, who hasn't, who is late, of one turn."""
    rows = filing_rows(Filing.objects.at(moment).filter(turn=turn), viewer, moment)
    stages = Counter(row.stage for row in rows)
    open_ones = sum(1 for row in rows if row.stage in WRITABLE and row.edition == 0)
    return Progress(
        total=len(rows),
        handed=len(rows) - open_ones,
        accepted=stages[Stage.ACCEPTED],
        returned=stages[Stage.RETURNED] + stages[Stage.CORRECTING],
        late=sum(1 for row in rows if row.late or row.overdue),
        missing=open_ones,
        rows=rows,
    )
