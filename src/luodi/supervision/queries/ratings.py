"""Ratings of departments: what a zone may rate, and results that show nobody's single rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty, pressing
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import Period, due
from luodi.ledger.queries import Row, is_closed, items, rows_about
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, unit_names, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs import Stack, clock_for, work_calendar
from luodi.packs.schemas import RatingRule
from luodi.projects.models import Problem, ProjectState

from ..models import DepartmentRatingState
from ..rules.ratings import Given, Result, results
from .composing import zones_of

WINDOW = "item.rating"
"""What starts the clock within which a closed item may be rated."""

DEPARTMENTS = (UnitKind.BUREAU, UnitKind.VERTICAL, UnitKind.SUBORDINATE)


@dataclass(frozen=True)
class ToRate:
    """A department that took part in a closed item of a zone, with what the zone said of it.

    `seen` is the act of the rating there is, 0 for none; `open` until the window closes.
    """

    item: str
    number: str
    title: str
    zone: str
    department: str
    name: str
    closed_at: datetime
    until: datetime | None
    score: int | None
    words: str
    seen: int
    open: bool


@dataclass(frozen=True)
class Rated:
    """A department's result with its name."""

    name: str
    result: Result


def rating_rule(city: str, moment: Moment) -> RatingRule | None:
    """How zones of a city rate departments at a moment; None where they don't."""
    rules = pack_of(city, moment).all("ratings", RatingRule, moment.today)
    return min(rules, key=lambda rule: rule.key) if rules else None


def window_end(stack: Stack, closed_at: datetime) -> datetime | None:
    """When a closed item may be rated no more; None where the pack sets no window."""
    found = clock_for(stack, WINDOW, closed_at.astimezone(LOCAL).date())
    return due(closed_at, found[1], work_calendar(stack)).at if found else None


def to_rate(viewer: Viewer, moment: Moment) -> list[ToRate]:
    """The departments the viewer's zones may rate or have rated, the latest item first.

    An item is a zone's where it is a party to it, or where it grew from a problem of a project in
    the zone. The number of queries doesn't depend on how many there are.
    """
    zones = [zone.of_id for zone in zones_of(viewer.city, moment) if _speaks(viewer, zone.of_id)]
    rule = rating_rule(viewer.city, moment)
    if not zones or rule is None:
        return []
    mine = _closed_of(viewer, zones, moment)
    wanted = {unit for row, _zone in mine for unit in (row.lead_unit, *row.cooperating_units)}
    departments = _departments(wanted, moment)
    known = _given_by(zones, moment)
    stack = pack_of(viewer.city, moment)
    found = []
    for row, zone in mine:
        if rule.sources and row.source not in rule.sources:
            continue
        for unit in dict.fromkeys((row.lead_unit, *row.cooperating_units)):
            if unit in departments and row.closed_at:
                said = known.get((row.key, zone, unit))
                until = said.rating.until_at if said else window_end(stack, row.closed_at)
                found.append(_to_rate(row, zone, unit, departments[unit], until, said, moment))
    return sorted(found, key=lambda one: (not one.open, -one.closed_at.timestamp(), one.name))


def _speaks(viewer: Viewer, zone: str) -> bool:
    return viewer.acts_for(zone, *UNIT_ROLES)


def _closed_of(viewer: Viewer, zones: list[str], moment: Moment) -> list[tuple[Row, str]]:
    """Closed items with the zone whose they are."""
    found: dict[str, tuple[Row, str]] = {}
    for row in items(viewer, moment, {"show": "closed"}):
        zone = next((z for z in zones if z in (row.lead_unit, *row.cooperating_units)), "")
        if zone:
            found[row.key] = (row, zone)
    problems = dict(visible(Problem.objects.at(moment), viewer).values_list("key", "project_id"))
    places = dict(
        ProjectState.objects.at(moment)
        .filter(project__in=set(problems.values()), zone__in=zones)
        .values_list("project_id", "zone")
    )
    subjects = {subject_key("problem", k): p for k, p in problems.items() if p in places}
    for subject, rows in rows_about(subjects, moment).items():
        for row in filter(is_closed, rows):
            found.setdefault(row.key, (row, places[subjects[subject]]))
    return list(found.values())


def _departments(units: Iterable[str], moment: Moment) -> dict[str, str]:
    """Names of those among some units that are departments."""
    rows = UnitState.objects.at(moment).filter(of__in=set(units), kind__in=DEPARTMENTS)
    return {row.of_id: row.short_name or row.name for row in rows}


def _given_by(
    zones: Iterable[str], moment: Moment
) -> Mapping[tuple[str, str, str], DepartmentRatingState]:
    """The ratings of some zones by item, zone and department."""
    rows = DepartmentRatingState.objects.at(moment).filter(rating__unit__in=zones)
    return {
        (row.rating.item_id, row.rating.unit, row.rating.department): row
        for row in rows.select_related("rating")
    }


def _to_rate(
    row: Row,
    zone: str,
    unit: str,
    name: str,
    until: datetime | None,
    said: DepartmentRatingState | None,
    moment: Moment,
) -> ToRate:
    assert row.closed_at is not None
    return ToRate(
        item=row.key,
        number=row.number,
        title=row.title,
        zone=zone,
        department=unit,
        name=name,
        closed_at=row.closed_at,
        until=until,
        score=said.score if said else None,
        words=said.words if said else "",
        seen=said.since_id if said else 0,
        open=until is None or moment.at <= until,
    )


def rating_results(city: str, moment: Moment, rule: RatingRule) -> list[Result]:
    """Results of a city by department and period, of periods that are over only.

    A rating counts in the period in which its window closes: then nobody can revise it, and no
    department can tell from one day to the next what the latest rating was.
    """
    rows = DepartmentRatingState.objects.at(moment).filter(
        rating__city=city, rating__until_at__lt=moment.at
    )
    values = rows.values_list("rating__department", "score", "rating__until_at")
    given = []
    for department, score, closes in values:
        period = Period.containing(closes.astimezone(LOCAL).date(), rule.every)
        if period.end < moment.today:
            given.append(Given(department, period.key, score))
    return results(given, rule)


def ratings_shown(viewer: Viewer, moment: Moment) -> list[Rated]:
    """The results a viewer sees: all to who sees the whole city, a department its own."""
    rule = rating_rule(viewer.city, moment)
    if rule is None:
        return []
    found = [
        one
        for one in rating_results(viewer.city, moment, rule)
        if viewer.sees_whole_city or one.department in viewer.units
    ]
    names = unit_names({one.department for one in found}, moment)
    rows = [Rated(names.get(one.department, ""), one) for one in found]
    return sorted(rows, key=lambda row: _order(row.result), reverse=True)


def _order(one: Result) -> tuple[str, int, int]:
    return one.period, -1 if one.mean is None else one.mean, one.count


def rating_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """The departments a zone has still to rate."""
    return [
        Duty(
            f"{one.number} {one.title}",
            _("已销号，请评价%(name)s的服务") % {"name": one.name},
            reverse("ratings"),
            one.until,
            pressing(one.until, moment.at),
        )
        for one in to_rate(viewer, moment)
        if one.open and one.score is None
    ]
