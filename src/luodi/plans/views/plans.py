"""The list of plans, and a plan as a readable page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.keys import subject_key
from luodi.common.views import sheet_response
from luodi.ledger.queries import open_problems
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import DeadlineForm
from ..queries.measures import measures_by_plan, sections_of
from ..queries.overviews import Tally
from ..tables import measure_table


@admit(*BUSINESS)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The library of adopted plans."""
    viewer, moment = request.viewer, request.moment
    found = list(queries.plans_of(viewer, moment))
    measures = measures_by_plan(found, viewer, moment)
    rows = [
        (plan, Tally(plan.key, plan.title, tuple(measures.get(plan.key, ())), moment.today))
        for plan in found
    ]
    return render(request, "plans/plans.html", {"plans": rows})


@admit(*BUSINESS)
@require_GET
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """A plan: sections with measures, units, lights, deadlines, the latest report, problems."""
    viewer, moment = request.viewer, request.moment
    found = queries.plan_for(viewer, key, moment)
    rows = queries.measures_of(found, viewer, moment)
    counts = open_problems([subject_key("measure", row.key) for row in rows], moment)
    problems = {subject.partition(":")[2]: count for subject, count in counts.items()}
    table = measure_table(rows, problems, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, found.title)
    context = {
        "plan": found,
        "sections": [
            (path, [(row, problems.get(row.key, 0)) for row in part])
            for path, part in sections_of(rows)
        ],
        "tally": Tally(found.key, found.title, tuple(rows), moment.today),
        "table": table,
        "as_list": request.GET.get("view") == "list",
        "rounds": queries.rounds_of(found, viewer, moment),
        "year": moment.today.year,
        "is_office": viewer.has(Role.OFFICE) and not moment.is_past,
    }
    return render(request, "plans/plan.html", context)


@admit(Role.OFFICE)
@require_POST
def plan_deadlines(request: HttpRequest, key: str) -> HttpResponse:
    """One deadline for the measures that are ticked."""
    found = queries.plan_for(request.viewer, key, request.moment)
    form = DeadlineForm(request.POST)
    form.is_valid()
    changed = actions.set_deadlines(
        plan=found,
        measures=request.POST.getlist("selected"),
        written=form.cleaned_data.get("written", ""),
        due_on=form.cleaned_data.get("due_on"),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已为 %(count)d 条举措设定时限。") % {"count": changed})
    if request.POST.get("back") == "measure":
        return redirect("measure", request.POST.get("selected", ""))
    return redirect("plan", key)
