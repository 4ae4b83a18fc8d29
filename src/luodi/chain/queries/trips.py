"""Trips of leaders against the rhythm the pack asks for; missing ones as duties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.ledger.rules import end_of_day
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import rulebook, source_in_words, unit_names, units_of, visible
from luodi.orgs.rules import REPORTERS, Viewer
from luodi.packs import Stack
from luodi.packs.schemas import CadenceRule

from ..models import Contact, Trip, TripState
from ..rules.trips import Kept, kept, windows
from .targets import modes_of

STATES = {"kept": "done", "missing": "red", "open": "yellow", "to_come": "none"}


@dataclass(frozen=True)
class TripRow:
    """A trip as it was put down."""

    key: str
    unit: str
    leader: str
    from_on: date
    to_on: date
    destination: str
    mode: str
    outcome: str
    contacts: int
    may_take_back: bool
    seen: int


def trips(viewer: Viewer, moment: Moment) -> list[TripRow]:
    """The trips a viewer may see, the latest first."""
    mine = visible(Trip.objects.at(moment), viewer)
    states = TripState.objects.at(moment).filter(trip__in=mine, taken_back=False)
    rows = list(states.select_related("trip").order_by("-from_on", "trip"))
    units = unit_names({row.trip.unit for row in rows}, moment)
    modes = dict(modes_of(viewer.city, moment))
    met: dict[str, int] = defaultdict(int)
    keys = [row.trip_id for row in rows]
    for trip in Contact.objects.at(moment).filter(trip__in=keys).values_list("trip", flat=True):
        met[trip] += 1
    return [
        TripRow(
            row.trip_id,
            units.get(row.trip.unit, ""),
            row.leader,
            row.from_on,
            row.to_on,
            row.destination,
            modes.get(row.mode, ""),
            row.outcome,
            met[row.trip_id],
            may_travel(viewer, row.trip.city, row.trip.unit) and not moment.is_past,
            row.since_id,
        )
        for row in rows
    ]


def may_travel(viewer: Viewer, city: str, unit: str) -> bool:
    """Whether a viewer may put down a trip for a unit: its own people, and the office."""
    if city not in viewer.cities:
        return False
    return viewer.has(Role.OFFICE) or viewer.acts_for(unit, *REPORTERS, Role.LEADER_IN_CHARGE)


def travelling_units(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """The zones and counties whose trips a viewer puts down."""
    units = units_of(viewer.city, moment).filter(kind__in=(UnitKind.ZONE, UnitKind.COUNTY))
    return [(u.of_id, u.name) for u in units if may_travel(viewer, viewer.city, u.of_id)]


@dataclass(frozen=True)
class Rhythm:
    """What a unit's leader is asked for in a year, and what became of it."""

    unit_key: str
    unit: str
    rule: str
    source_in_words: str
    windows: tuple[Kept, ...]

    @property
    def missing(self) -> int:
        """Windows that are over without a trip."""
        return sum(one.state == "missing" for one in self.windows)

    @property
    def done(self) -> int:
        return sum(one.trips for one in self.windows)

    @property
    def missed(self) -> str:
        """The windows that had none."""
        return "、".join(one.window.label for one in self.windows if one.state == "missing")

    @property
    def lamp(self) -> tuple[str, str]:
        """Light and reason."""
        if self.missing:
            return "red", _("有 %(n)d 期没有外出记录") % {"n": self.missing}
        if any(one.state == "open" for one in self.windows):
            return "yellow", _("本期还没有外出记录")
        return "green", _("各期都有外出记录")


def rhythms(viewer: Viewer, moment: Moment, year: int) -> list[Rhythm]:
    """Each leader's year against the pack's rhythm; nothing where the pack asks for none."""
    book = rulebook([viewer.city], moment)
    asked = {place: _asked(book.at(*place), moment) for place in book.places(viewer.city)}
    if not any(asked.values()):
        return []
    units = units_of(viewer.city, moment).filter(kind__in=(UnitKind.ZONE, UnitKind.COUNTY))
    states = TripState.objects.at(moment).filter(trip__city=viewer.city, taken_back=False)
    days: dict[str, list[date]] = defaultdict(list)
    for unit, on in states.values_list("trip__unit", "from_on"):
        days[unit].append(on)
    found = []
    for unit in units.order_by("-kind", "name"):
        rules = asked.get(book.place_of(viewer.city, unit.of_id), {})
        rule = rules.get("zone" if unit.kind == UnitKind.ZONE else "county")
        shown = viewer.sees_whole_city or unit.of_id in viewer.units
        if rule is None or not shown:
            continue
        judged = kept(windows(year, rule.months), days[unit.of_id], moment.today)
        source = source_in_words(rule.source)
        found.append(Rhythm(unit.of_id, unit.name, titled(rule), source, tuple(judged)))
    return found


def _asked(stack: Stack, moment: Moment) -> dict[str, CadenceRule]:
    """The rhythm a pack asks of the leaders of each kind of unit."""
    rules = stack.all("cadence", CadenceRule, moment.today)
    return {rule.whose: rule for rule in rules if rule.what == "visit"}


def trip_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """The trips a unit owes in the window that is open, and those it missed this year.

    The office is told in one line who missed any.
    """
    if not viewer.has(Role.OFFICE, Role.LEADER_IN_CHARGE, *REPORTERS) or not viewer.city:
        return []
    found, late = [], []
    for one in rhythms(viewer, moment, moment.today.year):
        if one.missing:
            late.append(one)
        if not (viewer.acts_for(one.unit_key, *REPORTERS, Role.LEADER_IN_CHARGE)):
            continue
        for window in one.windows:
            if window.state == "open":
                what = _("%(period)s 外出招商还没有记录") % {"period": window.window.label}
                due = end_of_day(window.window.last)
                light = "yellow" if (due - moment.at).days < 10 else "green"
                found.append(Duty(what, one.rule, reverse("chain_trips"), due, light))
        if one.missing:
            what = _("外出招商缺 %(n)d 期") % {"n": one.missing}
            found.append(Duty(what, one.missed, reverse("chain_trips"), None, "red"))
    if viewer.has(Role.OFFICE) and late:
        what = _("%(n)d 个单位的主官外出招商有缺") % {"n": len(late)}
        names = "、".join(one.unit for one in late)
        found.append(Duty(what, names, reverse("chain_trips"), None, "red"))
    return found
