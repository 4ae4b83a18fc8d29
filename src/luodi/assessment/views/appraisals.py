"""Appraisals: the list, and one with its scheme and those assessed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import appraisals_table


@admit(*BUSINESS)
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """The appraisals, the newest first."""
    rows = queries.appraisals(request.viewer, request.moment)
    table = appraisals_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, str(table.empty))
    context = {"table": table}
    return render(request, "assessment/home.html", context)


@admit(*BUSINESS)
@require_GET
def appraisal(request: HttpRequest, key: str) -> HttpResponse:
    """One appraisal."""
    held = queries.hold_appraisal(key, request.viewer, request.moment)
    return render(request, "assessment/appraisal.html", {"held": held})
