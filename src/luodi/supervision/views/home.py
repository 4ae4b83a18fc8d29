"""How units stand now: the first page of supervision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import lit_table, standings_table


@admit(*BUSINESS)
@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Units by their lights, and every light with its reason."""
    found = queries.lit(request.viewer, request.moment)
    names = unit_names({unit for one in found for unit in one.units}, request.moment)
    drafts = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    table = lit_table(found, names, request.GET.dict(), drafts=drafts)
    if table.wants_sheet:
        return sheet_response(table, _("亮灯事项"))
    ladders = request.viewer.has(Role.OFFICE, Role.LEADING_GROUP)
    units = standings_table(queries.by_unit(found, request.moment), {}, ladders=ladders)
    context = {"table": table, "units": units, "reds": sum(one.light == "red" for one in found)}
    return render(request, "supervision/home.html", context)
