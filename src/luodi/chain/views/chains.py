"""Chains, their five views, gaps, leaders, and the search for suppliers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Mendable
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.queries import counties_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries, tables
from ..queries.naming import offered_products
from ..rules import keeps_chains, shapes_chains


def may(request: HttpRequest) -> dict[str, bool]:
    """What the viewer may write here, for buttons; the actions decide."""
    now, viewer = not request.moment.is_past, request.viewer
    return {
        "may_keep": now and keeps_chains(viewer, viewer.city),
        "may_shape": now and shapes_chains(viewer, viewer.city),
    }


@admit(*BUSINESS)
@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    """All chains with their figures."""
    rows = queries.chains(request.viewer, request.moment)
    empty = _("还没有产业链。导入规划并核对入库、导入 Excel，或在这里设立。")
    rules = queries.definitions(request.viewer.city, request.moment)
    table = tables.table_of("chains", tables.chain_columns(rules), rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("产业链"))
    context = {"table": table, "side": "chains", **may(request)}
    return render(request, "chain/list.html", context)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_chain(request: HttpRequest) -> HttpResponse:
    """Set up a chain."""
    form = forms.ChainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chain = actions.define_chain(
                city=request.viewer.city,
                by=request.viewer.person,
                at=request.at,
                **form.cleaned_data,
            )
            messages.success(request, _("产业链已设立。"))
            return redirect("chain", key=chain.key)
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
    context = {"form": form, "title": _("设立产业链"), "back": "chains"}
    status = 422 if request.method == "POST" else 200
    return render(request, "chain/form.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def chain(request: HttpRequest, key: str) -> HttpResponse:
    """One chain: rates with their working, gaps, leaders, and the view of its segments."""
    viewer, moment = request.viewer, request.moment
    page = queries.chain_page(viewer, key, moment)
    city_map = queries.chain_map(page.state.city, moment)
    context = {
        "page": page,
        "chain": page.state,
        "tab": "overview",
        "view": queries.graph_view(city_map, key, "segments"),
        "views": queries.VIEWS.items(),
        "leaders": queries.honours(city_map, page.state.city, moment, key, moment.today.year),
        "year": moment.today.year,
        **may(request),
    }
    return render(request, "chain/chain.html", context)


@admit(*BUSINESS)
@require_GET
def view(request: HttpRequest, key: str, view: str) -> HttpResponse:
    """One of the five views: the picture, and the table that says the same."""
    state = queries.chain_for(request.viewer, key, request.moment)
    city_map = queries.chain_map(state.city, request.moment)
    found = queries.graph_view(city_map, key, view)
    empty = _("这条产业链还没有可以画的内容。登记产品、企业和供应关系后会出现在这里。")
    table = tables.table_of(
        "view", tables.view_columns(found.name), found.rows, request.GET.dict(), empty
    )
    if table.wants_sheet:
        return sheet_response(table, f"{state.name} {queries.VIEWS[found.name]}")
    context = {
        "chain": state,
        "tab": found.name,
        "view": found,
        "views": queries.VIEWS.items(),
        "table": table,
        **may(request),
    }
    return render(request, "chain/view.html", context)


@admit(*BUSINESS)
@require_GET
def chain_gaps(request: HttpRequest, key: str) -> HttpResponse:
    """What nobody of this place makes in one chain."""
    state = queries.chain_for(request.viewer, key, request.moment)
    rows = queries.gap_rows(queries.chain_map(state.city, request.moment), key)
    empty = _("没有缺口：本链登记的每个产品本地都有企业能产。")
    table = tables.table_of("gaps", tables.GAPS, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, f"{state.name} {_('缺口')}")
    context = {"chain": state, "tab": "gaps", "table": table, **may(request)}
    return render(request, "chain/gap_list.html", context | {"views": queries.VIEWS.items()})


@admit(*BUSINESS)
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Firms elsewhere that could close a gap of any chain: from here into the library."""
    rows = queries.wanted_firms(request.viewer, request.moment)
    empty = _("没有找到能补缺口的外地企业。登记外地企业生产的产品后会出现在这里。")
    table = tables.table_of("wanted", tables.WANTED, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("缺口与外地企业"))
    context = {"table": table, "side": "gaps", **may(request)}
    return render(request, "chain/gaps.html", context)


@admit(*BUSINESS)
@require_GET
def suppliers(request: HttpRequest) -> HttpResponse:
    """Suppliers near a need, each with the reasons."""
    need = request.GET.get("need", "").strip()[:120]
    county = request.GET.get("county", "")[:40]
    city_map = queries.chain_map(request.viewer.city, request.moment)
    counties = counties_of(request.viewer, request.moment)
    found = queries.suppliers_near(city_map, need, request.viewer.unit, county)
    empty = _("没有找到相近的企业。换一个说法，或者先登记企业生产的产品和能力。")
    table = tables.table_of("candidates", tables.CANDIDATES, found.rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("供应商"))
    context = {
        "table": table,
        "near": found,
        "need": need,
        "county": county,
        "counties": counties,
        "offered": offered_products(city_map),
        "side": "suppliers",
    }
    return render(request, "chain/suppliers.html", context)


@admit(*BUSINESS)
@require_GET
def leaders(request: HttpRequest) -> HttpResponse:
    """Chain leaders and core firms, of one year or ever."""
    viewer, moment = request.viewer, request.moment
    year = whole_number(request.GET.get("year", ""))
    city_map = queries.chain_map(viewer.city, moment)
    rows = queries.honours(city_map, viewer.city, moment, "", year)
    empty = _("名单上还没有企业。在企业页登记链主、链核后会出现在这里。")
    columns = tables.unfiltered(tables.HONOURS) if year else tables.HONOURS
    table = tables.table_of("honours", columns, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("链主链核名单"))
    years = range(moment.today.year, moment.today.year - 6, -1)
    context = {"table": table, "side": "leaders", "year": year, "years": years, **may(request)}
    return render(request, "chain/leaders.html", context)
