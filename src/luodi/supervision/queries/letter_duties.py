"""What of the letters waits for somebody: for the page of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.papers.choices import PaperStage

from ..flows.letters import LEADER, OFFICE, UNIT
from ..rules import ANSWERING, RECTIFYING
from .letters import LetterRow, letters, roles_in


def letter_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """What the viewer has to do about letters at the moment, the most pressing first."""
    found = []
    for row in letters(viewer, moment):
        roles = roles_in(viewer, row.state.letter)
        for what in _waiting(row, roles):
            due = _due(row)
            why = f"{row.number} {row.title}".strip()
            found.append(Duty(what, f"{why} · {row.why}", row.address, due, row.light))
    return found


def _due(row: LetterRow) -> datetime | None:
    """The answer's instant while it is waited for, then the rectification's."""
    if row.stage in ANSWERING:
        return row.state.due_at
    return row.state.rectify_by if row.stage in RECTIFYING else None


def _waiting(row: LetterRow, roles: frozenset[str]) -> Iterator[str]:
    """What waits for somebody who plays these parts."""
    if OFFICE in roles:
        yield from _of_office(row)
    if UNIT in roles and row.stage == "issued":
        yield _("签收函件")
    if UNIT in roles and row.stage == "signed_for":
        yield _("书面回告")
    if UNIT in roles and row.stage == "rectifying":
        yield _("再整改并报完成")
    if LEADER in roles and row.stage == "answering":
        yield _("审签回告")


def _of_office(row: LetterRow) -> Iterator[str]:
    if row.stage == "drafted" and row.paper_stage in ("", PaperStage.DRAFTED):
        yield _("核定或撤回拟稿")
    elif row.stage == "drafted" and row.paper_stage in (PaperStage.SIGNED, PaperStage.FILED):
        yield _("印发函件")
    elif row.stage == "answered":
        yield _("复查整改情况")
    elif row.stage == "rechecked":
        yield _("办结函件")
