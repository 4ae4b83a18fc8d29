"""The gates of the year, and resumptions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Mendable, NotAllowed, NotFound
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import laggards_table
from .batches import asked_day


@admit(*BUSINESS)
@require_GET
def gates(request: HttpRequest) -> HttpResponse:
    """Every gate of the city on a day: asked, counted, who lags, what plans foretell."""
    day = asked_day(request)
    page = queries.gates(request.viewer, request.moment, day)
    empty = _("没有落后的项目。")
    table = laggards_table(page.laggards, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("节点要求未达到的项目"))
    context = {
        "page": page,
        "table": table,
        "day": day,
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/gates.html", context)


@admit(Role.OFFICE, *UNIT_ROLES)
@require_http_methods(["GET", "POST"])
def resume_project(request: HttpRequest, key: str) -> HttpResponse:
    """Record how a continuing project resumed."""
    page = queries.project_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    if not page.may_revise:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以登记复工。"))
    form = forms.ResumptionForm(request.POST or None, initial={"day": request.moment.today})
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_resumption(
                    project=key, by=request.viewer.person, at=request.at, **form.cleaned_data
                )
                messages.success(request, _("复工情况已登记。"))
                return redirect("project", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"page": page, "row": page.row, "form": form, "error": error}
    return render(request, "projects/resume.html", context, status=status)
