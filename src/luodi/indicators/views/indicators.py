"""The list of indicators, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.doors import find_subject
from luodi.common.refusals import NotFound
from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import may_see, units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..tables import COLUMNS, VALUES


@admit(*BUSINESS)
@require_GET
def indicators_list(request: HttpRequest) -> HttpResponse:
    """Every indicator with its goal and its latest value."""
    empty = _("这里放指标：名称、计量单位、目标和最新值。规划入库时，其中的目标会成为指标。")
    rows = queries.indicators_list(request.viewer, request.moment)
    table = Table("indicators", COLUMNS, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("指标"))
    context = {"table": table, "may_define": may_define(request)}
    return render(request, "indicators/indicators_list.html", context)


def may_define(request: HttpRequest) -> bool:
    """Whether the viewer keeps the dictionary, and looks at the present."""
    return request.viewer.has(Role.STATISTICIAN) and not request.moment.is_past


@admit(*BUSINESS)
@require_GET
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """What an indicator means, its goals, its values with who and when."""
    page = queries.indicator_page(request.viewer, key, request.moment)
    empty = _("还没有单位报过这个数。单位在月报里填报后，会按时期列在这里。")
    table = Table("values", VALUES, page.values, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, page.definition.name)
    may_ask = request.viewer.has(Role.OFFICE, Role.STATISTICIAN) and not request.moment.is_past
    context = {
        "page": page,
        "table": table,
        "may_ask": may_ask,
        "may_define": may_define(request),
        "units": list(units_of(request.viewer.city, request.moment)) if may_ask else [],
        "subject": request.GET.get("subject", ""),
    }
    return render(request, "indicators/indicator.html", context)


@admit(Role.OFFICE, Role.STATISTICIAN)
@require_POST
def ask_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Ask a unit for this figure from now on."""
    queries.indicator_page(request.viewer, key, request.moment)
    asked = request.POST.get("unit", "")
    subject = request.POST.get("subject", "").strip()
    found = find_subject(subject) if subject else None
    if subject and (found is None or not may_see(request.viewer, dict(found.scope))):
        raise NotFound(_("没有这个对象，或者它不在您的范围内。"))
    known = {unit.of_id for unit in units_of(request.viewer.city, request.moment)}
    actions.ask_unit(
        indicator=key,
        unit=asked if asked in known else "",
        subject=subject,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已登记：今后由该单位报这个数，同一时期只报一次。"))
    return redirect("indicator", key=key)
