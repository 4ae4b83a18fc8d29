"""A site's page, registering one and changing what is known of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Mendable, NotAllowed, NotFound, Refusal
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..choices import SiteKind
from ..rules import WRITERS, amounts_of, keeps_sites

PLACES = (UnitKind.ZONE, UnitKind.COUNTY)
TITLES = {
    SiteKind.PLOT.value: ("plots", "sites"),
    SiteKind.PLANT.value: ("plants", "sites_plants"),
}
"""The tab and the list of each kind."""


def form_of(kind: str) -> type[forms.SiteForm]:
    """The form of a kind of site."""
    return forms.PlotForm if kind == SiteKind.PLOT else forms.PlantForm


def zones(request: HttpRequest) -> list[tuple[str, str]]:
    """The zones and counties whose sites the viewer keeps."""
    if not request.viewer.has(*WRITERS):
        return []
    city = request.viewer.city
    units = units_of(city, request.moment).filter(kind__in=PLACES)
    return [(u.of_id, u.name) for u in units if keeps_sites(request.viewer, city, u.of_id)]


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_site(request: HttpRequest, kind: str) -> HttpResponse:
    """Register a plot or a floor."""
    choices = zones(request)
    initial = {"zone": choices[0][0]} if len(choices) == 1 else {}
    form = form_of(kind)(request.POST or None, initial=initial, zones=choices)
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                site = actions.register_site(
                    city=request.viewer.city,
                    zone=given.pop("zone"),
                    kind=kind,
                    details=given,
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("载体已登记。"))
                return redirect("site", key=site.key)
            except Refusal as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error, "is_plot": kind == SiteKind.PLOT, "page": None}
    return render(request, "sites/form.html", context, status=status)


def page_of(request: HttpRequest, key: str) -> queries.SitePage:
    """The site's page, or the answer that there is none."""
    page = queries.site_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个载体，或者它不在您的范围内。"))
    return page


def show(
    request: HttpRequest,
    key: str,
    refusal: Refusal | None = None,
    status: int = 200,
    **bound: Any,
) -> HttpResponse:
    """The page with its forms; `bound` ones come back with what was written."""
    page = page_of(request, key)
    writer = request.viewer.has(*WRITERS) and not request.moment.is_past
    context = {
        "page": page,
        "row": page.row,
        "state": page.state,
        "side": TITLES[page.site.kind][0],
        "writer": writer,
        "reserve_form": bound.get("reserve") or forms.ReserveForm(),
        "take_form": bound.get("take") or forms.TakeForm(initial=_taking(page)),
        "release_form": bound.get("release") or _release_form(page),
        "error": refusal.sentence if refusal else "",
    }
    return render(request, "sites/site.html", context, status=refusal.status if refusal else status)


def _taking(page: queries.SitePage) -> dict[str, Any]:
    """The holder of a reservation is likely who takes the site."""
    held = page.occupied
    return {"holder": held.occupation.holder} if held and held.holder else {}


def _release_form(page: queries.SitePage) -> forms.ReleaseForm:
    held = page.occupied
    return forms.ReleaseForm(initial={"seen": held.occupation.since_id if held else None})


@admit(*BUSINESS)
@require_GET
def site(request: HttpRequest, key: str) -> HttpResponse:
    """One site: facts, who holds it, how it came about."""
    return show(request, key)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def revise_site(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is known of a site."""
    page = page_of(request, key)
    if not page.keeper:
        raise NotAllowed(_("只有专班办公室和所在区域可以修改载体。"))
    form = form_of(page.site.kind)(request.POST or None, initial=_initial(page))
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            why, seen = given.pop("why"), given.pop("seen")
            try:
                actions.revise_site(
                    site=key,
                    details=given,
                    why=why,
                    seen=seen,
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("载体已修改。"))
                return redirect("site", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error, "is_plot": page.is_plot, "page": page}
    return render(request, "sites/form.html", context, status=status)


def _initial(page: queries.SitePage) -> dict[str, Any]:
    """What the form of a revision shows at first."""
    amounts = amounts_of(page.site.kind)
    names = [n for n in form_of(page.site.kind).base_fields if n not in amounts]
    shown = {name: getattr(page.state, name) for name in names}
    exact = {name: queries.exactly(page.state, name) for name in amounts}
    return {**shown, **exact, "seen": page.seen}
