"""The annual plan as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.common.views import sheet_response
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS, Viewer
from luodi.orgs.views import admit

from .. import actions, queries
from ..actions.steps import StepEntry
from ..forms import StepForm, first_error
from ..models import Plan
from ..queries import MeasureRow
from ..queries.steps import StepRow, people_of
from ..rules.rights import WRITERS
from ..rules.sheets import pasted_rows, read_day
from ..tables import step_table


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def annual_plan(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """A unit's actions of one year under the measures of a plan."""
    viewer, moment = request.viewer, request.moment
    plan = queries.plan_for(viewer, key, moment)
    units = _units(viewer, plan, moment)
    wanted = request.POST.get("unit") or request.GET.get("unit") or ""
    unit = next((u for u in units if u.of_id == wanted), units[0] if units and not wanted else None)
    if unit is None:
        raise NotFound(_("没有这个单位的年度计划，或者不在您的查看范围内。"))
    if request.method == "POST":
        _save(request, plan, unit.of_id, year)
        if doing := DOINGS.get(request.POST.get("do", "")):
            doing(request, plan, unit.of_id, year)
        address = reverse("annual_plan", args=[key, year])
        everything = "&all=1" if request.POST.get("all") else ""
        return redirect(f"{address}?unit={unit.of_id}{everything}")
    steps = queries.steps_of(plan, viewer, moment, year=year, unit=unit.of_id)
    table = step_table(steps, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("%(year)s年度计划") % {"year": year})
    rows = queries.measures_of(plan, viewer, moment)
    everything = request.GET.get("all") == "1" or unit.kind == UnitKind.ZONE
    context = {
        "plan": plan,
        "year": year,
        "unit": unit,
        "units": units,
        "everything": everything,
        "groups": _groups(rows, steps, unit.of_id, everything),
        "people": people_of(unit.of_id, moment),
        "may_write": viewer.acts_for(unit.of_id, *WRITERS) and not moment.is_past,
        "undated": sum(step.due_on is None and step.stage == "open" for step in steps),
        "total": len(steps),
    }
    return render(request, "plans/year.html", context)


def _units(viewer: Viewer, plan: Plan, moment: Moment) -> list[UnitState]:
    """Whose annual plans the viewer may read: own units first, the office all of them."""
    kinds = (UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP)
    rows = [u for u in units_of(plan.city, moment) if u.kind not in kinds]
    if not viewer.sees_whole_city:
        return [u for u in rows if u.of_id in viewer.units]
    return sorted(
        rows, key=lambda u: (u.kind != UnitKind.ZONE, u.of_id not in viewer.units, u.name)
    )


def _groups(
    rows: Sequence[MeasureRow], steps: Sequence[StepRow], unit: str, everything: bool
) -> list[tuple[MeasureRow, list[StepRow]]]:
    """The measures a unit writes under, each with its lines."""
    under: dict[str, list[StepRow]] = {}
    for step in steps:
        under.setdefault(step.measure, []).append(step)
    return [
        (row, under.get(row.key, []))
        for row in rows
        if everything or row.key in under or any(part.key == unit for part in row.units)
    ]


def _save(request: HttpRequest, plan: Plan, unit: str, year: int) -> None:
    """The edited lines, the new ones, and what was pasted."""
    entries = [*_typed(request, year), *_pasted(request, unit, year)]
    count = actions.save_steps(
        plan=plan,
        unit=unit,
        year=year,
        entries=entries,
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    if count:
        messages.success(request, _("已保存 %(count)d 行。") % {"count": count})
    elif request.POST.get("do", "save") == "save":
        messages.success(request, _("没有改动。"))


def _typed(request: HttpRequest, year: int) -> list[StepEntry]:
    entries = []
    for row in request.POST.getlist("row"):
        prefix, _sep, measure = row.partition(":")
        form = StepForm(request.POST, prefix=prefix, year=year)
        if not form.is_valid():
            raise Incomplete(first_error(form))
        said = form.cleaned_data
        is_new = prefix.startswith("new-")
        if is_new and not said["title"]:
            continue
        entries.append(
            StepEntry(
                measure=measure,
                title=said["title"],
                due_on=said["due"],
                person=said["person"],
                key="" if is_new else prefix,
                version=said["version"] or 0,
            )
        )
    return entries


def _pasted(request: HttpRequest, unit: str, year: int) -> list[StepEntry]:
    people = {name: key for key, name in people_of(unit, request.moment)}
    entries = []
    for field, text in request.POST.items():
        if not field.startswith("paste-"):
            continue
        for row in pasted_rows(text):
            due = read_day(row.deadline, year=year) if row.deadline else None
            if row.deadline and due is None:
                raise Incomplete(_("读不出日期：“%(text)s”。") % {"text": row.deadline})
            if row.person and row.person not in people:
                raise Incomplete(
                    _("本单位没有叫“%(name)s”的人员，请先由安全管理员登记。") % {"name": row.person}
                )
            person = people.get(row.person, "")
            entries.append(StepEntry(field.removeprefix("paste-"), row.title[:300], due, person))
    return entries


def _date(request: HttpRequest, plan: Plan, unit: str, year: int) -> None:
    count = actions.set_step_deadlines(
        plan=plan,
        unit=unit,
        year=year,
        steps=request.POST.getlist("selected"),
        due_on=read_day(request.POST.get("due", ""), year=year),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已为 %(count)d 行设定时限。") % {"count": count})


def _withdraw(request: HttpRequest, plan: Plan, unit: str, year: int) -> None:
    count = actions.withdraw_steps(
        plan=plan,
        unit=unit,
        year=year,
        steps=request.POST.getlist("selected"),
        why=request.POST.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已撤回 %(count)d 行，记录仍在。") % {"count": count})


def _finish(request: HttpRequest, plan: Plan, unit: str, year: int) -> None:
    count = actions.finish_steps(
        plan=plan,
        unit=unit,
        year=year,
        steps=request.POST.getlist("selected"),
        done_on=read_day(request.POST.get("done_on", ""), year=year),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已登记 %(count)d 行完成。") % {"count": count})


Doing = Callable[[HttpRequest, Plan, str, int], None]
DOINGS: dict[str, Doing] = {
    "deadline": _date,
    "withdraw": _withdraw,
    "done": _finish,
}
