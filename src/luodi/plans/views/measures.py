"""A measure: its sentence, its units, what is done about it month by month."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.keys import subject_key
from luodi.ledger.queries import items_about
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import units_of, visible
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..choices import AssignedRole
from ..forms import DoneForm
from ..models import Report
from ..queries.reports import ReportRow, report_rows
from ..queries.timeline import timeline

ABSTRACT = (UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP)


@admit(*BUSINESS)
@require_GET
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a measure, the sentence at the top."""
    viewer, moment = request.viewer, request.moment
    found = queries.measure_for(viewer, key, moment)
    row = queries.measure_row(found, viewer, moment)
    is_office = viewer.has(Role.OFFICE) and not moment.is_past
    reports = report_rows(visible(Report.objects.filter(measure=key), viewer), viewer, moment)
    parts = row.sentence_parts
    context = {
        "plan": found.plan,
        "row": row,
        "sentence_address": reverse("sentence", args=parts) if parts else "",
        "steps": queries.steps_of(found.plan, viewer, moment, measure=found),
        "reports": sorted(reports, key=_newest_and_lead_first, reverse=True),
        "items": items_about(subject_key("measure", key), viewer, moment),
        "entries": timeline(subject_key("measure", key), viewer, moment),
        "is_office": is_office,
        "may_open": viewer.has(Role.OFFICE, Role.LEADING_GROUP) and not moment.is_past,
        "units": units_of(found.city, moment).exclude(kind__in=ABSTRACT) if is_office else [],
        "roles": [AssignedRole.RESPONSIBLE, AssignedRole.COOPERATING],
        "year": moment.today.year,
    }
    return render(request, "plans/measure.html", context)


def _newest_and_lead_first(report: ReportRow) -> tuple[str, bool, bool]:
    """The newest month first; in it the consolidated report, then those handed in."""
    return report.period, report.consolidates, report.handed


@admit(Role.OFFICE)
@require_POST
def measure_lead(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm who leads."""
    found = queries.measure_for(request.viewer, key, request.moment)
    actions.confirm_lead(
        measure=found,
        unit=request.POST.get("unit", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已确认牵头单位，从下一期月报起由其汇总。"))
    return redirect("measure", key)


@admit(Role.OFFICE)
@require_POST
def measure_units(request: HttpRequest, key: str) -> HttpResponse:
    """Add a unit, or settle which unit a written name means."""
    found = queries.measure_for(request.viewer, key, request.moment)
    actions.assign_unit(
        measure=found,
        unit=request.POST.get("unit", ""),
        written=request.POST.get("written", ""),
        role=request.POST.get("role", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已加入责任单位，从下一期月报起填报。"))
    return redirect("measure", key)


@admit(Role.OFFICE)
@require_POST
def measure_done(request: HttpRequest, key: str) -> HttpResponse:
    """Find a measure done, or take that back."""
    found = queries.measure_for(request.viewer, key, request.moment)
    form = DoneForm(request.POST)
    form.is_valid()
    if request.POST.get("reopen"):
        actions.reopen_measure(
            measure=found,
            why=form.cleaned_data.get("why", ""),
            viewer=request.viewer,
            by=request.viewer.person,
            at=request.at,
        )
        messages.success(request, _("已重新打开，从下一期月报起继续填报。"))
        return redirect("measure", key)
    actions.finish_measure(
        measure=found,
        done_on=form.cleaned_data.get("done_on"),
        why=form.cleaned_data.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已认定办结。"))
    return redirect("measure", key)
