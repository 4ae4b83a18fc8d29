"""Gradings: the list, one with its ranked firms, a firm unfolded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.languages import language, titled
from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, keeps_enterprises
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.grading_papers import papers_shown
from ..queries.gradings import run_for, runs_of
from ..rules.gradings import exemption_titles, unstated_words
from ..tables import grades_table, gradings_table
from ..tables.gradings import MOST_SHOWN


@admit(*BUSINESS)
@require_GET
def gradings(request: HttpRequest) -> HttpResponse:
    """All gradings of the city; the office opens one here."""
    return _list(request)


def _list(
    request: HttpRequest,
    form: forms.OpenGradingForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    rows = queries.gradings(request.viewer, request.moment)
    empty = _("还没有开展过亩均评价。由专班办公室选定规则后在这里开始。")
    table = gradings_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("亩均评价"))
    may = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    context = {
        "table": table,
        "form": (form or _open_form(request)) if may else None,
        "rules": [
            (one, titled(one)) for one in queries.rules_at(request.viewer.city, request.moment)
        ],
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "assessment/gradings.html", context, status=status)


def _open_form(request: HttpRequest, *given: Any) -> forms.OpenGradingForm:
    rules = queries.rules_at(request.viewer.city, request.moment)
    initial = {"year": request.moment.today.year - 1}
    return forms.OpenGradingForm(
        *given, rules=[(one.key, titled(one)) for one in rules], initial=initial
    )


@admit(Role.OFFICE)
@require_POST
def grading_open(request: HttpRequest) -> HttpResponse:
    """Open the grading of a year."""
    form = _open_form(request, request.POST)
    if not form.is_valid():
        return _list(request, form)
    try:
        made = actions.open_grading(
            city=request.viewer.city, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _list(request, form, refusal)
    messages.success(request, _("已开始评价，请归集数据。"))
    return redirect("grading", key=made.key)


@admit(*BUSINESS)
@require_GET
def grading(request: HttpRequest, key: str) -> HttpResponse:
    """One grading: where it stands, and the firms of the run that counts."""
    return show_grading(request, key)


def show_grading(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a grading, with what was refused."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    context: dict[str, Any] = {
        "head": head,
        "runs": runs_of(head, moment) if head.shown else [],
        "table": None,
        "unstated": unstated_words(head.rule),
        "most": MOST_SHOWN,
        "error": refusal.sentence if refusal else "",
        "typed": request.POST if refusal else {},
        "step": request.resolver_match.url_name if request.resolver_match else "",
        "notes": [note[language()] for note in head.state.window.get("notes", ())],
        **papers_shown(head, moment),
    }
    if head.shown:
        run = run_for(head, request.GET.get("run", ""), moment)
        rows = queries.grades_in(run, viewer, moment)
        params = request.GET.dict()
        table = grades_table(key, rows, params, "" if run.key == head.state.run_id else run.key)
        if table.wants_sheet:
            return sheet_response(table, head.title)
        context |= {"table": table, "run": run, "old": run.key != head.state.run_id}
    return render(
        request, "assessment/grading.html", context, status=refusal.status if refusal else 200
    )


@admit(Role.OFFICE)
@require_POST
def grading_run(request: HttpRequest, key: str) -> HttpResponse:
    """Compute, keeping what was computed before."""
    form = forms.GradingWhyForm(request.POST)
    if not form.is_valid():
        return show_grading(request, key, Refusal(_("填写的内容不对，没有写入。")))
    try:
        run = actions.run_grading(
            grading=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return show_grading(request, key, refusal)
    said = _("第 %(number)s 次计算完成：%(graded)s 家定档。")
    messages.success(request, said % {"number": run.number, "graded": run.counts.get("graded", 0)})
    return redirect("grading", key=key)


@admit(*BUSINESS)
@require_GET
def grading_firm(request: HttpRequest, key: str, enterprise: str) -> HttpResponse:
    """One firm, every term unfolded."""
    return show_firm(request, key, enterprise)


def show_firm(
    request: HttpRequest,
    key: str,
    enterprise: str,
    *,
    note: forms.GradingFirmForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page of a firm in a grading."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    run = run_for(head, request.GET.get("run", ""), moment)
    page = queries.firm_page(head, run, enterprise, viewer, moment)
    open_stage = head.state.stage in ("gathering", "noticed") and not moment.is_past
    context = {
        "head": head,
        "page": page,
        "old": run.key != head.state.run_id,
        "note_form": (note or _note_form(head, page)) if head.is_office and open_stage else None,
        "may_object": keeps_enterprises(viewer, page.firm.unit) and not moment.is_past,
        "exempt": exemption_titles(page.rule).get(page.exempt, ""),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if note else 200
    return render(request, "assessment/grading_firm.html", context, status=status)


def _note_form(
    head: queries.GradingHead, page: queries.FirmPage | None, *given: Any
) -> forms.GradingFirmForm:
    initial = (
        {"exempt": page.exempt, "started_on": page.started_on, "seen": page.noted} if page else {}
    )
    kinds = exemption_titles(head.rule).items()
    return forms.GradingFirmForm(*given, kinds=kinds, initial=initial)


@admit(Role.OFFICE)
@require_POST
def grading_note(request: HttpRequest, key: str, enterprise: str) -> HttpResponse:
    """Say that a firm takes no part, or since when it produces."""
    head = queries.grading_head(key, request.viewer, request.moment)
    form = _note_form(head, None, request.POST)
    if not form.is_valid():
        return show_firm(request, key, enterprise, note=form)
    try:
        actions.note_firm(
            grading=key,
            enterprise=enterprise,
            by=request.viewer.person,
            at=request.at,
            **form.cleaned_data,
        )
    except Mendable as refusal:
        return show_firm(request, key, enterprise, note=form, refusal=refusal)
    messages.success(request, _("已记下，下一次计算起生效。"))
    return redirect("grading_firm", key=key, enterprise=enterprise)
