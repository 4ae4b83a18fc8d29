"""Pages on which the office writes the monthly progress report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import NotFound
from luodi.common.views import WORD, download, sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.views import admit
from luodi.papers.exports import write_word
from luodi.papers.queries import is_frozen, state_for

from . import actions, queries
from .rules import default_title, own_places
from .tables import round_table


@admit(Role.OFFICE)
@require_GET
def progress_reports(request: HttpRequest) -> HttpResponse:
    """Every month with its report."""
    rows = queries.round_lines(request.viewer, request.moment)
    table = round_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("月报"))
    return render(request, "reports/progress_reports.html", {"table": table})


@admit(Role.OFFICE)
@require_GET
def progress_report(request: HttpRequest, key: str) -> HttpResponse:
    """The draft: own paragraphs beside the units' words; a frozen one is shown as its paper."""
    paper = queries.paper_of(key)
    state = state_for(request.viewer, paper.key, request.moment) if paper else None
    if state and is_frozen(state):
        return redirect("paper", key=state.paper_id)
    composed = queries.compose_progress_report(key, request.viewer, request.moment)
    places = [(place, composed.own.get(place.key, "")) for place in own_places(composed.month)]
    month = composed.month
    context = {
        "round": key,
        "paper": paper,
        "state": state,
        "composed": composed,
        "content": composed.content,
        "places": places,
        "title": composed.own.get("title") or default_title(month),
        "report_to": composed.own.get("report_to", month.report_to),
        "copy_to": composed.own.get("copy_to", month.copy_to),
        "may_write": not request.moment.is_past,
    }
    return render(request, "reports/progress_report.html", context)


@admit(Role.OFFICE)
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the paper of a month."""
    viewer = request.viewer
    actions.open_progress_report(round=key, viewer=viewer, by=viewer.person, at=request.at)
    messages.success(request, _("本期月报已开始拟稿。您写的段落随写随存。"))
    return redirect("progress_report", key=key)


@admit(Role.OFFICE)
@require_POST
def freeze(request: HttpRequest, key: str) -> HttpResponse:
    """定稿送审"""
    viewer = request.viewer
    paper = _paper(request, key)
    _frozen, removed = actions.freeze_progress_report(
        round=key, paper=paper, viewer=viewer, by=viewer.person, at=request.at
    )
    if removed:
        note = _("文字里有 %d 个看不见的控制字符，已去掉，其余未动。") % removed
        messages.warning(request, note)
    messages.success(request, _("已定稿送审，等待审核。"))
    return redirect("paper", key=paper)


def _paper(request: HttpRequest, key: str) -> str:
    paper = queries.paper_of(key)
    if paper is None:
        raise NotFound(_("本期月报还没有开始拟稿。"))
    return state_for(request.viewer, paper.key, request.moment).paper_id


@admit(Role.OFFICE)
@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The Word file as it would be now, marked as an unsigned draft."""
    _paper(request, key)
    composed = queries.compose_progress_report(key, request.viewer, request.moment)
    name = _("未签发草稿 %s.docx") % composed.content.head.title
    return download(write_word(composed.content, None), name, WORD)
