"""What is filled, what is red, what was released last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.indicators.models import Asked, Value
from luodi.indicators.queries import definitions_by_key
from luodi.indicators.queries.targets import GoalRow, goals_of_year
from luodi.kit.calendars import Period
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..rules.questions import back
from .releases import ReleaseRow, release_rows


@dataclass(frozen=True)
class Filled:
    """An indicator in the period that was due last: how many of those asked gave a figure."""

    indicator: str
    name: str
    period: str
    given: int
    asked: int
    missing: str
    address: str

    @property
    def complete(self) -> bool:
        """True where nobody is missing."""
        return self.given == self.asked


@dataclass(frozen=True)
class Overview:
    """The page 统计."""

    filled: tuple[Filled, ...]
    red: tuple[GoalRow, ...]
    releases: tuple[ReleaseRow, ...]


def overview(viewer: Viewer, moment: Moment) -> Overview:
    """What a viewer's figures stand at, in a fixed number of queries."""
    goals = goals_of_year(viewer, str(moment.today.year), moment)
    return Overview(
        tuple(filled(viewer, moment)),
        tuple(goal for goal in goals if goal.standing.ahead is False),
        tuple(release_rows(viewer, moment)[:5]),
    )


def filled(viewer: Viewer, moment: Moment) -> list[Filled]:
    """Each indicator that units are asked for, in the last period that is over; gaps first."""
    asked: dict[str, set[str]] = defaultdict(set)
    rows = visible(Asked.objects.at(moment), viewer)
    for indicator, unit in rows.values_list("indicator", "unit"):
        asked[indicator].add(unit)
    definitions = definitions_by_key(asked, moment)
    due = {
        key: back(Period.containing(moment.today, d.period_kind), 1)  # type: ignore[arg-type]
        for key, d in definitions.items()
    }
    given: dict[str, set[str]] = defaultdict(set)
    values = visible(Value.objects.at(moment), viewer).filter(
        indicator__in=set(due), period__in={p.key for p in due.values()}, enterprise=""
    )
    for indicator, unit, period in values.values_list("indicator", "unit", "period"):
        if period == due[indicator].key:
            given[indicator].add(unit)
    names = unit_names({unit for units in asked.values() for unit in units}, moment)
    found = []
    for key, definition in definitions.items():
        absent = sorted(names.get(unit, "") for unit in asked[key] - given[key])
        span = f"from={due[key].key}&to={due[key].key}&kind={due[key].kind}"
        query = f"indicator={key}&{span}&purpose={definition.purpose}"
        found.append(
            Filled(
                key,
                definition.name,
                due[key].key,
                len(asked[key] & given[key]),
                len(asked[key]),
                listed(absent),
                f"{reverse('pivot')}?{query}",
            )
        )
    return sorted(found, key=lambda row: (row.complete, row.name))
