"""The desk of requests, one request for the offices, and entering one for a firm."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import NotFound, Refusal
from luodi.common.tables import LIGHT_ORDER
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import enterprise_named, units_of
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import NoteForm
from ..tables import requests_table
from .steps import Bound, steps_of

NO_UNITS = {UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}
NOTERS = (Role.OFFICE, *UNIT_ROLES)
TITLES = {
    "open": gettext_lazy("企业诉求"),
    "over": gettext_lazy("企业诉求（已办结）"),
    "all": gettext_lazy("企业诉求（全部）"),
}


@admit(*BUSINESS)
@require_GET
def desk(request: HttpRequest, show: str = "open") -> HttpResponse:
    """The requests in the viewer's scope in one table, the most pressing first."""
    viewer, moment = request.viewer, request.moment
    running = queries.requests(viewer, moment)
    rows = [] if show == "over" else running
    if show != "open":
        rows = rows + queries.requests(viewer, moment, over=True)
    empty = _("没有在办的企业诉求。企业在网上提出，或由您代为登记。")
    table = requests_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, str(TITLES[show]))
    lights = Counter(row.light[0] for row in running)
    context = {
        "table": table,
        "show": show,
        "title": TITLES[show],
        "open_count": lights.total(),
        "over_count": queries.count_over(viewer, moment),
        "lights": [((name, ""), lights[name]) for name in LIGHT_ORDER if lights[name]],
        "may_note": request.viewer.has(*NOTERS) and not request.moment.is_past,
    }
    return render(request, "services/desk.html", context)


@admit(*NOTERS)
@require_http_methods(["GET", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """Enter an ask for a firm: a call, a visit, a whistle."""
    viewer, moment = request.viewer, request.moment
    firms = queries.firms_to_choose(viewer, moment)
    initial = {"firm": dict(firms).get(request.GET.get("firm", ""), ""), "channel": "phone"}
    same, error = "same" in request.POST, ""
    form = _note_form(request, _posted(request), initial, same)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said["received_at"] = said["received_at"] or request.at
        try:
            said["evidence"] = uploads(said["evidence"])
            said["firm"] = enterprise_named(viewer, said["firm"], moment)
            asked = actions.ask(by=viewer.person, at=request.at, **said)
        except Refusal as refusal:
            error = refusal.sentence
            if refusal.code == actions.SAME:
                same = True
                form = _note_form(request, request.POST, initial, same)
        else:
            messages.success(request, _("已登记，编号 %s。") % asked.number)
            return redirect("request", asked.key)
    context = {"form": form, "firms": firms, "error": error, "same": same}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/new_request.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _note_form(request: HttpRequest, posted: Any, initial: dict[str, str], same: bool) -> NoteForm:
    viewer, moment = request.viewer, request.moment
    return NoteForm(
        posted,
        request.FILES or None,
        initial=initial,
        categories=queries.categories_in_sight(viewer, moment),
        channels=queries.channels_in_sight(viewer, moment, "staff"),
        same=same,
    )


@admit(*BUSINESS)
@require_GET
def one_request(request: HttpRequest, key: str) -> HttpResponse:
    """One request as a story: its limits, who handles it, what this viewer can do next."""
    return show_request(request, key)


def show_request(
    request: HttpRequest, key: str, bound: Bound | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """The page of a request, with a refused form as it was sent."""
    page = queries.request_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这件诉求，或者它不在您的范围内。"))
    context = {
        "page": page,
        "row": page.row,
        "steps": steps_of(page.moves, page.seen, bound, units_for(request), page.roles),
        "error": refusal.sentence if refusal else "",
        "may_open_item": request.viewer.has(Role.OFFICE, Role.LEADING_GROUP),
    }
    status = refusal.status if refusal else 422 if bound else 200
    return render(request, "services/request.html", context, status=status)


def units_for(request: HttpRequest) -> list[tuple[str, str]]:
    """The units that may be called out."""
    units = units_of(request.viewer.city, request.moment).exclude(kind__in=NO_UNITS)
    return list(units.values_list("of", "name"))
