"""Problems of projects, and the projects that are stuck."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import problems_table, stuck_table
from .pipeline import WRITERS

MOVES = {
    "decline": actions.decline_problem,
    "reopen": actions.reopen_problem,
    "withdraw": actions.withdraw_problem,
}


@admit(*BUSINESS)
@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    """All problems in the viewer's scope."""
    rows = queries.problems(request.viewer, request.moment)
    empty = _("还没有上报的问题。牵头单位或落地区域在项目的“问题”页上报后，会出现在这里。")
    table = problems_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("项目问题"))
    context = {"table": table, "waiting": sum(row.waits for row in rows)}
    return render(request, "projects/problems.html", context)


@admit(*BUSINESS)
@require_GET
def stuck(request: HttpRequest) -> HttpResponse:
    """The projects that are stuck, by the rules of the city."""
    kinds, rows = queries.stuck(request.viewer, request.moment)
    table = stuck_table(rows, request.GET.dict(), _("没有卡住的项目。"))
    if table.wants_sheet:
        return sheet_response(table, _("卡住的项目"))
    return render(request, "projects/stuck.html", {"table": table, "kinds": kinds})


@admit(*BUSINESS)
@require_GET
def project_problems(request: HttpRequest, key: str) -> HttpResponse:
    """The problems of one project."""
    return _show(request, key, forms.ProblemForm())


def _show(
    request: HttpRequest, key: str, form: forms.ProblemForm, error: str = "", status: int = 200
) -> HttpResponse:
    page = queries.problems_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    office = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    context = {
        "page": page,
        "row": page.head.row,
        "may_revise": bool(page.head.roles),
        "may_dispatch": office,
        "form": form,
        "error": error,
    }
    return render(request, "projects/project_problems.html", context, status=status)


@admit(*WRITERS)
@require_POST
def raise_problem(request: HttpRequest, key: str) -> HttpResponse:
    """Raise a problem; what is refused comes back with what was written."""
    form = forms.ProblemForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, form, status=422)
    given = dict(form.cleaned_data)
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.raise_problem(project=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return _show(request, key, form, refusal.sentence, refusal.status)
    messages.success(request, _("问题已上报，专班办公室已收到消息。"))
    return redirect("project_problems", key=key)


@admit(*WRITERS)
@require_POST
def move_problem(request: HttpRequest, key: str, problem: str, move: str) -> HttpResponse:
    """Decline a problem, take it up again, or withdraw it."""
    page = queries.problems_page(key, request.viewer, request.moment)
    if page is None or move not in MOVES or problem not in {row.key for row in page.rows}:
        raise NotFound(_("没有这个问题，或者它不在您的范围内。"))
    form = forms.ProblemMoveForm(request.POST)
    if not form.is_valid():
        return _show(request, key, forms.ProblemForm(), _("请写明原因。"), 422)
    try:
        MOVES[move](problem=problem, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, forms.ProblemForm(), refusal.sentence, refusal.status)
    messages.success(request, _("已记入经过。"))
    return redirect("project_problems", key=key)
