"""Projects as rows: a fixed number of queries, whatever the number of projects or the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min, QuerySet

from luodi.common.languages import titled
from luodi.common.moments import LOCAL, Moment
from luodi.orgs.queries import pack_of, unit_names
from luodi.orgs.rules import Viewer
from luodi.packs import light_rules
from luodi.packs.schemas import PipelineRule

from ..choices import Origin, Signing
from ..models import Project, ProjectState, StageMove
from ..rules import LEAD, AnswerLights, Joined
from .merged import joined, living, paths
from .pipelines import modes_at, pipeline_at, stage_of


@dataclass(frozen=True, slots=True)
class Row:
    """One project as it stood at a moment. `investment` leaves out framework agreements, whose
    amount is `intended`; both in 万元. `answer` says how the first answer stands."""

    key: str
    name: str
    investor: str
    stage: str
    stage_label: str
    order: int
    library: str
    zone_unit: str
    zone: str
    lead_unit: str
    lead: str
    mode: str
    origin: str
    industry: str
    signing: str
    signing_label: str
    investment: Decimal | None
    intended: Decimal | None
    code: str
    planned_start: date | None
    moved_on: date | None
    answer_due: datetime | None
    answered: datetime | None
    planned_production: date | None = None
    planned_capacity: date | None = None
    light: tuple[str, str] = ("none", "")
    """The light of its first answer, and why."""
    into: str = ""
    """The project it goes on as, where it has been merged into another."""


def projects(viewer: Viewer, moment: Moment) -> list[Row]:
    """The projects in the viewer's present scope as known at the moment, along the pipeline.

    One that has been merged into another is left out: that one stands for both.
    """
    return rows_of(living(viewer, moment), viewer.city, moment)


def exactly(number: int | None, scale: int) -> Decimal | None:
    """An amount stored as an integer at a scale."""
    return None if number is None else Decimal(number).scaleb(-scale)


def amount_of(state: ProjectState, name: str) -> Decimal | None:
    """An amount of a state by its name: investment, output, land."""
    return exactly(getattr(state, name), getattr(state, f"{name}_scale"))


def rows_of(mine: QuerySet[Project], city: str, moment: Moment) -> list[Row]:
    """Rows of the given projects, which the caller has scoped, as known at the moment."""
    keys = mine.values("key")
    states = ProjectState.objects.at(moment).filter(project__in=keys)
    found = list(states.values_list(*KNOWN, named=True))
    moves = StageMove.objects.at(moment).filter(project__in=keys).order_by()
    last = moves.values("project_id").annotate(on=Max("happened_on"), first=Min("act__at"))
    moved = {key: (on, first) for key, on, first in last.values_list("project_id", "on", "first")}
    merges = joined(moment, mine)
    moved |= _moved_together(merges, moved, moment) if merges else {}
    into = {one.project: one.root for one in merges}
    words = _Words(
        stages=_stages({state.stage: state.project_id for state in found}, city, moment),
        units=unit_names({u for s in found for u in (s.lead, s.zone) if u}, moment),
        modes={rule.key: titled(rule) for rule in modes_at(city, moment)},
        origins={key: str(label) for key, label in Origin.choices},
        signings={key: str(label) for key, label in Signing.choices},
        lights=AnswerLights(light_rules(pack_of(city, moment), LEAD, moment.today), moment.at),
    )
    rows = [
        _row(
            state, words, *moved.get(state.project_id, (None, None)), into.get(state.project_id, "")
        )
        for state in found
    ]
    return sorted(rows, key=lambda row: (row.order, row.name, row.key))


def _moved_together(
    merges: list[Joined], own: dict[str, tuple[date, datetime]], moment: Moment
) -> dict[str, tuple[date | None, datetime | None]]:
    """When survivors of merges moved last, along the path they go on along, and were answered."""
    moves = StageMove.objects.at(moment).filter(project__in=[one.project for one in merges])
    firsts = dict(moves.order_by().values_list("project_id").annotate(first=Min("act__at")))
    told = paths(Project.objects.none().values("key"), merges, moment)
    found = {}
    for root in {one.root for one in merges}:
        answers = [firsts.get(one.project) for one in merges if one.root == root]
        first = min(filter(None, [*answers, own.get(root, (None, None))[1]]), default=None)
        days = [step.happened_on for step in told[root]]
        found[root] = (max(days, default=None), first)
    return found


KNOWN = (
    "project_id", "name", "investor", "stage", "zone", "lead", "mode", "origin", "industry",
    "signing", "investment", "investment_scale", "code", "planned_start",
    "planned_production", "planned_capacity",
    "project__answer_due_at", "project__act__at",
)  # fmt: skip
"""What a row takes of a state: no objects are made of thousands of rows."""


@dataclass(frozen=True)
class _Words:
    """What keys are called in the reader's language, looked up once."""

    stages: dict[str, PipelineRule | None]
    units: dict[str, str]
    modes: dict[str, str]
    origins: dict[str, str]
    signings: dict[str, str]
    lights: AnswerLights


def _stages(some: dict[str, str], city: str, moment: Moment) -> dict[str, PipelineRule | None]:
    """The rules of stages, each with a project that stands there."""
    pipeline = pipeline_at(city, moment)
    found = {stage: pipeline.get(stage) for stage in some}
    lost = {some[stage]: stage for stage, rule in found.items() if rule is None}
    for project in Project.objects.filter(key__in=lost).select_related("act") if lost else ():
        found[lost[project.key]] = stage_of(project, lost[project.key], pipeline)
    return found


def _row(
    state: Any, words: _Words, moved: date | None, answered: datetime | None, into: str
) -> Row:
    rule = words.stages[state.stage]
    amount = exactly(state.investment, state.investment_scale)
    framework = state.signing == Signing.FRAMEWORK
    return Row(
        key=state.project_id,
        name=state.name,
        investor=state.investor,
        stage=state.stage,
        stage_label=titled(rule) if rule else state.stage,
        order=rule.order if rule else 0,
        library=rule.library if rule else "none",
        zone_unit=state.zone,
        zone=words.units.get(state.zone, ""),
        lead_unit=state.lead,
        lead=words.units.get(state.lead, ""),
        mode=words.modes.get(state.mode, state.mode),
        origin=words.origins[state.origin],
        industry=state.industry,
        signing=state.signing,
        signing_label=words.signings[state.signing],
        investment=None if framework else amount,
        intended=amount if framework else None,
        code=state.code,
        planned_start=state.planned_start,
        moved_on=moved or state.project__act__at.astimezone(LOCAL).date(),
        answer_due=state.project__answer_due_at,
        answered=answered,
        planned_production=state.planned_production,
        planned_capacity=state.planned_capacity,
        light=words.lights.of(state.project__answer_due_at, answered),
        into=into,
    )
