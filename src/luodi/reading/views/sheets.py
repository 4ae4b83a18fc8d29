"""The pages of an original: pictures to be kept by the browser, and what is marked on them.

A picture is asked for anew each time by its version, so that the scope is always the present one;
the answer is empty while the browser's copy holds.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.reading import queries
from luodi.reading.actions.engines import ENGINE

from .documents import place_in


@admit(*BUSINESS)
@require_GET
def sheet_picture(request: HttpRequest, key: str, number: int, width: int) -> HttpResponse:
    """A page of the original as a picture."""
    version = queries.sheet_version(request.viewer, key, request.moment)
    etag = f'"{version}-{number}-{width}-{ENGINE.replace(" ", "-")}"'
    kept = get_conditional_response(request, etag=etag)
    if kept is not None and kept.status_code == 304:
        return kept
    data = queries.sheet_picture(request.viewer, key, number, width, request.moment)
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return response


@admit(*BUSINESS)
@require_GET
def sheet(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What is marked on a page, as a drawing to lay over its picture."""
    at = place_in(request.GET.get("at", ""))
    marked = queries.marked_sheet(request.viewer, key, number, request.moment, at)
    return render(request, "reading/sheet_marks.html", {"page": marked})
