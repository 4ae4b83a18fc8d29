"""Correction notes: the papers about the check of a document, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.papers.choices import PaperKind
from luodi.papers.models import PaperState


def check_subject(document: str) -> str:
    """The subject a correction note is about: the check of a document."""
    return subject_key("check", document)


def notes_about(document: str, moment: Moment | None = None) -> list[PaperState]:
    """The correction notes of a document as they stood at a moment, the oldest first."""
    rows = PaperState.objects.at(moment) if moment else PaperState.objects.open()
    about = {"paper__about": check_subject(document), "paper__kind": PaperKind.CORRECTION_NOTE}
    return list(rows.filter(**about).select_related("paper", "snapshot").order_by("paper__act"))


def notes_with(document: str) -> dict[str, PaperState]:
    """From the key of a finding to the frozen note it stands in now."""
    return notes_by_finding(notes_about(document))


def notes_by_finding(notes: Iterable[PaperState]) -> dict[str, PaperState]:
    """The same for notes already read."""
    found: dict[str, PaperState] = {}
    for state in notes:
        if state.snapshot:
            found |= dict.fromkeys(findings_in(state.snapshot.content), state)
    return found


def findings_in(content: dict) -> list[str]:
    """The keys of the findings a frozen content names as its sources, once each, in order."""
    sources = (block.get("source", "") for block in content["blocks"])
    keys = (source.removeprefix("finding:") for source in sources if source[:8] == "finding:")
    return list(dict.fromkeys(keys))
