"""Segments, products and supplies of one chain."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries, tables
from ..models import ProductState, SegmentState
from ..rules import WRITERS
from .chains import may

MOST_LINKS = 200
"""Supplies listed on a product's page; the supplies of its chain hold all."""


@admit(*BUSINESS)
@require_GET
def products(request: HttpRequest, key: str) -> HttpResponse:
    """The products of a chain with who makes them."""
    state = queries.chain_for(request.viewer, key, request.moment)
    rows = queries.product_rows(queries.chain_map(state.city, request.moment), key)
    empty = _("这条产业链还没有产品。导入 Excel，或先加环节再加产品。")
    table = tables.table_of("products", tables.PRODUCTS, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, f"{state.name} {_('产品')}")
    city_map = queries.chain_map(state.city, request.moment)
    segments = [one for one in city_map.segments.values() if one.chain == key]
    context = {
        "chain": state,
        "tab": "products",
        "table": table,
        "segments": segments,
        "views": queries.VIEWS.items(),
        **may(request),
    }
    return render(request, "chain/products.html", context)


@admit(*BUSINESS)
@require_GET
def supplies(request: HttpRequest, key: str) -> HttpResponse:
    """Who supplies whom in a chain."""
    state = queries.chain_for(request.viewer, key, request.moment)
    city_map = queries.chain_map(state.city, request.moment)
    rows = queries.supply_rows(city_map, state.city, request.moment, chain=key)
    empty = _("还没有登记供应关系。导入 Excel，或在企业页登记。")
    table = tables.table_of("supplies", tables.SUPPLIES, rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, f"{state.name} {_('供应关系')}")
    context = {"chain": state, "tab": "supplies", "table": table, **may(request)}
    return render(request, "chain/supplies.html", context | {"views": queries.VIEWS.items()})


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_segment(request: HttpRequest, key: str) -> HttpResponse:
    """Add a segment."""
    state = queries.chain_for(request.viewer, key, request.moment)
    form = forms.SegmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("seen")
        try:
            who = {"by": request.viewer.person, "at": request.at}
            actions.add_segment(chain=key, details=given, **who)
            messages.success(request, _("环节已登记。"))
            return redirect("chain_products", key=key)
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, form, _("加环节"), state)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_product(request: HttpRequest, key: str) -> HttpResponse:
    """Add a product to a segment of the chain."""
    state = queries.chain_for(request.viewer, key, request.moment)
    city_map = queries.chain_map(state.city, request.moment)
    segments = [(k, one.name) for k, one in city_map.segments.items() if one.chain == key]
    initial = {"segment": request.GET.get("segment", "")}
    form = forms.ProductForm(request.POST or None, lists={"segment": segments}, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("seen")
        segment = given.pop("segment")
        if not segment:
            form.add_error("segment", _("请选择环节。"))
        else:
            try:
                who = {"by": request.viewer.person, "at": request.at}
                actions.add_product(segment=segment, details=given, **who)
                messages.success(request, _("产品已登记。"))
                return redirect("chain_products", key=key)
            except Mendable as refusal:
                form.add_error(None, refusal.sentence)
    return _form(request, form, _("加产品"), state)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def segment(request: HttpRequest, key: str) -> HttpResponse:
    """Put a segment right."""
    row = SegmentState.objects.at(request.moment).filter(segment=key).first()
    if row is None:
        raise NotFound(_("没有这个环节。"))
    state = queries.chain_for(request.viewer, row.chain_id, request.moment)
    initial = {
        "name": row.name,
        "stream": row.stream,
        "techniques": "、".join(row.techniques),
        "seen": row.since_id,
    }
    form = forms.SegmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        try:
            who = {"by": request.viewer.person, "at": request.at}
            actions.revise_segment(segment=key, details=given, seen=seen, **who)
            messages.success(request, _("环节已修改。"))
            return redirect("chain_products", key=row.chain_id)
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, form, _("修改环节"), state)


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, key: str) -> HttpResponse:
    """One product: who makes it, who buys it, what it belongs to; those who keep it mend it."""
    row = ProductState.objects.at(request.moment).filter(product=key).first()
    if row is None:
        raise NotFound(_("没有这个产品。"))
    segment = SegmentState.objects.at(request.moment).get(segment=row.segment_id)
    state = queries.chain_for(request.viewer, segment.chain_id, request.moment)
    city_map = queries.chain_map(state.city, request.moment)
    segments = [(row.segment_id, segment.name)]
    initial = {
        "segment": row.segment_id,
        "name": row.name,
        "technique": row.technique,
        "application": row.application,
        "seen": row.since_id,
    }
    form = forms.ProductForm(request.POST or None, lists={"segment": segments}, initial=initial)
    del form.fields["segment"]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        try:
            who = {"by": request.viewer.person, "at": request.at}
            actions.revise_product(product=key, details=given, seen=seen, **who)
            messages.success(request, _("产品已修改。"))
            return redirect("chain_product", key=key)
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
    makers = [city_map.firms[f] for f in city_map.makers.get(key, ()) if f in city_map.firms]
    links = [one for one in city_map.links if one.product == key]
    context: dict[str, Any] = {
        "product": row,
        "segment": segment,
        "chain": state,
        "form": form,
        "makers": sorted(makers, key=lambda f: (not f.local, f.name)),
        "supplies": [
            (
                one.supplier or "",
                city_map.firm_name(one.supplier or ""),
                one.buyer,
                city_map.firm_name(one.buyer),
            )
            for one in links[:MOST_LINKS]
        ],
        "count": len(links),
        **may(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "chain/product.html", context, status=status)


def _form(request: HttpRequest, form: django_forms.Form, title: str, state: Any) -> HttpResponse:
    context = {"form": form, "title": title, "chain": state}
    status = 422 if request.method == "POST" else 200
    return render(request, "chain/form.html", context, status=status)
