"""Beginning the progress report of a month, and freezing it."""

from __future__ import annotations

from datetime import datetime

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper, Snapshot
from luodi.papers.queries import office_of

from . import queries
from .rules import default_title


def open_progress_report(*, round: str, viewer: Viewer, by: str, at: datetime) -> Paper:
    """Begin the paper about a round; its numbers are counted plan by plan."""
    composed = queries.compose_progress_report(round, viewer, Moment(at))
    month = composed.month
    return open_paper(
        kind=PaperKind.PROGRESS_REPORT,
        title=default_title(month),
        city=viewer.city,
        unit=office_of(viewer),
        about=subject_key("round", round),
        period=month.period,
        series=f"{PaperKind.PROGRESS_REPORT}:{month.plan}",
        by=by,
        at=at,
    )


def freeze_progress_report(
    *, round: str, paper: str, viewer: Viewer, by: str, at: datetime
) -> tuple[Snapshot, int]:
    """Compose the report at the last act and freeze it; also the count of characters removed."""
    composed = queries.compose_progress_report(round, viewer, Moment(at))
    return freeze_paper(
        paper=paper, content=composed.content, position=composed.position, by=by, at=at
    )
