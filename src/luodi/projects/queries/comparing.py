"""Two projects side by side, fact by fact, for the person who merges them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Origin, Part, Signing
from ..models import BatchEntry, BatchState, Project, ProjectState
from ..rules import AMOUNTS, FACTS
from .carrying import CarriedGroup, bound_to, carried_groups
from .holding import roles_in
from .merged import merge_of
from .pipelines import modes_at, pipeline_at, stage_of
from .rows import amount_of
from .timelines import FIELDS

UNITS = {"万元": gettext_lazy("万元"), "亩": gettext_lazy("亩")}


@dataclass(frozen=True)
class Fact:
    """One fact as both records have it. `takes` says that only the one to be merged has it."""

    name: str
    label: str
    mine: str
    theirs: str
    same: bool
    takes: bool


@dataclass(frozen=True)
class Side:
    """One of the two: its state as shown, and what the viewer is to it."""

    key: str
    name: str
    seen: int
    stage: str
    roles: frozenset[str]
    lists: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The survivor, the project to be merged into it, and every fact; `both` are lists that hold
    both, where they will count once; `groups` what else the survivor may take over, and `bound`
    what refuses the merge."""

    into: Side
    project: Side
    facts: tuple[Fact, ...]
    both: tuple[str, ...]
    groups: tuple[CarriedGroup, ...]
    bound: str

    @property
    def differing(self) -> list[Fact]:
        """The facts for which somebody has to choose."""
        return [fact for fact in self.facts if not fact.same]


def compare(into: str, project: str, viewer: Viewer, moment: Moment) -> Comparison | None:
    """Two projects within the viewer's scope, neither merged away; None for anything else."""
    mine = visible(Project.objects.at(moment).filter(key__in=[into, project]), viewer)
    found = {one.key: one for one in mine.select_related("act")}
    if len(found) != 2 or any(merge_of(key, moment) for key in found):
        return None
    states = {s.project_id: s for s in ProjectState.objects.at(moment).filter(project__in=found)}
    lists = _lists(list(found), moment)
    sides = {
        key: _side(found[key], states[key], lists.get(key, []), viewer, moment) for key in found
    }
    words = _words(found, states, moment)
    facts = tuple(_fact(name, words, states[into], states[project]) for name in FACTS)
    both = tuple(one for one in lists.get(into, []) if one in lists.get(project, []))
    groups = () if moment.is_past else tuple(carried_groups(project, into))
    bound = "" if moment.is_past else bound_to(project)
    return Comparison(sides[into], sides[project], facts, both, groups, bound)


def _side(
    project: Project, state: ProjectState, lists: list[str], viewer: Viewer, moment: Moment
) -> Side:
    rule = stage_of(project, state.stage, pipeline_at(project.city, moment))
    roles = roles_in(viewer, project.city, state.lead, state.zone)
    return Side(
        key=project.key,
        name=state.name,
        seen=state.since_id,
        stage=titled(rule) if rule else state.stage,
        roles=frozenset() if moment.is_past else roles,
        lists=tuple(lists),
    )


def _lists(keys: list[str], moment: Moment) -> dict[str, list[str]]:
    """The lists each project stands in, in words."""
    entries = list(BatchEntry.objects.at(moment).filter(project__in=keys).order_by("since", "id"))
    states = BatchState.objects.at(moment).filter(batch__in={e.batch_id for e in entries})
    titles = dict(states.values_list("batch_id", "title"))
    found: dict[str, list[str]] = {}
    for entry in entries:
        said = f"{titles.get(entry.batch_id, '')} · {Part(entry.part).label}"
        found.setdefault(entry.project_id, []).append(said)
    return found


def _words(
    found: dict[str, Project], states: dict[str, ProjectState], moment: Moment
) -> dict[str, dict[str, str]]:
    """What keys are called in the reader's language, by the fact they stand in."""
    units = unit_names({u for s in states.values() for u in (s.lead, s.zone) if u}, moment)
    city = next(iter(found.values())).city
    stages = {}
    for key, state in states.items():
        rule = stage_of(found[key], state.stage, pipeline_at(city, moment))
        stages[state.stage] = titled(rule) if rule else state.stage
    return {
        "lead": units,
        "zone": units,
        "stage": stages,
        "mode": {rule.key: titled(rule) for rule in modes_at(city, moment)},
        "origin": {key: str(label) for key, label in Origin.choices},
        "signing": {key: str(label) for key, label in Signing.choices},
    }


def _fact(
    name: str, words: dict[str, dict[str, str]], into: ProjectState, project: ProjectState
) -> Fact:
    mine, theirs = (_value(name, words, state) for state in (into, project))
    empty = shown(None)
    return Fact(
        name=name,
        label=str(FIELDS[name]),
        mine=mine,
        theirs=theirs,
        same=mine == theirs,
        takes=mine == empty != theirs,
    )


def _value(name: str, words: dict[str, dict[str, str]], state: ProjectState) -> str:
    if name in AMOUNTS:
        amount = amount_of(state, name)
        if amount is None:
            return shown(None)
        return f"{shown(amount.normalize() + 0)} {UNITS[AMOUNTS[name]]}"
    value: Any = getattr(state, name)
    return shown(words[name].get(value, value) if name in words else value)
