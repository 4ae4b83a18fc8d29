"""Saying what indicators mean: new ones, revisions, what the packs propose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.refusals import Refusal
from luodi.common.tables import Table
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.queries import units_of
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import DefinitionForm
from ..tables import PROPOSALS


def definition_form(request: HttpRequest, revises: bool, initial: dict | None) -> DefinitionForm:
    """The form over the units of the city, filled with what was sent or with `initial`."""
    units = [(u.of_id, u.name) for u in units_of(request.viewer.city, request.moment)]
    rates = queries.rates_of(request.viewer.city, request.moment)
    posted = request.POST if request.method == "POST" else None
    return DefinitionForm(posted, units=units, rates=rates, revises=revises, initial=initial)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def new_indicator(request: HttpRequest) -> HttpResponse:
    """Enter an indicator into the dictionary."""
    form, error = definition_form(request, False, None), ""
    if form.is_bound and form.is_valid():
        try:
            made = actions.enter_indicator(
                city=request.viewer.city,
                fields=form.cleaned_data,
                by=request.viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已登记指标 %s。") % made.name)
            return redirect("indicator", key=made.indicator_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "error": error}
    return render(request, "indicators/definition.html", context, status=status)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Put a new version of a definition beside the old ones, with a reason."""
    row = queries.definition_for(request.viewer, key, request.moment)
    names = DefinitionForm.base_fields
    form = definition_form(request, True, {name: getattr(row, name) for name in names})
    error = ""
    if form.is_bound and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in names}
        try:
            actions.revise_definition(
                indicator=key,
                seen=whole_number(request.POST.get("seen", "")) or 0,
                fields=fields,
                by=request.viewer.person,
                at=request.at,
                why=form.cleaned_data["why"],
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已修订。原来的版本仍并列可查。"))
            return redirect("indicator", key=key)
    context = {"form": form, "error": error, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/definition.html", context, status=status)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def pack_indicators(request: HttpRequest) -> HttpResponse:
    """What the city's packs propose for the dictionary; taking some of it."""
    if request.method == "POST":
        taken = actions.adopt_pack_indicators(
            city=request.viewer.city,
            codes=request.POST.getlist("selected"),
            by=request.viewer.person,
            at=request.at,
        )
        messages.success(request, _("已采用 %d 个指标的定义。") % len(taken))
        return redirect("pack_indicators")
    rows = queries.proposals(request.viewer.city, request.moment)
    empty = _("本市的规则包里没有指标定义。")
    select = None if request.moment.is_past else (lambda row: row.code)
    table = Table("pack-indicators", PROPOSALS, rows, request.GET, empty, select)
    if table.wants_sheet:
        return sheet_response(table, _("规则包里的指标"))
    return render(request, "indicators/pack_indicators.html", {"table": table})
