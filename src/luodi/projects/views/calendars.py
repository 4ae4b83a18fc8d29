"""The calendar of projects."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from .pipeline import WRITERS, tabs_of

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


@admit(*BUSINESS)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of planned starts, productions and capacities, batches, and answers due."""
    asked = request.GET.get("month", "")
    zone, kind = request.GET.get("zone", ""), request.GET.get("kind", "")
    month = queries.read_month(asked, request.moment.today)
    kind = kind if kind in queries.KINDS else ""
    page = queries.month_page(request.viewer, request.moment, month, zone, kind)
    context = {
        "page": page,
        "zone": zone,
        "kind": kind,
        "weekdays": WEEKDAYS,
        "tabs": tabs_of(queries.projects(request.viewer, request.moment)),
        "side": "calendar",
        "may_open": request.viewer.has(*WRITERS),
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/calendar.html", context)
