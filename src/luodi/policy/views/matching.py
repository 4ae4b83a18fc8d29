"""Policies for a firm, firms for an article, and the firm's own view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprise_for
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import firms_table, matches_table


@admit(*BUSINESS)
@require_GET
def firm(request: HttpRequest, key: str) -> HttpResponse:
    """Every article in force with the answer for one enterprise."""
    viewer, moment = request.viewer, request.moment
    state = enterprise_for(viewer, key, moment)
    rows = queries.policies_for(key, viewer, moment)
    table = matches_table(rows, request.GET.dict(), _("现在没有有效的政策条款。"))
    if table.wants_sheet:
        return sheet_response(table, _("适用政策"))
    context = {
        "state": state,
        "table": table,
        "tally": queries.tally(row.told.state for row in rows),
        "side": "policies",
    }
    return render(request, "policy/for_firm.html", context)


@admit(*BUSINESS)
@require_GET
def firms(request: HttpRequest, key: str) -> HttpResponse:
    """Every enterprise within one's scope with the answer for one article."""
    row, rows = queries.firms_for(key, request.viewer, request.moment)
    table = firms_table(rows, request.GET.dict(), _("您的范围内没有在营企业。"))
    if table.wants_sheet:
        return sheet_response(table, _("适用企业"))
    context = {
        "row": row,
        "table": table,
        "tally": queries.tally(one.told.state for one in rows),
        "side": "articles",
    }
    return render(request, "policy/firms.html", context)


@admit(Role.ENTERPRISE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What fits one's own firm, why the others don't, and what to supply."""
    viewer, moment = request.viewer, request.moment
    state = enterprise_for(viewer, viewer.enterprise, moment)
    rows = queries.policies_for(viewer.enterprise, viewer, moment)
    missing: dict[str, int] = {}
    for row in rows:
        for name in row.told.missing:
            missing[name] = missing.get(name, 0) + 1
    context = {
        "state": state,
        "rows": rows,
        "tally": queries.tally(row.told.state for row in rows),
        "missing": sorted(missing.items(), key=lambda one: (-one[1], one[0])),
        "claims": queries.claims(viewer, moment),
        "duties": list(queries.policy_duties(viewer, moment)),
    }
    return render(request, "policy/mine.html", context)
