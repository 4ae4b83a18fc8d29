"""Reviewing: accept, check, or return with a reason, several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit, safe_next

from .. import actions, queries
from ..tables import review_table


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer's check."""
    if request.method == "POST":
        return _decide(request)
    rows = queries.waiting_filings(request.viewer, request.moment)
    table = review_table(rows, request.GET, choosing=not request.moment.is_past)
    if table.wants_sheet:
        return sheet_response(table, _("待审报表"))
    return render(request, "collection/review.html", {"table": table, "rows": rows})


def _decide(request: HttpRequest) -> HttpResponse:
    who = {"viewer": request.viewer, "by": request.viewer.person, "at": request.at}
    chosen = request.POST.getlist("selected")
    match request.POST.get("do"):
        case "accept":
            count = actions.accept_filings(filings=chosen, **who)
            messages.success(request, _("已验收 %(count)d 份报表。") % {"count": count})
        case "check":
            count = actions.check_filings(filings=chosen, **who)
            messages.success(request, _("初审通过 %(count)d 份报表。") % {"count": count})
        case _:
            why = request.POST.get("why", "")
            count = actions.return_filings(filings=chosen, why=why, **who)
            messages.success(request, _("已退回 %(count)d 份报表。") % {"count": count})
    return redirect(safe_next(request, "/filings/review/"))
