"""The calendars of the bodies, and the address a calendar programme reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..queries.calendars import FIRST, LAST, WHAT
from ..rules import write_calendar

WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


@admit(*BUSINESS)
@require_GET
def this_year(request: HttpRequest) -> HttpResponse:
    """The calendar of the year of the moment."""
    return _year(request, request.moment.today.year)


@admit(*BUSINESS)
@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The calendar of a year: every body with its rules, and the turns of each."""
    return _year(request, year)


def _year(request: HttpRequest, year: int, token: str = "") -> HttpResponse:
    _check(year)
    context = {
        "page": queries.year_page(request.viewer, request.moment, year),
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < LAST else None,
        "months": range(1, 13),
        "feed": queries.feed_of(request.viewer.person),
        "address": request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        if token
        else "",
    }
    return render(request, "supervision/calendar.html", context)


@admit(*BUSINESS)
@require_GET
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month of all bodies, day by day."""
    _check(year)
    if not 1 <= month <= 12:
        raise NotFound(_("没有这个月份。"))
    context = {
        "page": queries.month_page(request.viewer, request.moment, year, month),
        "weekdays": WEEKDAYS,
        "months": range(1, 13),
        "what": WHAT,
    }
    return render(request, "supervision/month.html", context)


def _check(year: int) -> None:
    if not FIRST <= year <= LAST:
        raise NotFound(_("日历只列 2000 年到 2099 年。"))


@admit(*BUSINESS)
@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make the viewer's calendar address; it is shown this once, on the page that answers."""
    token = actions.make_feed(by=request.viewer.person, at=request.at)
    response = _year(request, request.moment.today.year, token)
    response["Cache-Control"] = "no-store"
    return response


@admit(*BUSINESS)
@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """End the viewer's calendar address."""
    actions.revoke_feed(by=request.viewer.person, at=request.at)
    messages.success(request, _("订阅地址已撤销，旧地址从现在起读不到任何内容。"))
    return redirect("meeting_calendar")


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever the secret belongs to, always of the present."""
    viewer = queries.reader_of(token)
    site = request.build_absolute_uri("/").rstrip("/")
    entries = queries.entries_of(viewer, Moment(request.at), site)
    text = write_calendar(_("会议和调度日历"), entries)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
