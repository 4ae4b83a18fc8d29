"""Each register as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterRule

from .entries import EntryRow, entries_of, entry_rows, rule_named, rules_seen
from .goals import expected_in


@dataclass(frozen=True)
class Overview:
    """One register: how many in each stage, how many stand on it, what presses, its goal.

    `lasting` are those on it whose recognition hasn't ended: the ones a goal counts.
    """

    rule: RegisterRule
    title: str
    stages: tuple[tuple[str, int], ...]
    on: int
    lasting: int
    red: int
    yellow: int
    wanted: int | None

    @property
    def goal_met(self) -> bool | None:
        """Whether what stands on it keeps up with its goal; None without one this year."""
        return None if self.wanted is None else self.lasting >= self.wanted


def overviews(viewer: Viewer, moment: Moment) -> list[Overview]:
    """Every register of the viewer's city, with those that have ended but still hold entries."""
    rows = entry_rows(entries_of(viewer, moment), moment)
    by: dict[str, list[EntryRow]] = defaultdict(list)
    for row in rows:
        by[row.register].append(row)
    rules = rules_seen(viewer, moment)
    for key in by:
        rules.setdefault(key, rule_named(viewer, key, moment))
    wanted = expected_in(viewer, rules.values(), moment)
    return [_overview(rule, by[key], wanted.get(key)) for key, rule in rules.items()]


def _overview(rule: RegisterRule, rows: list[EntryRow], wanted: int | None) -> Overview:
    counts = Counter(row.stage for row in rows)
    return Overview(
        rule=rule,
        title=titled(rule),
        stages=tuple((titled(stage), counts[stage.key]) for stage in rule.stages),
        on=sum(row.counts for row in rows),
        lasting=sum(row.counts and (row.days is None or row.days >= 0) for row in rows),
        red=sum(row.light == "red" for row in rows),
        yellow=sum(row.light == "yellow" for row in rows),
        wanted=wanted,
    )
