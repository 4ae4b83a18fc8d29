"""The steps of a grading: notice, recall, decision, publication; its spread; runs compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.moments import Moment, read_iso_day
from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..queries.grading_compare import choices_beside, compared
from ..queries.grading_papers import exit_list, spread
from ..queries.gradings import run_for
from ..rules.gradings import measure_lines
from ..tables.grading_files import moved_table
from .gradings import show_grading


def _do(
    request: HttpRequest, key: str, action: Callable[..., Any], said: str, **given: Any
) -> HttpResponse:
    """Take a step; a refusal comes back on the page."""
    try:
        action(
            grading=key,
            seen=whole_number(request.POST.get("seen", "")),
            by=request.viewer.person,
            at=request.at,
            **given,
        )
    except Mendable as refusal:
        return show_grading(request, key, refusal)
    messages.success(request, said)
    return redirect("grading", key=key)


@admit(Role.OFFICE)
@require_POST
def grading_notice(request: HttpRequest, key: str) -> HttpResponse:
    """Draft the notice; it goes on as a paper."""
    return _draft(request, key, actions.draft_grading_notice)


@admit(Role.OFFICE)
@require_POST
def grading_bulletin(request: HttpRequest, key: str) -> HttpResponse:
    """Draft the publication; it goes on as a paper."""
    return _draft(request, key, actions.draft_grading_bulletin)


def _draft(request: HttpRequest, key: str, action: Callable[..., Any]) -> HttpResponse:
    queries.grading_head(key, request.viewer, request.moment)
    try:
        paper = action(grading=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show_grading(request, key, refusal)
    messages.success(request, _("文稿已拟好送审。"))
    return redirect("paper", key=paper.key)


@admit(Role.OFFICE)
@require_POST
def grading_begin(request: HttpRequest, key: str) -> HttpResponse:
    """Put the signed notice up."""
    queries.grading_head(key, request.viewer, request.moment)
    return _do(request, key, actions.begin_grading_notice, _("公示已开始。"))


@admit(Role.OFFICE)
@require_POST
def grading_recall(request: HttpRequest, key: str) -> HttpResponse:
    """Take a notice back."""
    queries.grading_head(key, request.viewer, request.moment)
    why = request.POST.get("why", "")
    return _do(request, key, actions.recall_grading_notice, _("公示已撤回。"), why=why)


@admit(Role.LEADING_GROUP)
@require_POST
def grading_decide(request: HttpRequest, key: str) -> HttpResponse:
    """The leading group decides."""
    queries.grading_head(key, request.viewer, request.moment)
    typed = request.POST.get("decided_on", "")
    day: date | None = read_iso_day(typed) if typed else Moment(request.at).today
    return _do(request, key, actions.decide_grading, _("已审定。"), decided_on=day)


@admit(Role.OFFICE)
@require_POST
def grading_publish(request: HttpRequest, key: str) -> HttpResponse:
    """Publish by the signed bulletin."""
    queries.grading_head(key, request.viewer, request.moment)
    return _do(request, key, actions.publish_grading, _("已公布。"))


@admit(*BUSINESS)
@require_GET
def grading_spread(request: HttpRequest, key: str) -> HttpResponse:
    """Grades by zone and county, measures by grade, the exit list."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    rows = queries.grades_in(run_for(head, "", moment), viewer, moment)
    context = {
        "head": head,
        "spread": spread(rows, head.rule, public=False),
        "public": spread(rows, head.rule, public=True) if viewer.sees_whole_city else None,
        "leaving": exit_list(head, viewer, moment),
        "measures": [(band.grade, measure_lines(head.rule, band.grade))
                     for band in head.rule.bands],
        "protected": [row for row in rows if row.protected],
    }  # fmt: skip
    return render(request, "assessment/grading_spread.html", context)


@admit(*BUSINESS)
@require_GET
def grading_compare(request: HttpRequest, key: str) -> HttpResponse:
    """The run that counts beside an earlier one, or that of another year."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    if not head.shown:
        raise NotFound(_("结果还没有公示。"))
    found = choices_beside(head, moment)
    asked = request.GET.get("beside", "")
    chosen = next((one for one in found if one.key == asked), found[0] if found else None)
    table = None
    if chosen:
        rows = compared(head, chosen.key, viewer, moment)
        table = moved_table(key, rows, request.GET.dict())
        if table.wants_sheet:
            return sheet_response(table, _("评价结果对照"))
    context = {"head": head, "found": found, "chosen": chosen, "table": table}
    return render(request, "assessment/grading_compare.html", context)
