"""The correction note of a document as it would be frozen now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max

from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.orgs.models import UnitState
from luodi.orgs.rules import Viewer
from luodi.papers.choices import PaperStage
from luodi.papers.models import PaperState
from luodi.papers.queries import draft_of, office_of, office_units
from luodi.papers.rules.snapshot import Content
from luodi.reading.rules.corrections import Correction, NoteHead, compose_note

from .findings import Check, FindingRow, check_of


@dataclass(frozen=True)
class NoteDraft:
    """A note composed at `position`, the last act that was read; `state` None: not begun."""

    check: Check
    head: NoteHead
    content: Content
    own: Mapping[str, str]
    version: int
    position: int
    state: PaperState | None
    corrections: int


def note_draft(viewer: Viewer, key: str, moment: Moment) -> NoteDraft:
    """The note from all accepted findings of a document that stand in no frozen note yet."""
    last = Act.objects.aggregate(last=Max("position"))["last"] or 0
    check = check_of(viewer, key, moment)
    drafts = [n for n in check.notes if n.stage == PaperStage.DRAFTED]
    state = drafts[0] if drafts else None
    mine = state and state.paper.unit in office_units(viewer, moment)
    draft = draft_of(state.paper) if state and mine else None
    own = dict(draft.paragraphs) if draft else {}
    head = _head(check, state.paper.unit if state else office_of(viewer), moment)
    corrections = [_correction(row) for row in check.unnoted]
    return NoteDraft(
        check=check,
        head=head,
        content=compose_note(head, corrections, own),
        own=own,
        version=draft.version if draft else 0,
        position=moment.position or last,
        state=state,
        corrections=len(corrections),
    )


def _head(check: Check, unit: str, moment: Moment) -> NoteHead:
    known = UnitState.objects.at(moment).filter(of=unit).first()
    office = known.name if known else check.state.title
    return NoteHead(
        title=check.state.title,
        number=check.state.number,
        issuer=check.state.issuer,
        office=office,
        year=moment.today.year,
    )


def _correction(row: FindingRow) -> Correction:
    places = [(p.page, p.heading, p.sentence) for p in row.passages]
    against = tuple((other.title, other.passage.sentence) for other in row.others)
    return Correction(row.key, row.kind, row.message, row.correction, tuple(places), against)
