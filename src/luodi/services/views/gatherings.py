"""Breakfasts, salons, consultations with firms: the list, a new one, one with its asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import AttendeesForm, GatheringForm, LineForm
from ..tables import gatherings_table, requests_table

HOSTS = (Role.OFFICE, *UNIT_ROLES)


@admit(*BUSINESS)
@require_GET
def gatherings(request: HttpRequest) -> HttpResponse:
    """The meetings in the viewer's scope."""
    rows = queries.gatherings(request.viewer, request.moment)
    empty = _("还没有政企对接活动。登记早餐会、沙龙，到场企业的每条诉求一句话记下。")
    table = gatherings_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("政企对接活动"))
    may_add = request.viewer.has(*HOSTS) and not request.moment.is_past
    return render(request, "services/gatherings.html", {"table": table, "may_add": may_add})


@admit(*HOSTS)
@require_http_methods(["GET", "POST"])
def new_gathering(request: HttpRequest) -> HttpResponse:
    """Enter a meeting with firms."""
    viewer, moment = request.viewer, request.moment
    form = GatheringForm(
        request.POST or None,
        initial={"held_on": moment.today},
        kinds=queries.gathering_kinds_for(viewer, moment),
        firms=queries.firms_to_choose(viewer, moment),
    )
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.hold_gathering(by=viewer.person, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已登记，可以逐条记下诉求。"))
            return redirect("gathering", row.key)
    context = {"form": form, "error": error}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/new_gathering.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def gathering(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting: who came, what was asked, one more line."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, form: Any = None, refusal: Refusal | None = None
) -> HttpResponse:
    page = queries.gathering_page(request.viewer, key, request.moment)
    table = requests_table(page.requests, request.GET.dict(), _("还没有记下诉求。"))
    if table.wants_sheet:
        return sheet_response(table, page.row.title)
    context = {
        "page": page,
        "row": page.row,
        "table": table,
        "line": form if isinstance(form, LineForm) else _line_form(request, page, None),
        "more": form if isinstance(form, AttendeesForm) else _more_form(request, None),
        "may_add": request.viewer.has(*HOSTS) and not request.moment.is_past,
        "error": refusal.sentence if refusal else "",
        "same": refusal is not None and refusal.code == actions.SAME,
    }
    status = refusal.status if refusal else 422 if form is not None else 200
    return render(request, "services/gathering.html", context, status=status)


def _line_form(
    request: HttpRequest, page: queries.GatheringPage, posted: Any, same: bool = False
) -> LineForm:
    categories = queries.categories_in_sight(request.viewer, request.moment)
    return LineForm(posted, firms=list(page.firms), categories=categories, same=same)


def _more_form(request: HttpRequest, posted: Any) -> AttendeesForm:
    firms = queries.firms_to_choose(request.viewer, request.moment)
    return AttendeesForm(posted, auto_id="more_%s", firms=firms)


@admit(*HOSTS)
@require_POST
def note_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Take down one ask in one line."""
    page = queries.gathering_page(request.viewer, key, request.moment)
    form = _line_form(request, page, request.POST, same="same" in request.POST)
    if not form.is_valid():
        return _show(request, key, form)
    try:
        asked = actions.note_ask(
            gathering=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        again = _line_form(request, page, request.POST, same=refusal.code == actions.SAME)
        return _show(request, key, again, refusal)
    messages.success(request, _("已记下，编号 %s。") % asked.number)
    return redirect("gathering", key)


@admit(*HOSTS)
@require_POST
def add_attendees(request: HttpRequest, key: str) -> HttpResponse:
    """Add firms that came too."""
    form = _more_form(request, request.POST)
    if not form.is_valid():
        return _show(request, key, form)
    try:
        actions.add_attendees(
            gathering=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, _("已加上。"))
    return redirect("gathering", key)
