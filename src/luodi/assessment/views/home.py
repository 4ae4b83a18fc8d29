"""The first page of assessment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit


@admit(*BUSINESS)
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """What is being assessed."""
    return render(request, "assessment/home.html", {})
