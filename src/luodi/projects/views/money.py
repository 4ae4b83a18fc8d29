"""The money of one project, and of all of them against the plans of a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import Mendable, NotAllowed, Refusal
from luodi.common.views import sheet_response
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..choices import Series, Teller
from ..rules.money import YEARS, amounts_in, read_amounts, read_month
from ..tables import invested_sums, invested_table
from .opening import head_of, token_of
from .pipeline import WRITERS


@admit(*BUSINESS)
@require_GET
def money(request: HttpRequest) -> HttpResponse:
    """All projects against the plans of a year, up to a month."""
    period, teller = _period(request), request.GET.get("told", "")
    teller = teller if teller in Teller.values else Teller.UNIT.value
    page = queries.invested(request.viewer, request.moment, period, teller)
    empty = _("还没有项目报过年度计划或投资数。在项目的“资金”页填写后会出现在这里。")
    table = invested_table(page.rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("资金"))
    context = {
        "page": page,
        "table": table,
        "zones": invested_sums(page.zones),
        "tellers": Teller.choices,
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/money.html", context)


def _period(request: HttpRequest) -> Period:
    """The month asked about; the last one that has ended unless another is named."""
    now = Period.containing(request.moment.today, "month")
    try:
        asked = Period.parse(request.GET.get("month", ""))
    except ValueError:
        return now.previous()
    known = asked.kind == "month" and asked.year in YEARS and asked <= now
    return asked if known else now.previous()


@admit(*BUSINESS)
@require_GET
def project_money(request: HttpRequest, key: str) -> HttpResponse:
    """One project's plans and its three series, versions included."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    *,
    plan_form: forms.PlanForm | None = None,
    form: forms.MoneyForm | None = None,
    refusal: Refusal | None = None,
    doubts: list[str] | None = None,
) -> HttpResponse:
    head = head_of(request, key)
    page = queries.money_page(head, request.viewer, request.moment)
    month = Period.containing(request.moment.today, "month")
    series = _series(request, head)
    context = {
        "row": head.row,
        "may_revise": bool(head.roles),
        "page": page,
        "plan_form": (plan_form or forms.PlanForm(initial={"year": month.year}))
        if head.roles
        else None,
        "form": (form or _form(request, head, initial=_initial(request, month, page)))
        if series
        else None,
        "error": refusal.sentence if refusal else "",
        "mine": [key for key, _label in series],
        "doubts": doubts or [],
        "token": token_of(doubts or []),
    }
    refused = refusal.status if refusal else 422 if form or plan_form else 200
    return render(request, "projects/project_money.html", context, status=refused)


def _series(request: HttpRequest, head: queries.ProjectHead) -> list[tuple[str, Any]]:
    """The series the viewer may tell."""
    if request.moment.is_past or head.row.into:
        return []
    return [
        (one.value, one.label)
        for one in Series
        if queries.may_tell(request.viewer, head.roles, one.value)
    ]


def _form(request: HttpRequest, head: queries.ProjectHead, *given: Any, **kwargs: Any) -> Any:
    funds = queries.funds_at(head.project.city, request.moment)
    return forms.MoneyForm(
        *given,
        funds=[(rule.key, titled(rule)) for rule in funds],
        series=_series(request, head),
        **kwargs,
    )


def _initial(request: HttpRequest, month: Period, page: queries.MoneyPage) -> dict[str, Any]:
    """The form at first; the figure named by `?figure=` as it stands, to be corrected."""
    asked = request.GET.get("figure", "")
    for series in page.series:
        for told in series.rows:
            if told.key == asked and series.teller == Teller.UNIT:
                kind, fund, period = asked.split(".")
                amounts = {n: "" if v is None else v for n, v in told.amounts.items()}
                told_before = {"series": kind, "fund": fund, "period": period, "seen": told.since}
                return told_before | amounts
    return {"period": month.key}


@admit(*WRITERS)
@require_POST
def plan_year(request: HttpRequest, key: str) -> HttpResponse:
    """Set or correct the investment planned for a year."""
    head = head_of(request, key)
    if not head.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写年度计划。"))
    form = forms.PlanForm(request.POST)
    if not form.is_valid():
        return _show(request, key, plan_form=form)
    try:
        actions.plan_year(project=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, plan_form=form, refusal=refusal)
    messages.success(request, _("年度计划已保存。"))
    return redirect("project_money", key=key)


@admit(*WRITERS, Role.STATISTICIAN)
@require_http_methods(["POST"])
def report_money(request: HttpRequest, key: str) -> HttpResponse:
    """Tell or correct a month; amounts out of proportion are shown once before they are kept."""
    head = head_of(request, key)
    if not _series(request, head):
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填报资金数。"))
    form = _form(request, head, request.POST)
    if not form.is_valid():
        return _show(request, key, form=form)
    given, refused = form.cleaned_data, None
    try:
        found = _doubts(request, head, form)
        if found and given["looked_at"] != token_of(found):
            return _show(request, key, form=form, doubts=found)
        actions.report_money(
            project=key,
            series=given["series"],
            fund=given["fund"],
            period=given["period"],
            amounts=form.amounts,
            why=given["why"],
            seen=given["seen"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        refused = refusal
    if refused:
        return _show(request, key, form=form, refusal=refused)
    messages.success(request, _("资金数已保存。"))
    return redirect("project_money", key=key)


def _doubts(request: HttpRequest, head: queries.ProjectHead, form: forms.MoneyForm) -> list[str]:
    given = form.cleaned_data
    period = read_month(given["period"], request.moment.today)
    said = amounts_in(read_amounts(form.amounts))
    return queries.doubts_about(head, given["series"], given["fund"], period, said, request.moment)
