"""The correction note of a document: begun, worded, previewed, frozen; then a paper like any."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import NotFound
from luodi.common.views import download
from luodi.orgs.choices import Role
from luodi.orgs.views import admit
from luodi.papers.exports import write_word
from luodi.papers.queries import office_units
from luodi.reading import actions, queries
from luodi.reading.queries import NoteDraft
from luodi.reading.rules.corrections import DEFAULT_CLOSING, default_opening, default_title

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@admit(Role.OFFICE)
@require_GET
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """The draft: the office's words beside the note as it would print; a frozen one is a paper."""
    draft = queries.note_draft(request.viewer, key, request.moment)
    if draft.state is None:
        waiting = draft.check.waiting_notes
        return redirect("paper", waiting[0].paper_id) if waiting else redirect("findings", key)
    _must_be_ours(request, draft)
    head, own = draft.head, draft.own
    context = {
        "draft": draft,
        "key": key,
        "content": draft.content,
        "title": own.get("title") or default_title(head),
        "addressees": own.get("addressees", head.issuer),
        "opening": own.get("opening", ""),
        "default_opening": default_opening(head, draft.corrections),
        "closing": own.get("closing", ""),
        "default_closing": DEFAULT_CLOSING,
        "copy_to": own.get("copy_to", ""),
        "may_write": not request.moment.is_past,
    }
    return render(request, "reading/correction.html", context)


def _must_be_ours(request: HttpRequest, draft: NoteDraft) -> None:
    unit = draft.state.paper.unit if draft.state else ""
    if unit not in office_units(request.viewer, request.moment):
        raise NotFound(_("没有这份文稿，或不在您的范围内。"))


@admit(Role.OFFICE)
@require_POST
def open_correction(request: HttpRequest, key: str) -> HttpResponse:
    """起草更正建议函"""
    viewer = request.viewer
    actions.open_correction_note(document=key, viewer=viewer, by=viewer.person, at=request.at)
    messages.success(request, _("更正建议函已由系统起草。核对、补充后送审；您写的段落随写随存。"))
    return redirect("correction", key)


@admit(Role.OFFICE)
@require_POST
def freeze_correction(request: HttpRequest, key: str) -> HttpResponse:
    """定稿送审"""
    viewer = request.viewer
    draft = queries.note_draft(viewer, key, request.moment)
    _must_be_ours(request, draft)
    _frozen, removed = actions.freeze_correction_note(
        document=key, viewer=viewer, by=viewer.person, at=request.at
    )
    if removed:
        note = _("文字里有 %d 个看不见的控制字符，已去掉，其余未动。") % removed
        messages.warning(request, note)
    messages.success(request, _("已定稿送审，等待审核。"))
    return redirect("paper", draft.state.paper_id)  # type: ignore[union-attr]


@admit(Role.OFFICE)
@require_GET
def preview_correction(request: HttpRequest, key: str) -> HttpResponse:
    """The Word file as it would be now, marked as an unsigned draft."""
    draft = queries.note_draft(request.viewer, key, request.moment)
    _must_be_ours(request, draft)
    name = _("未签发草稿 %s.docx") % draft.content.head.title
    return download(write_word(draft.content, None), name, WORD)
