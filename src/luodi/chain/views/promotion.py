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
from ..choices import ContactKind
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


@admit(*BUSINESS)
@require_GET
def event(request: HttpRequest, event: int) -> HttpResponse:
    """One event: who went, the firms met, what was signed, and where each went on."""
    return _event(request, event)


def _event(
    request: HttpRequest, key: int, status: int = 200, form: forms.EventContactForm | None = None
) -> HttpResponse:
    page = queries.event_page(request.viewer, key, request.moment)
    empty = _("还没有这次活动的对接记录。")
    table = tables.table_of("met", tables.MET, page.met, request.GET.dict(), empty)
    if table.wants_sheet and request.method == "GET":
        return sheet_response(table, page.row.name)
    begins = min(page.row.on, request.moment.today)
    offered = {"target": list(page.invited)}
    context = {
        "page": page,
        "row": page.row,
        "table": table,
        "form": form or forms.EventContactForm(lists=offered, initial={"on": begins}),
        "side": "events",
        **may(request),
    }
    return render(request, "chain/event.html", context, status=status)


@admit(*WRITERS)
@require_POST
def meet(request: HttpRequest, event: int) -> HttpResponse:
    """Write down a firm that was met at an event, and what was signed with it."""
    page = queries.event_page(request.viewer, event, request.moment)
    form = forms.EventContactForm(request.POST, lists={"target": list(page.invited)})
    if not form.is_valid():
        return _event(request, event, 422, form)
    given = dict(form.cleaned_data)
    if not given["target"]:
        form.add_error("target", _("请选择目标企业；库里没有的先列入目标企业库。"))
        return _event(request, event, 422, form)
    try:
        queries.target_page(request.viewer, given["target"], request.moment)
        actions.log_contact(
            kind=ContactKind.EVENT, mode=queries.mode_of_event(event), trip="", event=event,
            by=request.viewer.person, at=request.at, **given,
        )  # fmt: skip
    except (Mendable, NotFound) as refusal:
        form.add_error(None, refusal.sentence)
        return _event(request, event, refusal.status, form)
    messages.success(request, _("对接记录已写入。"))
    return redirect("chain_event", event=event)


@admit(*BUSINESS)
@require_GET
def signings(request: HttpRequest) -> HttpResponse:
    """What was signed with target firms: contracts and framework agreements apart."""
    rows = queries.signings(request.viewer, request.moment)
    empty = _("还没有签约记录。在目标企业页或活动页写对接记录时，进展选“签约”就会出现在这里。")
    table = tables.table_of("signings", tables.SIGNINGS, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("签约"))
    sums = queries.sums_in_words(table.shown)
    return render(
        request, "chain/signings.html", {"table": table, "sums": sums, "side": "signings"}
    )
