"""What rates are computed from, read in a fixed number of queries, whatever is in the batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RateRule
from luodi.packs.schemas.pipeline import PipelineRule

from ..choices import Signing
from ..models import Batch, BatchEntry, Project, ProjectFirm, ProjectState, StageMove
from ..rules import Entry, Known, Rate, Standing, Step, grown, rate, rates_in, standing
from .pipelines import pipeline_at, stage_of


@dataclass(frozen=True)
class Cohort:
    """The entries a viewer sees, as known at a moment, with where each project stood on a day.

    `entries` are by batch, in the order of their projects' names; `units` names zones and leads.
    """

    day: date
    rules: tuple[RateRule, ...]
    stages: dict[str, PipelineRule]
    entries: dict[str, list[Entry]]
    states: dict[str, ProjectState]
    standings: dict[str, Standing]
    known: dict[str, Known]
    units: dict[str, str]

    def rates(self, entries: Iterable[Entry]) -> list[Rate]:
        """Every rate of the city over some of the entries."""
        given = list(entries)
        return [rate(rule, given, self.standings, self.known, self.stages) for rule in self.rules]

    @property
    def all(self) -> list[Entry]:
        """The entries of all batches, one after the other."""
        return [entry for entries in self.entries.values() for entry in entries]


def cohort(viewer: Viewer, moment: Moment, day: date, batch: str = "") -> Cohort:
    """The cohort of one batch, or of all the viewer's batches; definitions are the day's."""
    mine = visible(Project.objects.all(), viewer).values("key")
    batches = visible(Batch.objects.all(), viewer)
    entries = BatchEntry.objects.at(moment).filter(
        batch__in=(batches.filter(key=batch) if batch else batches).values("key"), project__in=mine
    )
    keys = entries.values("project")
    states = {
        state.project_id: state
        for state in ProjectState.objects.at(moment).filter(project__in=keys)
    }
    firms = {
        firm.project_id: firm for firm in ProjectFirm.objects.at(moment).filter(project__in=keys)
    }
    steps = steps_of(StageMove.objects.at(moment).filter(project__in=keys))
    stages = stages_of(viewer.city, moment, states, steps)
    by_batch: dict[str, list[Entry]] = defaultdict(list)
    for of, part, project, excluded, why in entries.values_list(
        "batch_id", "part", "project_id", "excluded", "why"
    ):
        by_batch[of].append(Entry(project, part, excluded, why))
    for some in by_batch.values():
        some.sort(key=lambda one: (states[one.project].name, one.project))
    return Cohort(
        day=day,
        rules=rates_in(pack_of(viewer.city, moment), day),
        stages=stages,
        entries=dict(by_batch),
        states=states,
        standings={
            key: standing(state.stage, steps.get(key, ()), day, stages)
            for key, state in states.items()
        },
        known={key: _known(state, firms.get(key), day) for key, state in states.items()},
        units=unit_names({u for s in states.values() for u in (s.zone, s.lead) if u}, moment),
    )


def steps_of(moves: QuerySet[StageMove]) -> dict[str, list[Step]]:
    """The steps of each project in the order in which they were recorded."""
    found: dict[str, list[Step]] = defaultdict(list)
    columns = ("project_id", "from_stage", "to_stage", "happened_on")
    for project, *step in moves.order_by("act", "id").values_list(*columns):
        found[project].append(Step(*step))
    return found


def _known(state: ProjectState, firm: ProjectFirm | None, day: date) -> Known:
    promised, actual = (
        None if number is None else Fraction(number, 10**scale)
        for number, scale in (
            (state.output, state.output_scale),
            (state.actual_output, state.actual_output_scale),
        )
    )
    return Known(
        stage=state.stage,
        contract=state.signing == Signing.CONTRACT,
        promised=promised,
        actual=actual,
        firm=firm.enterprise if firm else "",
        grown=grown(firm, day),
    )


def stages_of(
    city: str, moment: Moment, states: dict[str, ProjectState], steps: dict[str, list[Step]]
) -> dict[str, PipelineRule]:
    """The stages in force, and those that rules have lost and a project here went through."""
    pipeline = pipeline_at(city, moment)
    stages = {rule.key: rule for rule in pipeline.stages}
    lost = {state.stage: key for key, state in states.items() if state.stage not in stages}
    for key, some in steps.items():
        for step in some:
            for stage in (step.from_stage, step.to_stage):
                if stage not in stages:
                    lost[stage] = key
    samples = Project.objects.filter(key__in=lost.values()).select_related("act") if lost else ()
    by_key = {project.key: project for project in samples}
    for stage, key in lost.items():
        rule = stage_of(by_key[key], stage, pipeline)
        if rule:
            stages[stage] = rule
    return stages
