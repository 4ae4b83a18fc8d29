"""Zone, park, building, tenant; and the blocks of a zone with their business groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, NotAllowed, NotFound
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.sites.rules import keeps_sites

from .. import actions, forms, queries
from .pipeline import WRITERS


def _zones(request: HttpRequest) -> list[tuple[str, str]]:
    """The zones whose blocks the viewer may draw."""
    city = request.viewer.city
    units = units_of(city, request.moment).filter(kind=UnitKind.ZONE)
    return [(u.of_id, u.name) for u in units if keeps_sites(request.viewer, city, u.of_id)]


@admit(*BUSINESS)
@require_GET
def parks(request: HttpRequest) -> HttpResponse:
    """Everything that stands somewhere, from the zone down to the tenant."""
    writer = request.viewer.has(*WRITERS) and not request.moment.is_past
    context = {
        "zones": queries.parks(request.viewer, request.moment),
        "blocks": queries.blocks(request.viewer, request.moment),
        "may_draw": writer and bool(_zones(request)),
    }
    return render(request, "projects/parks.html", context)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_block(request: HttpRequest) -> HttpResponse:
    """Draw up a block."""
    zones = _zones(request)
    names = queries.park_names(request.viewer, request.moment)
    initial = {"zone": zones[0][0]} if len(zones) == 1 else {}
    form = forms.BlockForm(request.POST or None, initial=initial, zones=zones, parks=names)

    def draw(given: dict[str, Any]) -> None:
        given.pop("seen")
        actions.draw_block(
            city=request.viewer.city, by=request.viewer.person, at=request.at, **given
        )

    return _drawn(request, form, draw, {})


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def redraw_block(request: HttpRequest, key: str) -> HttpResponse:
    """Change a block, or give it up."""
    block = _block(request, key)
    names = queries.park_names(request.viewer, request.moment, block.zone_unit)
    names = sorted({*names, *block.parks})
    initial = {
        "name": block.name,
        "group": block.group,
        "parks": list(block.parks),
        "seen": block.seen,
    }
    form = forms.BlockForm(request.POST or None, initial=initial, zones=None, parks=names)

    def redraw(given: dict[str, Any]) -> None:
        given["seen"] = given["seen"] or 0
        actions.redraw_block(block=key, by=request.viewer.person, at=request.at, **given)

    return _drawn(request, form, redraw, {"drawn": block})


def _block(request: HttpRequest, key: str) -> queries.BlockRow:
    rows = queries.blocks(request.viewer, request.moment)
    block = next((row for row in rows if row.key == key), None)
    if block is None:
        raise NotFound(_("没有这个区块，或者它不在您的范围内。"))
    if not block.keeper:
        raise NotAllowed(_("区块由所在开发区或专班办公室划定。"))
    return block


def _drawn(
    request: HttpRequest, form: forms.BlockForm, write: Any, context: dict[str, Any]
) -> HttpResponse:
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write(dict(form.cleaned_data))
                messages.success(request, _("区块已保存。"))
                return redirect("parks")
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error, **context}
    return render(request, "projects/block.html", context, status=status)


@admit(*WRITERS)
@require_POST
def give_up_block(request: HttpRequest, key: str) -> HttpResponse:
    """Give a block up, with a reason."""
    _block(request, key)
    form = forms.GiveUpForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请写明原因。"))
        return redirect("block_redraw", key=key)
    try:
        actions.give_up_block(
            block=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("block_redraw", key=key)
    messages.success(request, _("区块已撤销。"))
    return redirect("parks")
