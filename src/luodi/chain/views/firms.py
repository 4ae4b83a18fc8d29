"""Firms of the chains: list, page, what can be written on it; and an enterprise's own view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Conflict, Incomplete, Mendable, NotFound
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries, tables
from ..models import ChainFirmState, ChainHonour, Supply
from ..queries.naming import firm_by_words, offered_firms, offered_products, product_by_words
from ..rules import WRITERS
from .chains import may

DEPTHS = (1, 2, 3, 5)


@admit(*BUSINESS)
@require_GET
def firms(request: HttpRequest) -> HttpResponse:
    """All firms of the chains, of this place and elsewhere."""
    rows = queries.firm_rows(request.viewer, request.moment)
    empty = _("链上还没有企业。")
    table = tables.table_of("chain-firms", tables.FIRMS, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("链上企业"))
    context = {"table": table, "side": "firms", **may(request)}
    return render(request, "chain/firms.html", context)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_firm(request: HttpRequest) -> HttpResponse:
    """Register a firm of the chains."""
    form = forms.FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            firm = actions.register_firm(
                city=request.viewer.city,
                details=form.cleaned_data,
                by=request.viewer.person,
                at=request.at,
            )
            messages.success(request, _("企业已登记。"))
            return redirect("chain_firm", key=firm.key)
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
    context = {"form": form, "title": _("登记链上企业"), "back": "chain_firms"}
    status = 422 if request.method == "POST" else 200
    return render(request, "chain/form.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def firm(request: HttpRequest, key: str) -> HttpResponse:
    """One firm: what it makes, buys and sells, what its failure would touch."""
    return show(request, key)


def show(
    request: HttpRequest, key: str, status: int = 200, **bound: django_forms.Form
) -> HttpResponse:
    """The page with its forms; `bound` ones come back with what was written."""
    viewer, moment = request.viewer, request.moment
    state = queries.firm_for(viewer, key, moment)
    city_map = queries.chain_map(state.city, moment)
    rows, params = queries.supply_rows(city_map, state.city, moment, firm=key), request.GET.dict()
    depth = min(whole_number(request.GET.get("depth", "")) or 2, max(DEPTHS))
    found = queries.impact_of(city_map, key, depth)
    empty = _("还没有登记供应关系。")
    table = tables.table_of("supplies", tables.SUPPLIES, rows, params, empty, among=True)
    touched = tables.table_of("impact", tables.TOUCHED, found.rows, params, among=True)
    for one, title in ((table, _("供应关系")), (touched, _("断供影响"))):
        if one.wants_sheet and request.method == "GET":
            return sheet_response(one, f"{state.name} {title}")
    context = {
        "firm": state,
        "node": city_map.firms.get(key),
        "into": city_map.merged.get(key, ""),
        "into_name": city_map.firm_name(key) if key in city_map.merged else "",
        "makes": _makes(city_map, key),
        "table": table,
        "rows": [row for row in rows if row.current],
        "impact": found,
        "touched": touched,
        "depths": DEPTHS,
        "ways": _ways(request, city_map, key),
        "to": request.GET.get("to", "").strip()[:200],
        "honours": [
            one for one in queries.honours(city_map, state.city, moment) if one.firm == key
        ],
        "firm_names": offered_firms(city_map),
        "product_names": offered_products(city_map),
        "forms": _forms(request, state, city_map, bound),
        "end": bound.get("end"),
        **may(request),
    }
    return render(request, "chain/firm.html", context, status=status)


def _makes(city_map: queries.ChainMap, key: str) -> list[tuple[str, str, str, str]]:
    """(product, name, chain and segment, what it can do) of what a firm makes."""
    found = []
    for product in city_map.made.get(key, ()):
        segment = city_map.segment_of(product)
        where = f"{city_map.chains.get(segment.chain, '—')} · {segment.name}"
        words = city_map.capabilities.get((key, product), "")
        found.append((product, city_map.product_name(product), where, words))
    return sorted(found, key=lambda one: one[1])


def _ways(request: HttpRequest, city_map: queries.ChainMap, key: str) -> queries.Ways | None:
    """How a product gets from this firm to the one named in the address."""
    to = request.GET.get("to", "").strip()[:200]
    if not to or request.method != "GET":
        return None
    try:
        end = firm_by_words(request.viewer.city, city_map, request.moment, to)
    except (Incomplete, NotFound, Conflict) as refusal:
        return queries.Ways((), refusal.sentence)
    return queries.ways_between(city_map, key, end)


def _forms(
    request: HttpRequest, state: ChainFirmState, city_map: queries.ChainMap, bound: dict[str, Any]
) -> dict[str, django_forms.Form]:
    said = {
        "name": state.name,
        "credit_code": state.credit_code,
        "place": state.place,
        "certificates": "、".join(state.certificates),
        "source": state.source,
        "seen": state.since_id,
    }
    chains = sorted(city_map.chains.items(), key=lambda one: one[1])
    year = request.moment.today.year
    return {
        "revise": bound.get("revise") or forms.FirmRevisionForm(initial=said),
        "merge": bound.get("merge") or forms.MergeForm(initial={"seen": state.since_id}),
        "makes": bound.get("makes") or forms.MakesForm(),
        "supply": bound.get("supply") or forms.SupplyForm(),
        "honour": bound.get("honour")
        or forms.HonourForm(lists={"chain": chains}, initial={"from_year": year}),
    }


Say = Callable[[queries.ChainMap, dict[str, Any]], Any]


def _done(
    request: HttpRequest, key: str, name: str, form: django_forms.Form, say: Say, said: str
) -> HttpResponse:
    """Do it, or show the page again with what was written and why not."""
    state = queries.firm_for(request.viewer, key, request.moment)
    if not form.is_valid():
        return show(request, key, 422, **{name: form})
    try:
        say(queries.chain_map(state.city, request.moment), dict(form.cleaned_data))
    except (Mendable, NotFound) as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, key, refusal.status, **{name: form})
    messages.success(request, said)
    return redirect("chain_firm", key=key)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.viewer.person, "at": request.at}


@admit(*WRITERS)
@require_POST
def revise_firm(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is known of a firm; a new name keeps the old one."""

    def say(_map: queries.ChainMap, given: dict[str, Any]) -> None:
        why, seen = given.pop("why"), given.pop("seen")
        actions.revise_firm(firm=key, details=given, why=why, seen=seen, **_who(request))

    form = forms.FirmRevisionForm(request.POST)
    return _done(request, key, "revise", form, say, _("企业信息已修改，原名仍可查到。"))


@admit(Role.OFFICE)
@require_POST
def merge_firm(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a firm is another one."""

    def say(city_map: queries.ChainMap, given: dict[str, Any]) -> None:
        city = request.viewer.city
        into = firm_by_words(city, city_map, request.moment, given["into"])
        actions.merge_firm(
            firm=key, into=into, seen=given["seen"], why=given["why"], **_who(request)
        )

    form = forms.MergeForm(request.POST)
    return _done(
        request, key, "merge", form, say, _("已并入，原有的供应关系都在并入后的企业名下。")
    )


@admit(*WRITERS)
@require_POST
def say_makes(request: HttpRequest, key: str) -> HttpResponse:
    """Put down that a firm makes a product."""

    def say(city_map: queries.ChainMap, given: dict[str, Any]) -> None:
        product = product_by_words(city_map, given.pop("product"))
        actions.say_makes(firm=key, product=product, **given, **_who(request))

    form = forms.MakesForm(request.POST)
    return _done(request, key, "makes", form, say, _("产品已登记。"))


@admit(*WRITERS)
@require_POST
def record_supply(request: HttpRequest, key: str) -> HttpResponse:
    """Put down what a firm buys or sells."""

    def say(city_map: queries.ChainMap, given: dict[str, Any]) -> None:
        product = product_by_words(city_map, given.pop("product"))
        other, direction = given.pop("other"), given.pop("direction")
        sells = direction == "sells"
        if sells or other.strip():
            other = firm_by_words(request.viewer.city, city_map, request.moment, other)
        buyer, supplier = (other, key) if sells else (key, other.strip())
        actions.record_supply(
            buyer=buyer, supplier=supplier, product=product, details=given, **_who(request)
        )

    form = forms.SupplyForm(request.POST)
    return _done(request, key, "supply", form, say, _("供应关系已登记。"))


@admit(Role.OFFICE)
@require_POST
def honour_firm(request: HttpRequest, key: str) -> HttpResponse:
    """Put a firm on a list of leaders or core firms."""

    def say(_map: queries.ChainMap, given: dict[str, Any]) -> None:
        actions.honour_firm(firm=key, **given, **_who(request))

    city_map = queries.chain_map(request.viewer.city, request.moment)
    chains = sorted(city_map.chains.items(), key=lambda one: one[1])
    form = forms.HonourForm(request.POST, lists={"chain": chains})
    return _done(request, key, "honour", form, say, _("已列入名单。"))


@admit(*WRITERS)
@require_POST
def end_supply(request: HttpRequest, supply: int) -> HttpResponse:
    """Put down that a purchase ended."""
    row = Supply.objects.open().filter(pk=supply, buyer__city=request.viewer.city).first()
    if row is None:
        raise NotFound(_("没有这条供应关系，或者它刚刚有了变化。"))

    def say(_map: queries.ChainMap, given: dict[str, Any]) -> None:
        if not given["on"]:
            raise Incomplete(_("请填写截止日期。"))
        actions.end_supply(supply=supply, on=given["on"], why=given["why"], **_who(request))

    form = forms.EndForm(request.POST)
    return _done(request, row.buyer_id, "end", form, say, _("供应关系已截止，记录仍在。"))


@admit(Role.OFFICE)
@require_POST
def end_honour(request: HttpRequest, honour: int) -> HttpResponse:
    """Take a firm off a list."""
    row = ChainHonour.objects.open().filter(pk=honour, chain__city=request.viewer.city).first()
    if row is None:
        raise NotFound(_("没有这条名单记录，或者它刚刚有了变化。"))

    def say(_map: queries.ChainMap, given: dict[str, Any]) -> None:
        if not given["year"]:
            raise Incomplete(_("请填写退出年份。"))
        actions.end_honour(honour=honour, to_year=given["year"], why=given["why"], **_who(request))

    form = forms.EndForm(request.POST)
    return _done(request, row.firm_id, "end", form, say, _("已退出名单，历史仍可查。"))


@admit(Role.ENTERPRISE)
@require_GET
def my_chain(request: HttpRequest) -> HttpResponse:
    """What an enterprise buys and sells, as the offices have it."""
    rows = queries.own_supplies(request.viewer, request.moment)
    empty = _("还没有登记本企业的上下游。有变化请告诉所在开发区。")
    table = tables.table_of("own", tables.OWN_SUPPLIES, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("本企业上下游"))
    return render(request, "chain/mine.html", {"table": table})
