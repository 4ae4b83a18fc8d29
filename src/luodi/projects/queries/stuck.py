"""The projects that are stuck, by the rules of the city, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from luodi.common.keys import subject_key
from luodi.common.languages import titled
from luodi.common.moments import LOCAL, Moment
from luodi.ledger.queries import open_problems
from luodi.orgs.queries import owned, pack_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import StuckRule

from ..choices import Series
from ..models import MoneyFigure, Problem, Project, ProjectState
from ..rules import stuck_rules, waited
from .cohorts import stages_of
from .merged import joined, living, paths
from .rows import Row, rows_of


@dataclass(frozen=True)
class StuckRow:
    """A project stuck by one rule. `days` it has waited; `problems` open about it."""

    row: Row
    rule: StuckRule
    title: str
    days: int
    over: int
    problems: int

    @property
    def key(self) -> str:
        """The key of the project."""
        return self.row.key


@dataclass(frozen=True)
class StuckKind:
    """A rule with how many projects are stuck by it, and whose rule it is."""

    key: str
    title: str
    days: int
    count: int
    source: str


def stuck(viewer: Viewer, moment: Moment) -> tuple[list[StuckKind], list[StuckRow]]:
    """Every rule in force, and the viewer's projects that are stuck by it, the longest first."""
    rules = stuck_rules(pack_of(viewer.city, moment), moment.today)
    mine = living(viewer, moment)
    keys = mine.values("key")
    found = ProjectState.objects.at(moment).filter(project__in=keys)
    states = {s.project_id: s for s in found.select_related("project__act")}
    merges = joined(moment, visible(Project.objects.all(), viewer))
    roots = {one.project: one.root for one in merges}
    steps = paths(keys, merges, moment)
    stages = stages_of(viewer.city, moment, states, steps)
    told = _told(keys, roots, moment)
    by_key = {row.key: row for row in rows_of(mine, viewer.city, moment)}
    problems = _problems(keys, roots, moment)
    rows = []
    for key, state in states.items():
        opened = state.project.act.at.astimezone(LOCAL).date()
        for rule in rules:
            days = waited(
                rule, opened, steps.get(key, []), stages, moment.today, invested=key in told
            )
            if days is not None:
                rows.append(
                    StuckRow(
                        row=by_key[key],
                        rule=rule,
                        title=titled(rule),
                        days=days,
                        over=days - rule.days,
                        problems=problems.get(key, 0),
                    )
                )
    rows.sort(key=lambda one: (one.rule.order, -one.days, one.row.name))
    kinds = [
        StuckKind(
            key=rule.key,
            title=titled(rule),
            days=rule.days,
            count=sum(row.rule.key == rule.key for row in rows),
            source=owned(rule),
        )
        for rule in rules
    ]
    return kinds, rows


def _told(keys: object, roots: dict[str, str], moment: Moment) -> set[str]:
    """Projects for which any investment above nothing was told, by whomever, or for one merged."""
    some = Q(month__gt=0) | Q(to_date__gt=0) | Q(since_start__gt=0)
    figures = MoneyFigure.objects.at(moment).filter(some, _of(keys, roots))
    done = figures.exclude(series=Series.IN_PLACE)
    return {roots.get(key, key) for key in done.values_list("project_id", flat=True).distinct()}


def _of(keys: object, roots: dict[str, str]) -> Q:
    """Rows about the given projects, or about those that go on as one of them."""
    return Q(project__in=keys) | Q(project__in=list(roots))


def _problems(keys: object, roots: dict[str, str], moment: Moment) -> dict[str, int]:
    """Open supervised items by project: about the project, and about problems raised in it."""
    raised = Problem.objects.filter(_of(keys, roots)).values_list("key", "project")
    subjects = {subject_key("problem", key): roots.get(of, of) for key, of in raised}
    about = [*Project.objects.filter(key__in=keys).values_list("key", flat=True), *roots]
    subjects |= {subject_key("project", key): roots.get(key, key) for key in about}
    counts: dict[str, int] = {}
    for subject, count in open_problems(subjects, moment).items():
        counts[subjects[subject]] = counts.get(subjects[subject], 0) + count
    return counts
