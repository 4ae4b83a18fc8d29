"""Zones by their average output per mu: another thing than the grading of enterprises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.languages import language, titled
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..rules.gradings import YEARS
from ..tables import zone_outputs_table


@admit(*BUSINESS)
@require_GET
def zone_output(request: HttpRequest) -> HttpResponse:
    """Output over land of each zone, with the declared numerator."""
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in YEARS else request.moment.today.year - 1
    page = queries.zone_outputs(year, request.viewer, request.moment)
    empty = _("没有开发区，或者不在您的范围内。")
    table = zone_outputs_table(page.rows, page.rule, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("平均产出强度"))
    rule, english = page.rule, language() == "en"
    context = {
        "page": page,
        "table": table,
        "title": titled(rule) if rule else "",
        "numerator": rule and (rule.numerator_title_en if english else rule.numerator_title),
        "denominator": rule and (rule.denominator_title_en if english else rule.denominator_title),
        "years": [year - 1, year, year + 1],
    }
    return render(request, "assessment/zone_output.html", context)
