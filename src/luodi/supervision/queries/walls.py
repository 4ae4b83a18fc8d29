"""Wall charts: a plan's measures, or a zone's projects, over the months of a year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luodi.common.languages import listed, titled
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.plans.models import MeasureState
from luodi.plans.queries import measures_of, plan_for, plans_of, steps_of
from luodi.plans.queries.measures import MeasureRow
from luodi.plans.rules.lights import said_in_words
from luodi.projects.models import Project, StageMove
from luodi.projects.queries import projects, stuck
from luodi.projects.queries.pipelines import pipeline_at
from luodi.projects.queries.rows import Row

from ..rules.walls import Wall, WallRow, bar_in, marks_in
from .composing import zones_of

YEARS = range(2000, 2101)


@dataclass(frozen=True)
class WallChoice:
    """A chart that may be opened: its address's parts and how many rows it has."""

    kind: str
    key: str
    title: str


def wall_choices(viewer: Viewer, moment: Moment) -> list[WallChoice]:
    """The plans and zones whose charts a viewer may open."""
    plans = [WallChoice("plan", plan.key, plan.title) for plan in plans_of(viewer, moment)]
    zones = [
        WallChoice("zone", zone.of_id, zone.short_name or zone.name)
        for zone in zones_of(viewer.city, moment)
        if viewer.sees_whole_city or zone.of_id in viewer.units
    ]
    return [*plans, *zones]


def plan_wall(key: str, year: int | None, viewer: Viewer, moment: Moment) -> Wall:
    """The chart of a plan's measures with their steps; `NotFound` outside the viewer's scope."""
    plan = plan_for(viewer, key, moment)
    rows = measures_of(plan, viewer, moment)
    chosen = _year(year, moment)
    began = _began([row.key for row in rows], moment)
    steps: dict[str, list[tuple[date | None, str, str]]] = defaultdict(list)
    for step in steps_of(plan, viewer, moment):
        steps[step.measure].append((step.due_on, step.title, step.verdict.light))
    found = tuple(_measure(row, chosen, began.get(row.key), steps[row.key]) for row in rows)
    basis = _("横条为从立项到完成时限，菱形为年度任务的时限。")
    return Wall(plan.title, chosen, moment.today, found, basis)


def _measure(
    row: MeasureRow,
    year: int,
    began: date | None,
    steps: list[tuple[date | None, str, str]],
) -> WallRow:
    lead = row.lead
    others = [unit.name for unit in row.units if unit is not lead]
    units = [_("%s（牵头）") % lead.name, *others] if lead else others
    end = row.done_on or row.due_on
    return WallRow(
        label=row.label,
        title=row.title,
        units=listed(units),
        light=row.verdict.light,
        why=said_in_words(row.verdict),
        due=row.due_on.isoformat() if row.due_on else "",
        bar=bar_in(year, began, end),
        marks=marks_in(year, steps),
        section=row.path[-1] if row.path else "",
    )


def _began(keys: list[str], moment: Moment) -> dict[str, date]:
    """The day each measure was adopted."""
    rows = MeasureState.objects.ever(moment).filter(measure__in=keys).order_by("since")
    found: dict[str, date] = {}
    for key, at in rows.values_list("measure_id", "since__at"):
        found.setdefault(key, at.astimezone(LOCAL).date())
    return found


def zone_wall(key: str, year: int | None, viewer: Viewer, moment: Moment) -> Wall:
    """The chart of a zone's projects from their planned start to planned production."""
    zones = {zone.of_id: zone.short_name or zone.name for zone in zones_of(viewer.city, moment)}
    if key not in zones or not (viewer.sees_whole_city or key in viewer.units):
        raise NotFound(_("没有这个开发区，或者它不在您的范围内。"))
    chosen = _year(year, moment)
    mine = [row for row in projects(viewer, moment) if row.zone_unit == key and not row.into]
    _kinds, waiting = stuck(viewer, moment)
    held = {one.key: one.title for one in waiting}
    moves = _moves([row.key for row in mine], viewer, moment)
    names = unit_names({row.lead_unit for row in mine if row.lead_unit}, moment)
    rows = tuple(
        _project(row, chosen, held.get(row.key, ""), moves.get(row.key, []), names, moment)
        for row in sorted(mine, key=lambda row: (row.order, row.name))
    )
    title = _("%s重点项目") % zones[key]
    basis = _("横条为计划开工到计划投产，菱形为实际进入各环节的月份。")
    return Wall(title, chosen, moment.today, rows, basis)


def _project(
    row: Row,
    year: int,
    held: str,
    moves: list[tuple[date | None, str, str]],
    names: dict[str, str],
    moment: Moment,
) -> WallRow:
    light, why = _project_light(row, held, moment)
    return WallRow(
        label=row.stage_label,
        title=row.name,
        units=names.get(row.lead_unit, ""),
        light=light,
        why=why,
        due=row.planned_production.isoformat() if row.planned_production else "",
        bar=bar_in(year, row.planned_start, row.planned_production),
        marks=marks_in(year, moves),
        section=row.stage_label,
    )


def _project_light(row: Row, held: str, moment: Moment) -> tuple[str, str]:
    """Yellow where it is stuck; without a planned day nothing can be told."""
    if held:
        return "yellow", held
    if row.planned_production is None:
        return "none", _("没有计划投产日期")
    return "green", _("没有卡住")


def _moves(
    keys: list[str], viewer: Viewer, moment: Moment
) -> dict[str, list[tuple[date | None, str, str]]]:
    """The day each of the viewer's projects came to each stage."""
    titles = {rule.key: titled(rule) for rule in pipeline_at(viewer.city, moment).stages}
    inside = visible(Project.objects.filter(key__in=keys), viewer)
    rows = StageMove.objects.at(moment).filter(project__in=inside, back=False)
    found: dict[str, list[tuple[date | None, str, str]]] = defaultdict(list)
    for key, day, stage in rows.values_list("project_id", "happened_on", "to_stage"):
        found[key].append((day, titles.get(stage, stage), ""))
    return found


def _year(year: int | None, moment: Moment) -> int:
    """The asked year within bounds, else the present one."""
    return year if year in YEARS else moment.today.year
