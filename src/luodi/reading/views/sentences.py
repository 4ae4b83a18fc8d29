"""One sentence: a fragment for the source drawer, or a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.reading import queries


@admit(*BUSINESS)
@require_GET
def sentence(request: HttpRequest, sha256: str, start: int, end: int) -> HttpResponse:
    """The sentence of a key in its surroundings, with its document."""
    found = queries.sentence(f"{sha256}:{start}:{end}", request.viewer, request.moment)
    part = "reading/sentence_part.html" if request.htmx else "reading/sentence.html"
    return render(request, part, {"sentence": found})
