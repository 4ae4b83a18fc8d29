"""Banks' money, special funds and bonds: of one project, and of all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.languages import titled
from luodi.common.moments import read_iso_day
from luodi.common.refusals import Mendable, NotAllowed, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules.money import YEARS
from ..tables import funnel_table, special_table
from .opening import head_of
from .pipeline import WRITERS


@admit(*BUSINESS)
@require_GET
def funding(request: HttpRequest) -> HttpResponse:
    """The funnel by bank, zone and city, special funds and bonds, up to a day."""
    page = queries.funnel(request.viewer, request.moment, _day(request))
    table = special_table(page.special, request.GET.dict(), _("还没有专项资金或专项债券。"))
    if table.wants_sheet:
        return sheet_response(table, _("专项资金和债券"))
    context = {
        "page": page,
        "day": page.day,
        "banks": funnel_table("banks", _("银行"), page.banks),
        "zones": funnel_table("funnel-zones", _("落地区域"), page.zones),
        "table": table,
        "long_unused": [one for one in page.special if one.long_unused],
        "unaudited": [one for one in page.special if one.unaudited],
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/funding.html", context)


def _day(request: HttpRequest) -> date:
    """The day asked about: the moment's own unless an earlier one is named."""
    asked = read_iso_day(request.GET.get("day", ""))
    today = request.moment.today
    return asked if asked and asked.year in YEARS and asked < today else today


@admit(*BUSINESS)
@require_GET
def project_funding(request: HttpRequest, key: str) -> HttpResponse:
    """The banks, funds and bonds of one project."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    *,
    form: forms.FundingForm | None = None,
    correction: forms.FundingCorrectionForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    head = head_of(request, key)
    fundings = queries.fundings_of(head, request.moment)
    if head.roles and form is None:
        shown: Any = _form(request, head, initial={"happened_on": request.moment.today})
    else:
        shown = form
    context = {
        "row": head.row,
        "may_revise": bool(head.roles),
        "fundings": fundings,
        "form": shown,
        "correction": correction or (_correction(request, fundings) if head.roles else None),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if form or correction else 200
    return render(request, "projects/project_funding.html", context, status=status)


def _form(request: HttpRequest, head: queries.ProjectHead, *given: Any, **kwargs: Any) -> Any:
    known = queries.institutions_at(head.project.city, request.moment)
    return forms.FundingForm(*given, institutions=[titled(rule) for rule in known], **kwargs)


def _correction(
    request: HttpRequest, fundings: list[queries.FundingShown]
) -> forms.FundingCorrectionForm | None:
    """The entry named by `?entry=` as it stands, to be corrected."""
    asked = request.GET.get("entry", "")
    entries = [entry for one in fundings for entry in one.entries if entry.entry == asked]
    if not entries:
        return None
    [entry] = entries
    return forms.FundingCorrectionForm(
        initial={
            "entry": entry.entry,
            "seen": entry.since,
            "amount": entry.amount,
            "happened_on": entry.happened_on,
            "void": entry.void,
        }
    )


@admit(*WRITERS)
@require_POST
def record_funding(request: HttpRequest, key: str) -> HttpResponse:
    """Tell that an amount reached a step."""
    head = head_of(request, key)
    if not head.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写融资和专项资金。"))
    form = _form(request, head, request.POST)
    if not form.is_valid():
        return _show(request, key, form=form)
    given = dict(form.cleaned_data)
    kind, _colon, step = given.pop("what").partition(":")
    try:
        actions.record_funding(
            project=key, kind=kind, step=step, by=request.viewer.person, at=request.at, **given
        )
    except Mendable as refusal:
        return _show(request, key, form=form, refusal=refusal)
    messages.success(request, _("已记下。"))
    return redirect("project_funding", key=key)


@admit(*WRITERS)
@require_POST
def correct_funding(request: HttpRequest, key: str) -> HttpResponse:
    """Correct an amount, or call it void."""
    head = head_of(request, key)
    if not head.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写融资和专项资金。"))
    form = forms.FundingCorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, key, correction=form)
    try:
        actions.correct_funding(by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, correction=form, refusal=refusal)
    messages.success(request, _("已更正，原来的数仍在记录里。"))
    return redirect("project_funding", key=key)
