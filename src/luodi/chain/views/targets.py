"""The library of target firms: list, page, contacts."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.doors import cards_on
from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries, tables
from ..queries.naming import firm_by_words, offered_products, product_by_words
from ..rules import WRITERS
from .chains import may

NO_UNITS = (UnitKind.CITY, UnitKind.COLLECTIVE)


@admit(*BUSINESS)
@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """The firms to be invited, within one's scope."""
    rows = queries.target_rows(request.viewer, request.moment)
    empty = _("目标企业库还没有企业。从缺口列入、随规划入库，或在这里登记。")
    table = tables.table_of("targets", tables.TARGETS, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("目标企业库"))
    context = {"table": table, "side": "targets", **may(request)}
    return render(request, "chain/targets.html", context)


def lists(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """Units the viewer may name, modes, trips and events to choose from."""
    viewer, moment = request.viewer, request.moment
    units = units_of(viewer.city, moment).exclude(kind__in=NO_UNITS).order_by("name")
    mine = [u for u in units if viewer.has(Role.OFFICE) or u.of_id in viewer.units]
    trips = queries.trips(viewer, moment)[:50]
    events = queries.events(viewer, moment)[:50]
    return {
        "unit": [(u.of_id, u.name) for u in mine],
        "mode": queries.modes_of(viewer.city, moment),
        "trip": [(one.key, f"{one.from_on} {one.unit} {one.destination}") for one in trips],
        "event": [(str(one.pk), f"{one.on} {one.name}") for one in events],
    }


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_target(request: HttpRequest) -> HttpResponse:
    """Put a firm into the library; from a gap with firm and product filled in."""
    city_map = queries.chain_map(request.viewer.city, request.moment)
    firm, product = (request.GET.get(name, "")[:60] for name in ("firm", "product"))
    initial = {
        "firm": city_map.firm_name(firm) if firm in city_map.firms else "",
        "product": city_map.product_name(product) if product in city_map.products else "",
        "mode": "chain",
    }
    form = forms.TargetForm(request.POST or None, lists=lists(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            named = firm_by_words(request.viewer.city, city_map, request.moment, given.pop("firm"))
            gap = given.pop("product").strip()
            target = actions.list_target(
                firm=named,
                product=product_by_words(city_map, gap) if gap else "",
                by=request.viewer.person,
                at=request.at,
                **given,
            )
            messages.success(request, _("已列入目标企业库。"))
            return redirect("chain_target", key=target.key)
        except (Mendable, NotFound) as refusal:
            form.add_error(None, refusal.sentence)
    outside = sorted(f.name for f in city_map.firms.values() if not f.local)
    context = {
        "form": form,
        "title": _("列入目标企业库"),
        "back": "chain_targets",
        "firm_names": outside[:400],
        "product_names": offered_products(city_map),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "chain/form.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def target(request: HttpRequest, key: str) -> HttpResponse:
    """One target firm: why it is wanted, what was said, and the way into a project."""
    return show(request, key)


def show(
    request: HttpRequest, key: str, status: int = 200, **bound: django_forms.Form
) -> HttpResponse:
    """The page with its forms; `bound` ones come back with what was written."""
    page = queries.target_page(request.viewer, key, request.moment)
    offered = lists(request) if page.may_speak else {}
    today = {"on": request.moment.today, "mode": page.state.mode}
    seen = {"unit": page.state.unit, "seen": page.state.since_id}
    context: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "side": "targets",
        "cards": cards_on("target_firm", key, request.viewer, request.moment),
        "contact_form": bound.get("contact") or forms.ContactForm(lists=offered, initial=today),
        "assign_form": bound.get("assign") or forms.AssignForm(lists=offered, initial=seen),
    }
    return render(request, "chain/target.html", context, status=status)


@admit(*WRITERS)
@require_POST
def log_contact(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a contact."""
    queries.target_page(request.viewer, key, request.moment)
    form = forms.ContactForm(request.POST, lists=lists(request))
    if not form.is_valid():
        return show(request, key, 422, contact=form)
    given = dict(form.cleaned_data)
    given["event"] = whole_number(given["event"])
    try:
        actions.log_contact(target=key, by=request.viewer.person, at=request.at, **given)
    except (Mendable, NotFound) as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, key, refusal.status, contact=form)
    messages.success(request, _("对接记录已写入。"))
    return redirect("chain_target", key=key)


@admit(*WRITERS)
@require_POST
def assign_target(request: HttpRequest, key: str) -> HttpResponse:
    """Say who brings a target firm along."""
    queries.target_page(request.viewer, key, request.moment)
    form = forms.AssignForm(request.POST, lists=lists(request))
    if not form.is_valid():
        return show(request, key, 422, assign=form)
    given = dict(form.cleaned_data)
    try:
        actions.assign_target(target=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, key, refusal.status, assign=form)
    messages.success(request, _("跟进单位已更新。"))
    return redirect("chain_target", key=key)
