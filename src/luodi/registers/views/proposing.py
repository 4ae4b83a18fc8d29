"""Whom the facts propose for a register; entries that follow a merger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.languages import titled
from luodi.common.refusals import NotFound
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..tables import entering_table, leaving_table


@admit(*BUSINESS)
@require_GET
def candidates(request: HttpRequest, register: str) -> HttpResponse:
    """Whom the facts propose for a register, and who stands on it and no longer should."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    if rule.holds != "enterprise":
        raise NotFound(_("这个名录登记的不是企业，没有候选。"))
    found = queries.proposal(rule, request.viewer, request.moment)
    params = request.GET.dict()
    entering, leaving = entering_table(found.entering, params), leaving_table(found.leaving, params)
    for table, name in ((entering, _("候选")), (leaving, _("应退出"))):
        if table.wants_sheet:
            return sheet_response(table, f"{titled(rule)} {name}")
    context = {
        "rule": rule,
        "title": titled(rule),
        "found": found,
        "entering": entering,
        "leaving": leaving,
        "entry_source": queries.source_of(rule.entry),
        "stay_source": queries.source_of(rule.stay),
    }
    return render(request, "registers/candidates.html", context)
