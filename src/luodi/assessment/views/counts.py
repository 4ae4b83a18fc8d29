"""The office counts additions, deductions and vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.refusals import Incomplete, Mendable
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, queries
from ..tables import counts_table

MOST_WHY = 500


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def appraisal_counts(request: HttpRequest, key: str) -> HttpResponse:
    """The grid of counts; enter some by hand, or take what the record proposes."""
    if request.method == "GET":
        return _show(request, key)
    taking = request.POST.getlist("accept") or request.POST.getlist("proposal")
    try:
        if "accept" in request.POST or "all" in request.POST:
            done = _proposals(taking)
            count = actions.accept_counts(appraisal=key, proposals=done, **_who(request))
            messages.success(request, _("已采用记录中的 %(n)s 个次数。") % {"n": count})
            left = _changed(request.POST, set(done))
            if left:
                return _show(request, key, typed=left)
        else:
            counts = _typed(request.POST)
            count = actions.count_extras(appraisal=key, counts=counts, **_who(request))
            messages.success(request, _("已登记 %(n)s 个次数。") % {"n": count})
    except Mendable as refusal:
        return _show(request, key, refusal, _typed(request.POST))
    return redirect("appraisal_counts", key=key)


def _who(request: HttpRequest) -> dict[str, Any]:
    seen = whole_number(request.POST.get("seen", "")) or 0
    viewer = request.viewer
    return {"seen": seen, "viewer": viewer, "by": viewer.person, "at": request.at}


def _typed(post: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Count and reason as typed, by unit and term."""
    return {
        name[6:]: (value[:40], post.get(f"why-{name[6:]}", "")[:MOST_WHY])
        for name, value in post.items()
        if name.startswith("count-")
    }


def _changed(post: Mapping[str, str], taken: set[str]) -> dict[str, tuple[str, str]]:
    """What was typed beside the cells just taken and isn't entered yet."""
    return {
        key: (text, why)
        for key, (text, why) in _typed(post).items()
        if key not in taken and (why.strip() or text.strip() != post.get(f"was-{key}", ""))
    }


def _proposals(offers: list[str]) -> dict[str, int]:
    """Cells and numbers as the buttons send them: `unit/term/number`."""
    found = {}
    for offer in offers:
        cell, _slash, number = offer.rpartition("/")
        count = whole_number(number)
        if count is None:
            raise Incomplete(_("表单不完整，请刷新页面后再提交。"))
        found[cell] = count
    return found


def _show(
    request: HttpRequest,
    key: str,
    refusal: Mendable | None = None,
    typed: Mapping[str, tuple[str, str]] | None = None,
) -> HttpResponse:
    page = queries.counts_page(key, request.viewer, request.moment)
    said = typed or {}
    history = counts_table(page.history, request.GET.dict())
    if history.wants_sheet:
        return sheet_response(history, _("加分扣分次数"))
    context = {
        "page": page,
        "held": page.held,
        "rows": [
            (name, [(cell, *said.get(cell.key, (cell.text, ""))) for cell in cells])
            for _unit, name, cells in page.rows
        ],
        "history": history,
        "may": not page.shut and not request.moment.is_past,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "assessment/appraisal_counts.html", context, status=status)
