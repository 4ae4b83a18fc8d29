"""The funnel, the trips of leaders, and events."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries, tables
from ..models import Trip
from ..rules import WRITERS
from .chains import may
from .targets import lists


@admit(*BUSINESS)
@require_GET
def funnel(request: HttpRequest) -> HttpResponse:
    """Contacts, talks, signed: as the log says, and beside it as the reviews state."""
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked and 2000 <= asked <= 2100 else None
    today = request.moment.today.year
    found = queries.funnel(request.viewer, request.moment, year)
    params = request.GET.dict()
    table = tables.table_of("funnel", tables.FUNNEL, found.steps, params, among=True)
    by_mode = tables.table_of("modes", tables.BY_MODE, found.by_mode, params, among=True)
    for one, title in ((table, _("招商漏斗")), (by_mode, _("按招商模式"))):
        if one.wants_sheet:
            return sheet_response(one, title)
    context = {
        "funnel": found,
        "table": table,
        "by_mode": by_mode,
        "side": "funnel",
        "year": year,
        "years": range(today, today - 4, -1),
    }
    return render(request, "chain/funnel.html", context)


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def trips(request: HttpRequest) -> HttpResponse:
    """Trips against the rhythm the city asks for; a unit puts its own down here."""
    viewer, moment = request.viewer, request.moment
    units = queries.travelling_units(viewer, moment)
    offered = {"unit": units, "mode": queries.modes_of(viewer.city, moment)}
    initial = {"unit": units[0][0]} if len(units) == 1 else {}
    form = forms.TripForm(request.POST or None, lists=offered, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_trip(
                    city=viewer.city, by=viewer.person, at=request.at, **form.cleaned_data
                )
                messages.success(request, _("外出招商已登记。"))
                return redirect("chain_trips")
            except (Mendable, NotFound) as refusal:
                form.add_error(None, refusal.sentence)
    rows, params = queries.trips(viewer, moment), request.GET.dict()
    asked = queries.rhythms(viewer, moment, moment.today.year)
    empty = _("还没有外出招商的记录。")
    table = tables.table_of("trips", tables.TRIPS, rows, params, empty, among=True)
    rhythms = tables.table_of("rhythms", tables.RHYTHMS, asked, params, among=True)
    for one, title in ((table, _("外出招商")), (rhythms, _("外出招商频次"))):
        if one.wants_sheet and request.method == "GET":
            return sheet_response(one, title)
    context = {
        "table": table,
        "rows": rows,
        "rhythms": rhythms,
        "year": moment.today.year,
        "form": form,
        "may_travel": bool(units) and not moment.is_past,
        "back_form": forms.TakeBackForm(),
        "side": "trips",
    }
    return render(request, "chain/trips.html", context, status=status)


@admit(*WRITERS)
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take a trip back that was put down by mistake."""
    if not Trip.objects.filter(key=key, city=request.viewer.city).exists():
        raise NotFound(_("没有这次外出，或者它不在您的范围内。"))
    form = forms.TakeBackForm(request.POST)
    if form.is_valid():
        who = {"by": request.viewer.person, "at": request.at}
        try:
            actions.take_back_trip(trip=key, **form.cleaned_data, **who)
            messages.success(request, _("已撤回，记录仍在。"))
        except Mendable as refusal:
            messages.error(request, refusal.sentence)
    else:
        messages.error(request, _("请写明撤回原因。"))
    return redirect("chain_trips")


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """Promotion events, what came of each; a new one is put down here."""
    viewer = request.viewer
    form = forms.EventForm(request.POST or None, lists=lists(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.register_event(
                    city=viewer.city, by=viewer.person, at=request.at, **form.cleaned_data
                )
                messages.success(request, _("招商活动已登记。"))
                return redirect("chain_events")
            except (Mendable, NotFound) as refusal:
                form.add_error(None, refusal.sentence)
    rows = queries.events(viewer, request.moment)
    table = tables.table_of(
        "events", tables.EVENTS, rows, request.GET.dict(), _("还没有登记招商活动。")
    )
    if table.wants_sheet and request.method == "GET":
        return sheet_response(table, _("招商活动"))
    context = {"table": table, "form": form, "side": "events", **may(request)}
    return render(request, "chain/events.html", context, status=status)
