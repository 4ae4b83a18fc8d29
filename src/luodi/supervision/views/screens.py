"""Meeting screens: the way in, and the zones' pages of one frozen moment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries


@admit(*BUSINESS)
@require_GET
def screens(request: HttpRequest) -> HttpResponse:
    """How to show the zones in a meeting, from now or as of a bulletin."""
    context = {
        "stamp": queries.stamp_of(request.moment),
        "rows": queries.screens(request.viewer, request.moment),
        "composed": queries.composed_moments(request.viewer, request.moment),
    }
    return render(request, "supervision/screens.html", context)


@admit(*BUSINESS)
@require_GET
def screen(request: HttpRequest, position: int, minute: int) -> HttpResponse:
    """All zones' pages as of one moment; the address carries it, so everybody sees the same."""
    then = queries.stamped(position, minute, request.at)
    rows = queries.screens(request.viewer, then)
    context = {"rows": rows, "then": then, "position": position}
    return render(request, "supervision/screen.html", context)
