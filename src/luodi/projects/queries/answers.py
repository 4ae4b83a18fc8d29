"""Leads that wait for their first answer."""

from __future__ import annotations

from luodi.common.moments import Moment
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..models import Project, StageMove
from .merged import merged_away
from .rows import Row, rows_of

PRESSING = frozenset({"red", "yellow"})


def leads_waiting(viewer: Viewer, moment: Moment) -> list[Row]:
    """The leads that the viewer's own units have to answer, those due first first."""
    return [
        row
        for row in leads_waiting_in(viewer.city, moment)
        if viewer.acts_for(row.lead_unit, *UNIT_ROLES)
    ]


def leads_waiting_in(city: str, moment: Moment) -> list[Row]:
    """A city's leads without a first answer that have a time for it, those due first first."""
    moved = StageMove.objects.at(moment).filter(city=city).values("project")
    mine = Project.objects.at(moment).filter(city=city, answer_due_at__isnull=False)
    mine = mine.exclude(key__in=moved).exclude(key__in=merged_away(moment))
    rows = [row for row in rows_of(mine, city, moment) if row.answered is None]
    return sorted(rows, key=lambda row: (row.answer_due, row.name, row.key))
