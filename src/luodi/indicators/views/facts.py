"""The figures that texts state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import FACTS


@admit(*BUSINESS)
@require_GET
def stated(request: HttpRequest) -> HttpResponse:
    """The figures of texts, each with its document, definition and what is left open."""
    rows = queries.stated_facts(request.viewer, request.moment)
    table = Table("facts", FACTS, rows, request.GET, _("本市的规则包里没有文件载明的数。"))
    if table.wants_sheet:
        return sheet_response(table, _("文件里的数"))
    return render(request, "indicators/facts.html", {"table": table})
