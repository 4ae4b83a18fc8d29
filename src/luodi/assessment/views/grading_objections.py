"""Objections: an enterprise's own page, raising one, the office's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, NotAllowed
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, ENTERPRISES, REGISTRARS, REPORTERS, keeps_enterprises
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.gradings import run_for
from ..queries.my_gradings import in_window, my_gradings
from ..rules.gradings import input_titles
from ..tables.grading_files import objections_table

SPEAKERS = REGISTRARS | REPORTERS


@admit(*ENTERPRISES)
@require_GET
def my_grading(request: HttpRequest) -> HttpResponse:
    """An enterprise's own gradings, and nobody else's."""
    return _mine(request)


def _mine(
    request: HttpRequest, key: str = "", form: Any = None, error: str = "", status: int = 200
) -> HttpResponse:
    found = [
        (
            one,
            (form if form and one.head.key == key else _form(one.page)) if one.may_object else None,
        )
        for one in my_gradings(request.viewer, request.moment)
    ]
    context = {"found": found, "error": error, "at_key": key}
    return render(request, "assessment/my_grading.html", context, status=status)


def _form(page: queries.FirmPage, *given: Any) -> forms.GradingObjectionForm:
    titles = input_titles(page.rule)
    asked = [(one.key, f"{titles[one.key]}（{one.unit}）") for one in page.inputs]
    return forms.GradingObjectionForm(*given, inputs=asked)


@admit(*ENTERPRISES)
@require_POST
def my_grading_object(request: HttpRequest, key: str) -> HttpResponse:
    """An enterprise objects to its own grade."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    page = queries.firm_page(head, run_for(head, "", moment), viewer.enterprise, viewer, moment)
    form = _form(page, request.POST, request.FILES)
    if not form.is_valid():
        return _mine(request, key, form, status=422)
    try:
        _object(request, key, viewer.enterprise, form)
    except Mendable as refusal:
        return _mine(request, key, form, refusal.sentence, refusal.status)
    messages.success(request, _("异议已提出，答复后会在这里看到。"))
    return redirect("my_grading")


def _object(
    request: HttpRequest, key: str, enterprise: str, form: forms.GradingObjectionForm
) -> None:
    given = dict(form.cleaned_data)
    given["evidence"] = uploads(given["evidence"])
    actions.object_to_grade(
        grading=key, enterprise=enterprise, by=request.viewer.person, at=request.at, **given
    )


@admit(*SPEAKERS)
@require_http_methods(["GET", "POST"])
def grading_object(request: HttpRequest, key: str, enterprise: str) -> HttpResponse:
    """Its zone, its county or the office objects for a firm."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    page = queries.firm_page(head, run_for(head, "", moment), enterprise, viewer, moment)
    if not keeps_enterprises(viewer, page.firm.unit):
        raise NotAllowed(_("异议由企业自己提出，或由专班办公室、企业所在区域的经办人代为提出。"))
    form, error, status = _form(page), "", 200
    if request.method == "POST":
        form, status = _form(page, request.POST, request.FILES), 422
        if form.is_valid():
            try:
                _object(request, key, enterprise, form)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
            else:
                messages.success(request, _("已代企业提出异议。"))
                return redirect("grading_objections", key=key)
    context = {"head": head, "page": page, "form": form, "error": error,
               "open": in_window(head, moment)}  # fmt: skip
    return render(request, "assessment/grading_object.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def grading_objections(request: HttpRequest, key: str) -> HttpResponse:
    """The objections of a grading within one's scope."""
    head = queries.grading_head(key, request.viewer, request.moment)
    rows = queries.grading_objections_of(key, request.viewer, request.moment)
    table = objections_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("评价异议"))
    context = {"head": head, "table": table, "open": in_window(head, request.moment)}
    return render(request, "assessment/grading_objections.html", context)


@admit(*BUSINESS)
@require_GET
def grading_objection(request: HttpRequest, key: str) -> HttpResponse:
    """One objection; the office answers here."""
    return _one(request, key)


def _one(
    request: HttpRequest,
    key: str,
    form: forms.GradingAnswerForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    row = queries.grading_objection_for(key, viewer, moment)
    head = queries.grading_head(row.grading, viewer, moment)
    page = queries.firm_page(head, run_for(head, row.run, moment), row.enterprise, viewer, moment)
    stands = next((one for one in page.inputs if one.key == row.about), None)
    may = head.is_office and row.stage == "raised" and not moment.is_past
    start = {"seen": row.seen, "corrected": row.claimed}
    context = {
        "head": head,
        "row": row,
        "page": page,
        "stands": stands,
        "form": (form or forms.GradingAnswerForm(initial=start)) if may else None,
        "error": error,
    }
    return render(request, "assessment/grading_objection.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def grading_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Uphold or reject, with the reasons."""
    row = queries.grading_objection_for(key, request.viewer, request.moment)
    form = forms.GradingAnswerForm(request.POST)
    if not form.is_valid():
        return _one(request, key, form, status=422)
    try:
        run = actions.answer_grading_objection(
            objection=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _one(request, key, form, refusal.sentence, refusal.status)
    if run is None:
        messages.success(request, _("已答复。"))
    else:
        messages.success(request, _("已答复并重新计算（第 %s 次），原结果保留。") % run.number)
    return redirect("grading_objections", key=row.grading)
