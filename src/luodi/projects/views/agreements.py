"""Standard-land agreements: promise against result, milestones, the re-check and its breach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import Mendable, NotAllowed, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.sites.queries import PlotRow

from .. import actions, forms, queries
from ..rules.agreements import unit_of
from ..rules.money import decimal_of, exact
from ..tables import agreements_table
from .opening import head_of
from .pipeline import WRITERS

CONTROLS = ("intensity", "output", "tax", "energy")
"""The control indicators of a plot, named like the promises of an agreement."""


@admit(*BUSINESS)
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """All agreements: what comes next, what is short, which breaches are open."""
    page = queries.agreements(request.viewer, request.moment)
    empty = _("还没有登记标准地协议。在项目的“协议”页登记后会出现在这里。")
    table = agreements_table(page.rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("协议兑现"))
    return render(request, "projects/agreements.html", {"page": page, "table": table})


@admit(*BUSINESS)
@require_GET
def project_agreement(request: HttpRequest, key: str) -> HttpResponse:
    """The agreement of one project."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    *,
    result: forms.ResultForm | None = None,
    move: forms.AgreementMoveForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    head = head_of(request, key)
    page = queries.agreement_page(head, request.moment)
    year = request.moment.today.year
    context = {
        "row": head.row,
        "may_revise": bool(head.roles),
        "may": bool(head.roles),
        "page": page,
        "one": page.agreement,
        "promised": [(p, titled(p.rule), unit_of(p.rule), decimal_of(p.promised))
                     for p in page.agreement.promised] if page.agreement else [],
        "milestones": [(m, titled(m.rule)) for m in page.agreement.milestones]
        if page.agreement
        else [],
        "result_form": (result or _result_form(page, initial={"year": year}))
        if page.agreement and head.roles
        else None,
        "move_form": (move or _move_form(page)) if page.moves else None,
        "error": refusal.sentence if refusal else "",
    }  # fmt: skip
    status = refusal.status if refusal else 422 if result or move else 200
    return render(request, "projects/project_agreement.html", context, status=status)


def _result_form(page: queries.AgreementPage, *given: Any, **kwargs: Any) -> forms.ResultForm:
    promised = page.agreement.state.promises if page.agreement else {}
    items = [
        (rule.key, f"{titled(rule)} · {_measured(rule)}")
        for rule in page.rules
        if rule.key in promised
    ]
    return forms.ResultForm(*given, items=items, **kwargs)


def _measured(rule: Any) -> str:
    words = {"what": rule.measured, "unit": rule.measured_in}
    if titled(rule) == rule.title_en:
        words = {"what": rule.measured_en, "unit": _english_unit(rule)}
    return _("%(what)s（%(unit)s）") % words


def _english_unit(rule: Any) -> str:
    return rule.unit_en.split("/")[0] if rule.per_land else rule.unit_en


def _move_form(page: queries.AgreementPage, *given: Any) -> forms.AgreementMoveForm:
    return forms.AgreementMoveForm(*given, moves=list(page.moves), initial={"seen": page.seen})


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def set_agreement(request: HttpRequest, key: str) -> HttpResponse:
    """Register what an agreement says, or change it with a reason."""
    head = head_of(request, key)
    if not head.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以办理协议。"))
    page = queries.agreement_page(head, request.moment)
    plot = None
    if page.agreement is None:
        plot = queries.plot_held(head.project, request.viewer, request.moment)
    form = forms.AgreementForm(
        request.POST or None,
        initial={**_terms(page, head), **_sold_with(plot)},
        promises=[(rule, f"{titled(rule)}（{unit_of(rule)}）") for rule in page.rules],
        days=[(rule, titled(rule)) for rule in page.days],
    )
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.set_agreement(
                    project=key,
                    title=given["title"],
                    signed_on=given["signed_on"],
                    land=given["land"],
                    promises=form.promises,
                    days=form.days,
                    why=given["why"],
                    seen=given["seen"],
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("协议已保存。"))
                return redirect("project_agreement", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"row": head.row, "may_revise": True, "page": page, "form": form, "error": error}
    context["plot"] = plot
    return render(request, "projects/agreement_terms.html", context, status=status)


def _sold_with(plot: PlotRow | None) -> dict[str, Any]:
    """What standard land is sold with, where the project holds such a plot."""
    if plot is None:
        return {}
    sold = {f"promise-{name}": getattr(plot, name) for name in CONTROLS}
    return {key: value for key, value in sold.items() if value is not None} | {"land": plot.area}


def _terms(page: queries.AgreementPage, head: queries.ProjectHead) -> dict[str, Any]:
    """The form as the agreement stands; of a new one what the project says already."""
    if page.agreement is None:
        state = head.state
        land = exact(state.land, state.land_scale)
        planned = {
            "day-start": state.planned_start,
            "day-production": state.planned_production,
            "day-capacity": state.planned_capacity,
        }
        return {"land": None if land is None else decimal_of(land), "seen": 0, **planned}
    agreed = page.agreement.state
    promised = {f"promise-{p.rule.key}": decimal_of(p.promised) for p in page.agreement.promised}
    days = {f"day-{key}": date.fromisoformat(day) for key, day in agreed.days.items()}
    return {
        "title": agreed.title,
        "signed_on": agreed.signed_on,
        "land": page.agreement.land,
        "seen": page.seen,
        **promised,
        **days,
    }


@admit(*WRITERS)
@require_POST
def report_result(request: HttpRequest, key: str) -> HttpResponse:
    """Report what came of a promise, with evidence."""
    head = head_of(request, key)
    page = _open_page(request, head)
    form = _result_form(page, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, result=form)
    given = dict(form.cleaned_data)
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.report_result(project=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return _show(request, key, result=form, refusal=refusal)
    messages.success(request, _("已填报。"))
    return redirect("project_agreement", key=key)


def _open_page(request: HttpRequest, head: queries.ProjectHead) -> queries.AgreementPage:
    if not head.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以办理协议。"))
    page = queries.agreement_page(head, request.moment)
    if page.agreement is None:
        raise NotFound(_("这个项目还没有登记协议。"))
    return page


@admit(*WRITERS)
@require_POST
def move_agreement(request: HttpRequest, key: str) -> HttpResponse:
    """A step of the re-check, or of what follows a breach."""
    head = head_of(request, key)
    page = _open_page(request, head)
    form = _move_form(page, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, move=form if page.moves else None, refusal=_closed(page))
    given = dict(form.cleaned_data)
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.move_agreement(project=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return _show(request, key, move=form, refusal=refusal)
    messages.success(request, _("已办理，并记入经过。"))
    return redirect("project_agreement", key=key)


def _closed(page: queries.AgreementPage) -> Refusal | None:
    """Said where the viewer can't do anything now."""
    return None if page.moves else Refusal(_("现在没有您可以办理的步骤。"))
