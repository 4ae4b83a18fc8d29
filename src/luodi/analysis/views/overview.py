"""统计: one page that answers what is filled, what is red, what was released last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from ..queries import benchmarks as stated
from ..queries.overview import overview
from ..tables import BENCHMARKS, FILLED


@admit(*BUSINESS)
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Where the figures stand."""
    found = overview(request.viewer, request.moment)
    empty = _("还没有向单位要数。在指标页面登记由谁报，或在填报里开表。")
    table = Table("filled", FILLED, found.filled, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("填报情况"))
    gaps = [row for row in found.filled if not row.complete]
    context = {"overview": found, "table": table, "gaps": len(gaps)}
    return render(request, "analysis/statistics.html", context)


@admit(*BUSINESS)
@require_GET
def benchmarks(request: HttpRequest) -> HttpResponse:
    """对标: what adopted documents state of cities and zones, as written."""
    rows = stated.benchmarks(request.viewer, request.moment)
    empty = _("文件入库时，其中列出的各市、各开发区数据会收到这里，原文可查。")
    table = Table("benchmarks", BENCHMARKS, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("对标"))
    apart = sum(row.apart for row in rows)
    return render(request, "analysis/benchmarks.html", {"table": table, "apart": apart})
