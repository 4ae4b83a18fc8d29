"""What an enterprise holds: facts for rules, and its ladder over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..models import EntryState
from ..rules import level_title, rule_for, stage_title
from .entries import entries_of


def registers_held(subjects: Iterable[str], moment: Moment) -> dict[str, frozenset[str]]:
    """Fact `enterprise.registers`: the keys of the registers each enterprise stands on.

    One whose recognition has ended stands on it no longer, whether or not anybody entered that.
    """
    return {
        subject_key("enterprise", key): frozenset(state.register for state in states)
        for key, states in _standing(subjects, moment).items()
    }


def levels_held(subjects: Iterable[str], moment: Moment) -> dict[str, frozenset[str]]:
    """Fact `enterprise.register_levels`: register and level as "specialised:little-giant"."""
    return {
        subject_key("enterprise", key): frozenset(
            f"{state.register}:{state.level}" for state in states if state.level
        )
        for key, states in _standing(subjects, moment).items()
    }


def _standing(subjects: Iterable[str], moment: Moment) -> dict[str, list[EntryState]]:
    """The entries each of the enterprises stands on; each of them is there, with none too."""
    keys = {key for kind, key in map(split_subject, subjects) if kind == "enterprise"}
    found: dict[str, list[EntryState]] = {key: [] for key in keys}
    states = EntryState.objects.at(moment).filter(ended=False).select_related("entry")
    if len(keys) < 900:
        states = states.filter(about__in=keys)
    for state in states:
        stage = rule_for(state.entry.rule, state.stage, {}).stage(state.stage)
        lasting = state.until_on is None or state.until_on >= moment.today
        if state.about in found and stage and stage.counts and lasting:
            found[state.about].append(state)
    return found


@dataclass(frozen=True)
class Rung:
    """What an enterprise reached on a register within a year."""

    year: int
    register: str
    stage: str
    level: str
    address_key: str


def rungs_of(viewer: Viewer, enterprise: str, moment: Moment) -> list[Rung]:
    """An enterprise's ladder: the last stage it had on each register in each year, latest first."""
    mine = entries_of(viewer, moment).filter(about=enterprise).values("entry")
    states = EntryState.objects.ever(moment).filter(entry__in=mine)
    last: dict[tuple[int, str], EntryState] = {}
    for state in states.select_related("entry", "since").order_by("since"):
        year = (state.from_on or Moment(state.since.at).today).year
        last[year, state.entry_id] = state
    rungs = defaultdict(list)
    for (year, key), state in last.items():
        rule = rule_for(state.entry.rule, state.stage, {})
        level = level_title(rule, state.level) if state.level else ""
        title = stage_title(rule, state.stage)
        rungs[year].append((rule.order, Rung(year, titled(rule), title, level, key)))
    order = sorted(rungs, reverse=True)
    return [rung for year in order for _, rung in sorted(rungs[year], key=lambda pair: pair[0])]
