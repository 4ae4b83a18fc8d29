"""Which rules hold where: the pack a city runs on, and a zone's own over it.

A row that belongs to a zone, to a unit in a zone or to a firm of a zone is judged by the zone's
edition, where the zone runs one; everything else by the city's. `rules_for` and `Rulebook.of` take
the row itself, so that nobody has to remember which.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol, TypeVar

from django.db.models import Max

from luodi.common.languages import language, titled
from luodi.common.moments import LOCAL, Moment
from luodi.packs import OWN_LEVELS, Stack

from ..models import EnterpriseState, PackEdition, UnitState
from ..rules import Viewer
from .sources import owned

Read = TypeVar("Read")

Place = tuple[str, str]
"""A city's key and a zone's, or '' for the whole city."""


class Placed(Protocol):
    """Anything with the scope columns: whose it is."""

    @property
    def city(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Rulebook:
    """The editions in force at a moment, read once: ask it for row after row.

    `within` leads from a unit in a zone with an edition of its own to that zone.
    """

    digests: Mapping[Place, str]
    within: Mapping[str, str] = field(default_factory=dict)

    def of(self, row: Placed) -> Stack:
        """The rules that hold for a row."""
        return self.at(*self.place_of(row.city, row.zone, row.unit))

    def of_unit(self, city: str, unit: str) -> Stack:
        """The rules that hold for a unit of a city."""
        return self.at(*self.place_of(city, unit))

    def place_of(self, city: str, *units: str) -> Place:
        """The place whose edition holds, by the first unit that is, or lies in, a zone with one."""
        for unit in units:
            zone = self.within.get(unit, unit)
            if unit and (city, zone) in self.digests:
                return city, zone
        return city, ""

    def at(self, city: str, zone: str = "") -> Stack:
        """The rules of a place; the city's where the zone has none, empty where neither has."""
        digest = self.digests.get((city, zone)) or self.digests.get((city, ""))
        return _stack_of(digest) if digest else Stack(())

    def each(self, read: Callable[[Stack], Read]) -> Callable[..., Read]:
        """What `read` makes of the rules, by city and units (as in `place_of`): worked out once
        for each place, however many rows ask."""
        known: dict[Place, Read] = {}

        def found(city: str, *units: str) -> Read:
            place = self.place_of(city, *units)
            if place not in known:
                known[place] = read(self.at(*place))
            return known[place]

        return found

    def places(self, city: str) -> list[Place]:
        """The city itself, then its zones with editions of their own, in the order of keys."""
        return sorted(place for place in self.digests if place[0] == city)

    def units_of(self, zone: str) -> frozenset[str]:
        """The units that a zone's own edition holds for: itself and those in it."""
        return frozenset({zone, *(unit for unit, over in self.within.items() if over == zone)})

    def of_firms(self, city: str, firms: Iterable[str], moment: Moment) -> dict[str, Place]:
        """Where each firm of a city belongs at a moment; no query where no zone has an edition."""
        keys = set(firms)
        homes: dict[str, tuple[str, str]] = {}
        if any(zone for _, zone in self.places(city)):
            rows = EnterpriseState.objects.at(moment).filter(of__in=keys)
            homes = {of: (zone, unit) for of, zone, unit in rows.values_list("of", "zone", "unit")}
        return {key: self.place_of(city, *homes.get(key, ())) for key in keys}


def rulebook(cities: Iterable[str], moment: Moment) -> Rulebook:
    """The editions of cities and their zones at a moment, in one query; in two where a zone has
    one, since its sub-units run on it too."""
    editions = PackEdition.objects.at(moment).filter(city__in=set(cities))
    rows = editions.values_list("city", "zone", "digest")
    digests = {(city, zone): digest for city, zone, digest in rows}
    zones = {zone for _, zone in digests if zone}
    return Rulebook(digests, _within(digests, zones, moment) if zones else {})


def _within(digests: Mapping[Place, str], zones: set[str], moment: Moment) -> dict[str, str]:
    cities = {city for city, zone in digests if zone}
    rows = UnitState.objects.at(moment).filter(of__city__in=cities, parent__isnull=False)
    return nearest(dict(rows.values_list("of", "parent")), zones)


def nearest(parents: Mapping[str, str], zones: Container[str]) -> dict[str, str]:
    """The nearest of some zones at or above each unit, where there is one, by units' parents."""
    found = {}
    for unit in parents:
        above, seen = unit, {unit}
        while above not in zones and parents.get(above, "") not in {"", *seen}:
            above = parents[above]
            seen.add(above)
        if above in zones:
            found[unit] = above
    return found


def rules_for(row: Placed, moment: Moment) -> Stack:
    """The rules that hold for a row: its zone's where the zone runs its own, else its city's."""
    return rulebook([row.city], moment).of(row)


def rules_of_unit(city: str, unit: str, moment: Moment) -> Stack:
    """The rules that hold for a unit of a city: of the zone it is or lies in, or the city's."""
    return rulebook([city], moment).of_unit(city, unit)


def rules_of_viewer(viewer: Viewer, moment: Moment) -> Stack:
    """The rules somebody works under: of their unit's place, or of their firm's."""
    book = rulebook([viewer.city], moment)
    if viewer.enterprise:
        return book.at(*book.of_firms(viewer.city, [viewer.enterprise], moment)[viewer.enterprise])
    return book.of_unit(viewer.city, viewer.unit)


def rules_in_sight(viewer: Viewer, moment: Moment) -> list[Stack]:
    """The rules a viewer may come upon: one's own first, and for who sees a whole city its
    zones' too. For lists of words to choose from; what is chosen is checked where it belongs."""
    if viewer.sees_whole_city:
        book = rulebook([viewer.city], moment)
        return [book.at(*place) for place in book.places(viewer.city)] or [Stack(())]
    return [rules_of_viewer(viewer, moment)]


def pack_of(city: str, moment: Moment) -> Stack:
    """The packs a city itself ran on at a moment, stacked; empty where none was in force.

    For what is the whole city's. What belongs to a row or a unit asks `rules_for`.
    """
    editions = PackEdition.objects.at(moment).filter(city=city, zone="")
    digest = editions.values_list("digest", flat=True).first()
    return _stack_of(digest) if digest else Stack(())


@lru_cache(maxsize=64)
def _stack_of(digest: str) -> Stack:
    """A stored edition, read back once: its digest is its content."""
    edition = PackEdition.objects.filter(digest=digest).first()
    return Stack.from_content(edition.content) if edition else Stack(())


def cities_in_force(moment: Moment | None = None) -> list[str]:
    """The cities that run on a pack, each once, in the order of keys; now where none is said."""
    editions = PackEdition.objects.open() if moment is None else PackEdition.objects.at(moment)
    return list(editions.filter(zone="").order_by("city").values_list("city", flat=True))


def places_in_force(moment: Moment) -> tuple[Rulebook, list[Place]]:
    """Every edition in force with its place: each city, then its zones with rules of their own."""
    book = rulebook(cities_in_force(moment), moment)
    return book, sorted(book.digests)


def rules_changed_at(city: str, moment: Moment) -> datetime | None:
    """When the rules of a city or of one of its zones last changed, as known at a moment."""
    editions = PackEdition.objects.at(moment).filter(city=city)
    return editions.aggregate(last=Max("since__at"))["last"]


@dataclass(frozen=True)
class OwnRule:
    """A rule that a zone has of its own: what it is called, whose it is and where it stands."""

    title: str
    source: str


@dataclass(frozen=True)
class RulesShown:
    """The rules a unit runs on at a moment, as its page says it: packs from the widest."""

    packs: tuple[str, ...]
    zone: str
    since: date
    digest: str
    own: tuple[OwnRule, ...]


def rules_shown(city: str, unit: str, moment: Moment) -> RulesShown | None:
    """The edition that holds for a unit, with what its zone has of its own; None without one."""
    place = rulebook([city], moment).place_of(city, unit)
    rows = PackEdition.objects.at(moment).filter(city=place[0], zone=place[1])
    edition = rows.select_related("since").first()
    if edition is None:
        return None
    stack = _stack_of(edition.digest)
    own = [pack for pack in stack.packs if place[1] and pack.head.level in OWN_LEVELS]
    rules = [rule for pack in own for some in pack.rules.values() for rule in some]
    english = language() == "en"
    return RulesShown(
        packs=tuple(p.head.name_en if english else p.head.name for p in stack.packs),
        zone=place[1],
        since=edition.since.at.astimezone(LOCAL).date(),
        digest=edition.digest[:12],
        own=tuple(OwnRule(titled(rule), owned(rule)) for rule in rules if hasattr(rule, "title")),
    )
