"""Wall charts: a page that prints, and an A3 PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import PDF, download, whole_number
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..exports import write_wall
from ..rules.walls import MONTHS, Wall

KINDS = {"plan": queries.plan_wall, "zone": queries.zone_wall}


@admit(*BUSINESS)
@require_GET
def walls(request: HttpRequest) -> HttpResponse:
    """The charts that may be hung up."""
    rows = queries.wall_choices(request.viewer, request.moment)
    return render(request, "supervision/walls.html", {"rows": rows})


def _wall(request: HttpRequest, kind: str, key: str) -> Wall:
    year = whole_number(request.GET.get("year", ""))
    return KINDS[kind](key, year, request.viewer, request.moment)


def _page(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    wall = _wall(request, kind, key)
    context = {"wall": wall, "months": MONTHS, "kind": kind, "key": key}
    return render(request, "supervision/wall.html", context)


def _pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    wall = _wall(request, kind, key)
    name = _("%(title)s挂图%(year)s.pdf") % {"title": wall.title[:80], "year": wall.year}
    return download(write_wall(wall), name, PDF)


@admit(*BUSINESS)
@require_GET
def plan_wall(request: HttpRequest, key: str) -> HttpResponse:
    """A plan's measures over the months of a year."""
    return _page(request, "plan", key)


@admit(*BUSINESS)
@require_GET
def plan_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as an A3 PDF."""
    return _pdf(request, "plan", key)


@admit(*BUSINESS)
@require_GET
def zone_wall(request: HttpRequest, key: str) -> HttpResponse:
    """A zone's projects over the months of a year."""
    return _page(request, "zone", key)


@admit(*BUSINESS)
@require_GET
def zone_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as an A3 PDF."""
    return _pdf(request, "zone", key)
