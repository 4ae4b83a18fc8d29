"""A month of requests: counts and shares with their working."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.kit.calendars import Period
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import month_table


@admit(*BUSINESS)
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """The requests received in a month, as known at the moment."""
    period = _period(request)
    page = queries.month_of_requests(request.viewer, period, request.moment)
    params = request.GET.dict()
    offices = month_table("offices", _("承办单位"), page.heads, page.by_office, params)
    categories = month_table("categories", _("类别"), page.heads, page.by_category, params)
    if params.get("export") == "xlsx":
        rows = [page.whole, *page.by_category, *page.by_office]
        whole = month_table("month", _("类别或单位"), page.heads, rows, {})
        return sheet_response(whole, _("诉求月报 %s") % period.key)
    for table, name in ((categories, _("按类别")), (offices, _("按承办单位"))):
        if table.wants_sheet:
            return sheet_response(table, _("诉求月报 %s") % period.key + f" {name}")
    shares = [
        (head, share, queries.working_of_share(share))
        for head, share in zip(page.heads, page.whole.shares, strict=True)
    ]
    good = page.whole.satisfaction
    context = {
        "page": page,
        "period": period,
        "before": period.previous().key if period.year > EARLIEST else "",
        "after": period.next().key if period.end < request.moment.today else "",
        "shares": [*shares, (_("满意率"), good, queries.working_of_share(good))],
        "categories": categories,
        "offices": offices,
    }
    return render(request, "services/month.html", context)


EARLIEST = 2000


def _period(request: HttpRequest) -> Period:
    """The month asked for; this one where the address names none."""
    now = Period.containing(request.moment.today, "month")
    try:
        period = Period.parse(request.GET.get("month", ""))
    except ValueError:
        return now
    known = period.kind == "month" and period.year >= EARLIEST and period.start <= now.end
    return period if known else now
