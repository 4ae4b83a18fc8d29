"""Pages of bulletins: the list, one bulletin, its draft, and the office's steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Closed, Incomplete, Mendable
from luodi.common.views import WORD, download, sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit
from luodi.papers.exports import write_word
from luodi.papers.queries import is_frozen

from .. import actions, forms, queries
from ..rules.bulletin_paper import OWN_PLACES, default_title
from ..rules.bulletins import contestable
from ..tables import bulletins_table, cells_table, moved_table


@admit(*BUSINESS)
@require_GET
def bulletins(request: HttpRequest) -> HttpResponse:
    """All bulletins of the city."""
    rows = queries.bulletins(request.viewer, request.moment)
    table = bulletins_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("通报"))
    duties = queries.bulletin_duties(request.viewer, request.moment)
    return render(request, "supervision/bulletins.html", {"table": table, "duties": duties})


@admit(*BUSINESS)
@require_GET
def bulletin(request: HttpRequest, key: str) -> HttpResponse:
    """One bulletin: the zone's own line before issue, everybody's to the office and after it."""
    return show(request, key)


def show(
    request: HttpRequest,
    key: str,
    *,
    contest: forms.ContestForm | None = None,
    comment: forms.CommentForm | None = None,
    error: str = "",
    status: int = 200,
    typed_for: str = "",
) -> HttpResponse:
    """The page of a bulletin, with a form that was refused where there is one.

    `typed_for` is the contest an answer was refused for: its words come back.
    """
    page = queries.bulletin_page(key, request.viewer, request.moment)
    table = cells_table(page.lines, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, page.title)
    checking = not request.moment.is_past and page.may_contest(request.moment)
    own = page.own[0] if page.own else None
    said = page.comment_of(own.unit) if own else None
    if own and checking:
        contest = contest or forms.ContestForm(known=contestable(own))
        first = {"words": said.words if said else "", "seen": said.seen if said else 0}
        comment = comment or forms.CommentForm(initial=first)
    context = {
        "page": page,
        "own": own,
        "table": table if page.lines else None,
        "moved": moved_table(page.moved) if page.previous and page.lines else None,
        "checking": checking,
        "contest": contest if checking else None,
        "comment": comment if checking else None,
        "error": error,
        "typed_for": typed_for,
        "typed": request.POST.get("answer", "") if typed_for else "",
        "may_sign": page.must_sign and not request.moment.is_past,
    }
    return render(request, "supervision/bulletin.html", context, status=status)


def _seen(request: HttpRequest) -> int:
    """The act of the state that the form was opened with; a form without it is refused."""
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("页面不完整，请刷新后再办。"))
    return int(form.cleaned_data["seen"])


@admit(Role.OFFICE)
@require_POST
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Compose, and show each zone its own line."""
    queries.bulletin_page(key, request.viewer, request.moment)
    try:
        actions.preview_bulletin(
            bulletin=key, by=request.viewer.person, at=request.at, seen=_seen(request)
        )
    except Mendable as refusal:
        return show(request, key, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已发各开发区核对，各区只看到自己的数据和位次。"))
    return redirect("bulletin", key=key)


@admit(Role.OFFICE)
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the paper."""
    queries.bulletin_page(key, request.viewer, request.moment)
    try:
        actions.begin_bulletin_paper(bulletin=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show(request, key, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已开始拟稿。您写的段落随写随存。"))
    return redirect("bulletin_draft", key=key)


@admit(Role.OFFICE)
@require_GET
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The office's own words beside the composed paper; a frozen one is shown as its paper."""
    composed = queries.compose_issue(key, request.viewer, request.moment)
    paper = composed.page.paper
    if paper is None:
        raise Closed(_("这期通报还没有开始拟稿。"))
    if is_frozen(paper):
        return redirect("paper", key=paper.paper_id)
    context = {
        "page": composed.page,
        "paper": paper,
        "composed": composed,
        "content": composed.content,
        "places": [(name, title, composed.own.get(name, "")) for name, title in OWN_PLACES],
        "title": composed.own.get("title") or default_title(composed.issue),
        "may_write": not request.moment.is_past,
    }
    return render(request, "supervision/bulletin_draft.html", context)


@admit(Role.OFFICE)
@require_GET
def word(request: HttpRequest, key: str) -> HttpResponse:
    """The Word file as it would be now, marked as an unsigned draft."""
    composed = queries.compose_issue(key, request.viewer, request.moment)
    name = _("未签发草稿 %s.docx") % composed.content.head.title
    return download(write_word(composed.content, None), name, WORD)


@admit(Role.OFFICE)
@require_POST
def freeze(request: HttpRequest, key: str) -> HttpResponse:
    """定稿送审"""
    queries.bulletin_page(key, request.viewer, request.moment)
    try:
        _frozen, removed = actions.freeze_bulletin(
            bulletin=key, by=request.viewer.person, at=request.at, seen=_seen(request)
        )
    except Mendable as refusal:
        return show(request, key, error=refusal.sentence, status=refusal.status)
    if removed:
        note = _("文字里有 %d 个看不见的控制字符，已去掉，其余未动。") % removed
        messages.warning(request, note)
    messages.success(request, _("已定稿送审，等待审核。"))
    return redirect("bulletin", key=key)


@admit(*UNIT_ROLES)
@require_POST
def sign_for(request: HttpRequest, key: str) -> HttpResponse:
    """签收"""
    queries.bulletin_page(key, request.viewer, request.moment)
    try:
        actions.sign_for_bulletin(bulletin=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show(request, key, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已签收。"))
    return redirect("bulletin", key=key)
