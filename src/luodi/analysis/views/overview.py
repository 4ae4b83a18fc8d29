"""统计: one page that answers what is filled, what is red, what was released last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.indicators.choices import Purpose
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from ..actions import record_reading
from ..cards import course_chart, series_chart
from ..queries import benchmarks as stated
from ..queries.courses import course as course_of
from ..queries.latest import latest
from ..queries.overview import overview
from ..queries.scope import reader_for
from ..rules.questions import read_period
from ..tables import BENCHMARKS, FILLED, course_columns


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
    series = latest(reader_for(request.viewer, Moment(request.at).today), request.moment)
    context = {
        "overview": found,
        "table": table,
        "gaps": len(gaps),
        "latest": [(one, series_chart(one)) for one in series],
    }
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


@admit(*BUSINESS)
@require_GET
def course(request: HttpRequest) -> HttpResponse:
    """走势与预测: one series of a year against its pace, and where it is heading."""
    sent, moment = request.GET, request.moment
    period = read_period(sent.get("year", "") or str(moment.today.year))
    if period is None or period.kind != "year":
        raise NotFound(_("没有这个时期。"))
    reader = reader_for(request.viewer, Moment(request.at).today)
    purpose = sent.get("purpose", "") or str(Purpose.DISPATCH)
    indicator, unit = sent.get("indicator", ""), sent.get("unit", "")
    found = course_of(reader, indicator, unit, period.year, purpose, moment)
    grant = reader.granted(indicator, unit, purpose, "units")
    grants = (grant.key,) if grant else ()
    record_reading(grants=grants, by=request.viewer.person, at=request.at)
    table = Table("course", course_columns(found), found.steps, sent, "")
    if table.wants_sheet:
        return sheet_response(table, found.definition.name)
    context = {"course": found, "table": table, "chart": course_chart(found)}
    if found.forecast:
        context["ends"] = [found.text(n) for n in (found.forecast.low, found.forecast.high)]
        context["middle"] = found.text(found.forecast.middle)
    return render(request, "analysis/course.html", context)
