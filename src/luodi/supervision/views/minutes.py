"""The papers of a meeting: notice, minutes, and the pack that lies on the table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import PDF, WORD, download
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.papers.actions import save_own_words
from luodi.papers.exports import write_pdf, write_word

from .. import actions, forms, queries
from .meetings import page_of, show

WRITERS = {"docx": (write_word, WORD), "pdf": (write_pdf, PDF)}


@admit(Role.OFFICE)
@require_POST
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the notice of the meeting, and go on with it as with any notice."""
    page_of(request, key)
    try:
        paper = actions.open_meeting_notice(meeting=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show(request, key, refusal)
    messages.success(request, _("会议通知已起草，核对后可送审。"))
    return redirect("notice_draft", key=paper.key)


@admit(Role.OFFICE)
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the minutes."""
    page_of(request, key)
    try:
        actions.open_minutes(meeting=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show(request, key, refusal)
    messages.success(request, _("纪要已开始拟稿。"))
    return redirect("meeting", key=key)


@admit(Role.OFFICE)
@require_POST
def words(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the office's own words of the minutes."""
    page_of(request, key)
    form = forms.MinutesForm(request.POST)
    state = queries.minutes_of(key, request.moment)
    if state is None:
        raise NotFound(_("会议纪要还没有开始拟稿。"))
    if not form.is_valid():
        return show(request, key, words=request.POST)
    said = dict(form.cleaned_data)
    version = said.pop("version") or 0
    try:
        save_own_words(
            paper=state.paper_id,
            paragraphs=said,
            version=version,
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return show(request, key, refusal, words=request.POST)
    messages.success(request, _("底稿已保存。"))
    return redirect("meeting", key=key)


@admit(Role.OFFICE)
@require_POST
def freeze(request: HttpRequest, key: str) -> HttpResponse:
    """Compose the minutes, freeze them and hand them on."""
    page_of(request, key)
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        return show(request, key, Mendable(_("这一步没有写入，请刷新后再办。")))
    try:
        actions.freeze_minutes(
            meeting=key,
            by=request.viewer.person,
            at=request.at,
            seen=form.cleaned_data["seen"],
        )
    except Mendable as refusal:
        return show(request, key, refusal)
    messages.success(request, _("纪要已定稿送审；签发后发给参会单位。"))
    return redirect("meeting", key=key)


@admit(*BUSINESS)
@require_GET
def pack(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The papers of the meeting as one Word file or PDF, of the record at the moment."""
    content = queries.meeting_pack(key, request.viewer, request.moment)
    if content is None or form not in WRITERS:
        raise NotFound(_("没有这次会议，或者它不在您的范围内。"))
    write, kind = WRITERS[form]
    return download(write(content, None), f"{content.head.title}.{form}", kind)
