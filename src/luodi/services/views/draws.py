"""Inspections drawn at random, and the lists of conduct that both sides look up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, ENTERPRISES, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import DrawForm
from ..tables import draws_table


@admit(*BUSINESS)
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """The draws in the viewer's scope."""
    rows = queries.draws(request.viewer, request.moment)
    empty = _("还没有抽查。抽取名单由系统随机产生，种子和名单留痕，可以重抽复核。")
    table = draws_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("随机抽查"))
    may_add = request.viewer.has(Role.OFFICE, *UNIT_ROLES) and not request.moment.is_past
    return render(request, "services/draws.html", {"table": table, "may_add": may_add})


@admit(Role.OFFICE, *UNIT_ROLES)
@require_http_methods(["GET", "POST"])
def new_draw(request: HttpRequest) -> HttpResponse:
    """Draw firms for an inspection."""
    form = DrawForm(request.POST or None, initial={"on": request.moment.today})
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            draw = actions.draw_inspections(
                by=request.viewer.person, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已抽取 %s 家，列入检查计划。") % len(draw.drawn))
            return redirect("draw", draw.key)
    status = 422 if request.method == "POST" else 200
    return render(request, "services/new_draw.html", {"form": form, "error": error}, status=status)


@admit(*BUSINESS)
@require_GET
def draw(request: HttpRequest, key: str) -> HttpResponse:
    """One draw, drawn again while one looks."""
    page = queries.draw_page(request.viewer, key, request.moment)
    return render(request, "services/draw.html", {"page": page, "row": page.row})


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def conduct(request: HttpRequest) -> HttpResponse:
    """What officials do for firms and never do: for both sides to look up."""
    lists = queries.conduct_lists(request.viewer, request.moment)
    return render(request, "services/conduct.html", {"lists": lists})
