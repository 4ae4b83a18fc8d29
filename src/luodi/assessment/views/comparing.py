"""Two runs side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.views import whole_number
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries


@admit(*BUSINESS)
@require_GET
def appraisal_compare(request: HttpRequest, key: str) -> HttpResponse:
    """Two runs: who moved and why; the last two unless others are named."""
    viewer, moment = request.viewer, request.moment
    held = queries.hold_appraisal(key, viewer, moment)
    runs = queries.appraisal_runs(held, viewer, moment)
    if len(runs) < 2:
        raise NotFound(_("要有两次计算才能比较。"))
    after = queries.picked(runs, whole_number(request.GET.get("b", "")) or runs[0].number)
    before = queries.picked(runs, whole_number(request.GET.get("a", "")) or runs[1].number)
    rows = queries.compared(held, before, after, viewer) if before and after else []
    context = {
        "held": held,
        "runs": runs,
        "before": before,
        "after": after,
        "rows": rows,
        "moved": sum(row.differs for row in rows),
    }
    return render(request, "assessment/appraisal_compare.html", context)
