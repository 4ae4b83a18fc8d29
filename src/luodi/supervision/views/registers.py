"""Registers over all meetings: decisions, and leaders' instructions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Mendable, NotAllowed
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.callable import callable_units
from ..tables import decisions_table, instructions_table


@admit(*BUSINESS)
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision in the viewer's scope, with the state of its item."""
    rows = queries.decisions(request.viewer, request.moment)
    table = decisions_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("议定事项"))
    context = {"table": table, "open": sum(row.open for row in rows)}
    return render(request, "supervision/decisions.html", context)


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def instructions(request: HttpRequest) -> HttpResponse:
    """Every instruction in the viewer's scope; the office records one here."""
    runs = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    if request.method == "POST" and not request.viewer.has(Role.OFFICE):
        raise NotAllowed(_("领导批示由专班办公室登记。"))
    form = forms.InstructionForm(
        request.POST or None,
        units=callable_units(request.viewer.city, request.moment) if runs else [],
        leaders=queries.leaders_of(request.viewer.city) if runs else [],
        initial={"given_on": request.moment.today},
    )
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_instruction(
                    city=request.viewer.city,
                    by=request.viewer.person,
                    at=request.at,
                    **form.cleaned_data,
                )
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
            else:
                messages.success(request, _("批示已登记并立项。"))
                return redirect("instructions")
    rows = queries.instructions(request.viewer, request.moment)
    table = instructions_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("领导批示"))
    context = {
        "table": table,
        "open": sum(row.open for row in rows),
        "form": form if runs else None,
        "error": error,
    }
    return render(request, "supervision/instructions.html", context, status=status)
