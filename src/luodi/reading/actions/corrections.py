"""The correction note of a document: begun by the office, composed from its accepted findings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.orgs.rules import Viewer
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper, Snapshot
from luodi.papers.queries import office_of
from luodi.reading.models import Document
from luodi.reading.queries import check_subject, note_draft, notes_about
from luodi.reading.rules.corrections import default_title


def open_correction_note(*, document: str, viewer: Viewer, by: str, at: datetime) -> Paper:
    """Begin the note about a document's accepted findings; one unsigned note at a time."""
    with transaction.atomic():
        Document.objects.select_for_update().filter(key=document).first()
        draft = note_draft(viewer, document, Moment(at))
        if any(not note.signed_on for note in notes_about(document)):
            raise Conflict(_("这份文件的更正建议函已经在办，请在原稿上继续。"))
        _must_say_something(draft.corrections)
        return open_paper(
            kind=PaperKind.CORRECTION_NOTE,
            title=default_title(draft.head),
            city=draft.check.document.city,
            unit=office_of(viewer),
            about=check_subject(document),
            by=by,
            at=at,
        )


def freeze_correction_note(
    *, document: str, viewer: Viewer, by: str, at: datetime
) -> tuple[Snapshot, int]:
    """Compose the note at the last act and freeze it; also the count of characters removed."""
    with transaction.atomic():
        Document.objects.select_for_update().filter(key=document).first()
        draft = note_draft(viewer, document, Moment(at))
        if draft.state is None:
            raise NotFound(_("更正建议函还没有开始拟稿。"))
        _must_say_something(draft.corrections)
        return freeze_paper(
            paper=draft.state.paper_id,
            content=draft.content,
            position=draft.position,
            by=by,
            at=at,
        )


def _must_say_something(corrections: int) -> None:
    if not corrections:
        raise Incomplete(_("没有待写入的更正：请先在文件检查里采纳至少一条。"))
