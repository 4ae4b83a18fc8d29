"""Meeting screens (投屏): one page for each zone, all from one frozen moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.queries.targets import GoalRow, goal_rows, goals_set_for
from luodi.ledger.choices import Source
from luodi.ledger.queries import items
from luodi.orgs.models import UnitState
from luodi.orgs.rules import Viewer
from luodi.projects.queries import gates, projects

from ..rules.bulletins import Gate
from .composing import zones_of
from .standings import KINDS, Lit, UnitStanding, by_unit, lit

WORST = 3
MOST_GOALS = 4
MOST_STAGES = 6
MOST_GATES = 3
MINUTE = 60


@dataclass(frozen=True)
class Screen:
    """What the screen shows of one zone; `number` is the digit that jumps to it.

    `more_goals` are those there is no room for; `open_items` counts open supervised items,
    `decisions` those of them that a meeting decided.
    """

    number: int
    unit: str
    name: str
    reds: int
    yellows: int
    kinds: tuple[tuple[str, int], ...]
    worst: tuple[Lit, ...]
    goals: tuple[GoalRow, ...]
    more_goals: int
    stages: tuple[tuple[str, int], ...]
    projects: int
    gates: tuple[Gate, ...]
    open_items: int
    red_items: int
    decisions: int


def stamp_of(moment: Moment) -> tuple[int, int]:
    """A moment as an address carries it: the last act, and the minute clocks are read at."""
    position = moment.position
    if position is None:
        position = Act.objects.aggregate(last=Max("position"))["last"] or 0
    return position, int(moment.at.timestamp()) // MINUTE


def stamped(position: int, minute: int, now: datetime) -> Moment:
    """The moment an address carries; `NotFound` for one that never was."""
    act = Act.objects.filter(position=position).first()
    try:
        at = datetime.fromtimestamp(minute * MINUTE, UTC)
    except (OverflowError, ValueError, OSError):
        at = None
    if act is None or at is None or at > now or (act.at - at).total_seconds() >= MINUTE:
        raise NotFound(_("没有这个时刻的记录，请从投屏首页重新进入。"))
    return Moment(max(at, act.at), position)


def screens(viewer: Viewer, moment: Moment) -> list[Screen]:
    """A screen for each zone the viewer may see, by name; a fixed number of queries."""
    every = zones_of(viewer.city, moment)
    mine = [zone for zone in every if viewer.sees_whole_city or zone.of_id in viewer.units]
    if not mine:
        return []
    keys = {zone.of_id for zone in mine}
    standing = {row.unit: row for row in by_unit(lit(viewer, moment), moment)}
    goals = _goals(viewer, keys, moment)
    stages = _stages(viewer, moment)
    shares = _gates(viewer, mine, moment)
    work = _items(viewer, keys, moment)
    return [
        _screen(
            number,
            zone,
            standing.get(zone.of_id),
            goals.get(zone.of_id, []),
            stages.get(zone.of_id, {}),
            shares.get(zone.of_id, []),
            work[zone.of_id],
        )
        for number, zone in enumerate(mine, start=1)
    ]


def _screen(
    number: int,
    zone: UnitState,
    standing: UnitStanding | None,
    goals: list[GoalRow],
    stages: Mapping[tuple[int, str], int],
    shares: list[Gate],
    work: Counter[str],
) -> Screen:
    found = standing.lit if standing else ()
    counted = Counter(one.kind for one in found)
    ordered = sorted(goals, key=lambda row: (row.standing.ahead is not False, row.name))
    return Screen(
        number=number,
        unit=zone.of_id,
        name=zone.short_name or zone.name,
        reds=standing.reds if standing else 0,
        yellows=standing.yellows if standing else 0,
        kinds=tuple((str(KINDS[kind]), n) for kind, n in counted.most_common()),
        worst=found[:WORST],
        goals=tuple(ordered[:MOST_GOALS]),
        more_goals=max(0, len(ordered) - MOST_GOALS),
        stages=tuple((label, n) for (_order, label), n in sorted(stages.items()))[:MOST_STAGES],
        projects=sum(stages.values()),
        gates=tuple(shares[:MOST_GATES]),
        open_items=work["open"],
        red_items=work["red"],
        decisions=work["meeting"],
    )


def _goals(viewer: Viewer, zones: Iterable[str], moment: Moment) -> dict[str, list[GoalRow]]:
    """The goals of this year by the zone whose series they are measured by."""
    wanted = set(zones)
    goals = [
        goal
        for goal in goals_set_for(viewer, str(moment.today.year), moment)
        if goal.measured_unit in wanted
    ]
    found: dict[str, list[GoalRow]] = {}
    for goal, row in zip(goals, goal_rows(viewer, goals, moment), strict=True):
        found.setdefault(goal.measured_unit, []).append(row)
    return found


def _stages(viewer: Viewer, moment: Moment) -> dict[str, dict[tuple[int, str], int]]:
    """Projects by zone and stage, stages in their order."""
    found: dict[str, dict[tuple[int, str], int]] = {}
    for row in projects(viewer, moment):
        if row.zone_unit and not row.into:
            stages = found.setdefault(row.zone_unit, {})
            stage = (row.order, row.stage_label)
            stages[stage] = stages.get(stage, 0) + 1
    return found


def _gates(viewer: Viewer, zones: list[UnitState], moment: Moment) -> dict[str, list[Gate]]:
    named = {zone.short_name or zone.name: zone.of_id for zone in zones}
    found: dict[str, list[Gate]] = {}
    for shown in gates(viewer, moment, moment.today).gates:
        for name, came, asked in shown.zones:
            if name in named:
                found.setdefault(named[name], []).append(Gate(shown.title, came, asked))
    return found


def _items(viewer: Viewer, zones: Iterable[str], moment: Moment) -> dict[str, Counter[str]]:
    """Open items by zone: how many, how many red, how many decided by a meeting."""
    found: dict[str, Counter[str]] = {zone: Counter() for zone in zones}
    for row in items(viewer, moment, {"show": "open"}):
        for unit in dict.fromkeys((row.lead_unit, *row.cooperating_units)):
            if unit in found:
                found[unit]["open"] += 1
                found[unit]["red"] += row.light == "red"
                found[unit]["meeting"] += row.source == Source.MEETING
    return found
