"""What stands behind the subject keys of findings and checks: for items and papers about them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.reading.choices import DocumentStage
from luodi.reading.models import Document, DocumentState, FindingState


def scope_of(document: Document, stage: str) -> dict[str, str]:
    """Who may follow a link to what a document holds: the office's unit until it is adopted."""
    scope = {"city": document.city}
    return scope if stage == DocumentStage.ADOPTED else scope | {"unit": document.file.unit}


def find_check(key: str) -> Found | None:
    """The check of a document behind a subject key; never in the search."""
    rows = DocumentState.objects.open().select_related("document__file")
    state = rows.filter(document=key).first()
    if state is None:
        return None
    return Found(
        title=_("文件检查：%(title)s") % {"title": state.title},
        address=reverse("findings", args=[key]),
        kind_label=_("文件检查"),
        scope=scope_of(state.document, state.stage),
        searched=False,
    )


def find_finding(key: str) -> Found | None:
    """The finding behind a subject key, for the item or paper that grew from it."""
    rows = FindingState.objects.open().select_related("finding__document__file")
    state = rows.filter(finding=key).first()
    if state is None:
        return None
    document = state.finding.document
    stage = DocumentState.objects.open().get(document=document).stage
    return Found(
        title=state.message,
        address=reverse("finding", args=[document.key, key]),
        kind_label=_("检查结果"),
        scope=scope_of(document, stage),
        searched=False,
    )
