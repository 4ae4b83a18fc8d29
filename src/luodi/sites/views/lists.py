"""The lists: plots with land by state, floors of standard plants with their use rate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import plants_table, plots_table
from .one import zones


def may_register(request: HttpRequest) -> bool:
    """Whether the viewer keeps the sites of any zone; the action says which."""
    return not request.moment.is_past and bool(zones(request))


@admit(*BUSINESS)
@require_GET
def plots(request: HttpRequest) -> HttpResponse:
    """All plots of the city in one table, with their area by state."""
    empty = _("这里还没有地块。专班办公室或所在区域登记后会出现在这里。")
    rows = queries.plots(request.viewer, request.moment)
    table = plots_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("地块"))
    shown = table.shown
    context = {
        "table": table,
        "side": "plots",
        "whole": queries.land_by(shown, lambda row: ""),
        "by_zone": queries.land_by(sorted(shown, key=lambda r: r.zone), lambda r: r.zone),
        "by_use": queries.land_by(sorted(shown, key=lambda r: r.use), lambda r: r.use),
        "may_register": may_register(request),
    }
    return render(request, "sites/plots.html", context)


@admit(*BUSINESS)
@require_GET
def plants(request: HttpRequest) -> HttpResponse:
    """All floors of standard plants, with the use rate and its working."""
    empty = _("这里还没有标准厂房。专班办公室或所在区域登记后会出现在这里。")
    rows = queries.plants(request.viewer, request.moment)
    table = plants_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("标准厂房"))
    shown = table.shown
    context = {
        "table": table,
        "side": "plants",
        "rate": queries.rate_of(shown),
        "by_zone": queries.rates_by(sorted(shown, key=lambda r: r.zone), lambda r: r.zone),
        "by_building": queries.rates_by(shown, lambda r: f"{r.zone} {r.building}"),
        "definition": queries.definition_at(request.viewer.city, request.moment),
        "may_register": may_register(request),
    }
    return render(request, "sites/plants.html", context)
