"""What rates are computed from, read in a fixed number of queries, whatever is in the batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RateRule
from luodi.packs.schemas.pipeline import PipelineRule

from ..choices import Signing
from ..models import Batch, BatchEntry, Project, ProjectFirm, ProjectState
from ..rules import (
    Entry,
    Joined,
    Known,
    Rate,
    Standing,
    Step,
    grown,
    own_or_merged,
    rate,
    rates_in,
    standing,
    survivors,
)
from .merged import called, joined, paths
from .pipelines import pipeline_at, stage_of


@dataclass(frozen=True)
class Cohort:
    """The entries a viewer sees, as known at a moment, with where each project stood on a day.

    `entries` are by batch, in the order of their projects' names; `units` names zones and leads.
    A project that had been merged into another by then counts as that one, once in each list;
    `names` has what the merged ones are called.
    """

    day: date
    rules: tuple[RateRule, ...]
    stages: dict[str, PipelineRule]
    entries: dict[str, list[Entry]]
    states: dict[str, ProjectState]
    standings: dict[str, Standing]
    known: dict[str, Known]
    units: dict[str, str]
    names: dict[str, str]

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
    mine = visible(Project.objects.all(), viewer)
    batches = visible(Batch.objects.all(), viewer)
    merges = joined(moment, mine)
    roots = {one.project: one.root for one in merges}
    entries = BatchEntry.objects.at(moment).filter(
        Q(project__in=mine.values("key")) | Q(project__in=list(roots)),
        batch__in=(batches.filter(key=batch) if batch else batches).values("key"),
    )
    columns = ("batch_id", "part", "project_id", "excluded", "why")
    listed = list(entries.order_by("since", "id").values_list(*columns))
    asked = Q(project__in=entries.values("project")) | Q(project__in=list(roots.values()))
    known = ProjectState.objects.at(moment).filter(asked, project__in=mine.values("key"))
    states = {state.project_id: state for state in known}
    steps = paths(entries.values("project"), merges, moment)
    firms = _firms(entries.values("project"), merges, moment)
    stages = stages_of(viewer.city, moment, states, steps)
    by_batch: dict[str, list[Entry]] = defaultdict(list)
    for of, part, project, excluded, why in listed:
        if roots.get(project, project) in states:
            by_batch[of].append(Entry(project, part, excluded, why))
    for of, some in by_batch.items():
        once = survivors(some, roots)
        once.sort(key=lambda one: (states[one.project].name, one.project))
        by_batch[of] = once
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
        names=called(list(roots), moment),
    )


def _firms(keys: QuerySet, merges: Sequence[Joined], moment: Moment) -> dict[str, ProjectFirm]:
    """The firm of each project; of one without any, that of the first merged into it that has."""
    asked = Q(project__in=keys) | Q(project__in=[k for m in merges for k in (m.project, m.root)])
    found = {firm.project_id: firm for firm in ProjectFirm.objects.at(moment).filter(asked)}
    for root in {one.root for one in merges} - set(found):
        key = own_or_merged(root, found, merges)
        if key:
            found[root] = found[key]
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
