"""Goals: how they stand, from where and at what pace, shared out over periods and units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.charts import Line, line_chart
from luodi.common.refusals import Incomplete, Refusal, in_words
from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal as Unread
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names, units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import TargetForm, TrajectoryForm
from ..queries.outlook import goals_with_outlooks, outlooks
from ..queries.sharing import part_units, proposed, remainder
from ..queries.targets import (
    Goal,
    course_of,
    goal_for,
    parts_of,
    standing_of,
    years_with_goals,
)
from ..rules import Measured, Place, periods_of, read_figure
from ..tables import GOALS, course_columns
from .indicators import may_define


@admit(*BUSINESS)
@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """The goals for a year, each with how far it is reached."""
    years = years_with_goals(request.viewer, request.moment)
    year = request.GET.get("year", "")
    if year not in years:
        this = str(request.moment.today.year)
        year = next((one for one in years if one >= this), years[-1] if years else this)
    rows = goals_with_outlooks(request.viewer, year, request.moment)
    empty = _("这一年还没有目标。规划入库时，其中的目标会列在这里。")
    table = Table("goals", GOALS, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("目标完成情况"))
    context = {"table": table, "year": year, "years": years}
    return render(request, "indicators/goals.html", context)


@admit(*BUSINESS)
@require_GET
def target(request: HttpRequest, key: str) -> HttpResponse:
    """One goal: its sentence, its course against the pace, its parts."""
    viewer, moment = request.viewer, request.moment
    found = goal_for(viewer, key, moment)
    course = course_of(viewer, found, moment)
    shared = parts_of(viewer, [found], moment).get(key, {})
    points = [(found, point) for point in course.points]
    table = Table("course", course_columns(course.unit), points, request.GET)
    if table.wants_sheet:
        return sheet_response(table, found.definition.name)
    lines = [
        Line(str(_("进度要求")), [p.expected for p in course.points], "expected"),
        Line(str(_("实际")), [p.actual for p in course.points]),
    ]
    context = {
        "goal": found,
        "standing": standing_of(found, course),
        "base": found.text(found.base),
        "course": course,
        "outlook": outlooks(viewer, [found], moment)[key],
        "table": table,
        "unit": unit_names([course.unit], moment).get(course.unit, ""),
        "chart": line_chart(found.definition.name, [p.period.key for p in course.points], lines),
        "shared": grid(found, shared, {}, moment) if shared else None,
        "may_define": may_define(request),
    }
    return render(request, "indicators/target.html", context)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def new_target(request: HttpRequest, key: str) -> HttpResponse:
    """Set a goal that stands in no plan."""
    row = queries.definition_for(request.viewer, key, request.moment)
    form = TargetForm(request.POST or None, units=unit_choices(request))
    error = ""
    if form.is_bound and form.is_valid():
        try:
            made = actions.set_target(
                indicator=key, **form.cleaned_data, by=request.viewer.person, at=request.at
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已登记目标。"))
            return redirect("goal", key=made)
    context = {"form": form, "error": error, "row": row, "title": _("新建目标")}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/target_form.html", context, status=status)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def trajectory(request: HttpRequest, key: str) -> HttpResponse:
    """Say from where, by whose series and at what pace a goal is to be reached."""
    found = goal_for(request.viewer, key, request.moment)
    now = found.trajectory
    initial = {
        "unit": now.unit if now else "",
        "baseline": found.text(found.base).replace(",", "").replace("\u2212", "-"),
        "baseline_period": now.baseline_period if now else "",
        "pace": found.pace,
    }
    form = TrajectoryForm(request.POST or None, units=unit_choices(request), initial=initial)
    error = ""
    if form.is_bound and form.is_valid():
        try:
            actions.set_trajectory(
                target=key, **form.cleaned_data, by=request.viewer.person, at=request.at
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已更新。目标本身没有改动。"))
            return redirect("goal", key=key)
    title = _("基数与进度")
    context = {"form": form, "error": error, "row": found.definition, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/target_form.html", context, status=status)


@admit(Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, key: str) -> HttpResponse:
    """Share a goal out over periods and units, as a table; adopted once it adds up."""
    viewer, moment = request.viewer, request.moment
    found = goal_for(viewer, key, moment)
    sent = request.POST if request.method == "POST" else request.GET
    kinds = [k for k in KINDS if not isinstance(periods_of(found.state.period, k), Unread)]
    if not kinds:
        raise Incomplete(_("目标没有写明年份，或者时期太短，不能分解。"))
    kind = sent.get("kind") if sent.get("kind") in kinds else usual_kind(found, kinds)
    known = dict(unit_choices(request))
    units = [unit for unit in sent.getlist("unit") if unit in known]
    now = parts_of(viewer, [found], moment).get(key, {})
    if not units and now and request.method == "GET" and "kind" not in sent:
        units = [unit for unit, _period in now]
        cells, faults = now, {}
    elif request.method == "POST":
        cells, faults = read_cells(request, found, units or [""], str(kind))
    else:
        periods = periods_of(found.state.period, str(kind))
        assert not isinstance(periods, Unread)
        cells, faults = proposed(found, units or [""], periods), {}
    error = ""
    if request.method == "POST" and not faults and sent.get("step") == "adopt":
        try:
            actions.share_out(
                target=key, parts=cells, scale=found.scale, by=viewer.person, at=request.at,
                why=sent.get("why", ""),
            )  # fmt: skip
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已采用分解计划，合计与目标一致。"))
            return redirect("goal", key=key)
    context = {
        "goal": found,
        "grid": grid(found, cells, faults, moment),
        "kinds": kinds,
        "kind": kind,
        "units": [(unit, name, unit in units) for unit, name in known.items()],
        "error": error,
    }
    status = 422 if error or faults else 200
    return render(request, "indicators/parts.html", context, status=status)


KINDS = ("week", "month", "quarter", "half")


def usual_kind(goal: Goal, kinds: list[str]) -> str:
    """The kind of period to begin with: the indicator's own where the goal can be cut into it."""
    own = goal.definition.period_kind
    return own if own in kinds else kinds[-1]


def unit_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Units of the city, by name."""
    rows = units_of(request.viewer.city, request.moment)
    return [(row.of_id, row.short_name or row.name) for row in rows]


def read_cells(
    request: HttpRequest, goal: Goal, units: list[str], kind: str
) -> tuple[dict[Place, int], dict[Place, str]]:
    """The typed parts by unit and period, and what is wrong with some of them."""
    periods = periods_of(goal.state.period, kind)
    assert not isinstance(periods, Unread)
    definition = goal.definition
    measured = Measured(definition.name, definition.measured_in, goal.scale)
    cells: dict[Place, int] = {}
    faults: dict[Place, str] = {}
    for unit in units:
        for period in periods:
            typed = request.POST.get(f"cell:{unit}:{period.key}", "").strip()
            if not typed:
                continue
            read = read_figure(measured, typed)
            if isinstance(read, Quantity):
                cells[unit, period.key] = read.number
            else:
                faults[unit, period.key] = in_words(read)
    return cells, faults


def grid(
    goal: Goal, parts: dict[Place, int], faults: dict[Place, str], moment: Any
) -> dict[str, Any]:
    """Parts as a table of units by periods, with totals and what is left over."""
    places = {**parts, **dict.fromkeys(faults, 0)}
    periods = sorted({period for _unit, period in places}, key=lambda key: (len(key), key))
    rows = []
    for unit, name in part_units(places, moment).items():
        cells = [
            {
                "name": f"cell:{unit}:{period}",
                "period": period,
                "text": goal.text(parts.get((unit, period))),
                "fault": faults.get((unit, period), ""),
            }
            for period in periods
        ]
        mine = [parts[unit, p] for p in periods if (unit, p) in parts]
        total = sum(mine) if goal.adds else (mine[-1] if mine else 0)
        rows.append({"unit": unit, "name": name, "cells": cells, "total": goal.text(total)})
    sums = [sum(a for (_u, p), a in parts.items() if p == period) for period in periods]
    left = remainder(goal, parts)
    return {
        "periods": periods,
        "rows": rows,
        "sums": [goal.text(amount) for amount in sums],
        "whole": goal.text(goal.whole),
        "left": goal.text(left) if left else "",
        "scale": goal.scale,
    }
