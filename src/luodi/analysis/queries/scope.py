"""Which figures a reader may read in the analysis. No other file here decides that.

Inside: what `orgs.queries.visible` gives, so a unit's own series, or the whole city's for the
roles that see it; and the series that a grant of the present day shares with their unit. A
released vintage is citable: everybody who works in its city reads it. An open one is read by
anybody. Single rows of enterprises leave this module to nobody but their unit and the
statisticians; to others totals are shown, small ones hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.models import Definition, Indicator, Value
from luodi.orgs.choices import Role
from luodi.orgs.queries import visible
from luodi.orgs.rules import BUSINESS, Viewer

from ..choices import Basis, Cut, GrantStage, ReleaseStage
from ..models import GrantState, Release, ReleaseState
from .cuts import read_cut
from .figures import Figure, Spot, Wanted, figures, hidden_spots


@dataclass(frozen=True)
class Shared:
    """What one grant in force lets its department read."""

    key: str
    purpose: str
    basis: str
    indicators: frozenset[str]
    units: frozenset[str]

    def covers(self, indicator: str, unit: str) -> bool:
        """True for a series of the grant. All enterprises together belong to a grant of all."""
        return indicator in self.indicators and (not self.units or unit in self.units)


@dataclass(frozen=True)
class Reader:
    """A viewer with the grants of the present day: whose figures they may read, and why."""

    viewer: Viewer
    grants: tuple[Shared, ...] = ()

    def reads_unit(self, unit: str) -> bool:
        """True where the reader reads every series of a unit by their own place."""
        return self.viewer.sees_whole_city or unit in self.viewer.units

    def granted(self, indicator: str, unit: str, purpose: str, basis: str) -> Shared | None:
        """The grant by which a series is read, if it takes one."""
        if self.reads_unit(unit):
            return None
        return next(
            (
                one
                for one in self.grants
                if (one.purpose, one.basis) == (purpose, basis) and one.covers(indicator, unit)
            ),
            None,
        )

    def reads(self, indicator: str, unit: str, purpose: str, basis: str) -> bool:
        """True where the reader may read a series."""
        return self.reads_unit(unit) or bool(self.granted(indicator, unit, purpose, basis))

    @property
    def reads_single_rows(self) -> bool:
        """True for who may read single rows of every enterprise: the statisticians."""
        return self.viewer.has(Role.STATISTICIAN)


def reader_for(viewer: Viewer, today: date) -> Reader:
    """A viewer with the grants to their units that hold today (the present day, whatever moment
    is looked at)."""
    if viewer.sees_whole_city or not viewer.units or not viewer.roles & BUSINESS:
        return Reader(viewer)
    states = GrantState.objects.open().filter(
        stage=GrantStage.GRANTED, until_on__gte=today, grant__unit__in=viewer.units
    )
    grants = [state.grant for state in states.select_related("grant").order_by("pk")]
    return Reader(
        viewer,
        tuple(
            Shared(g.key, g.purpose, g.basis, frozenset(g.indicators), frozenset(g.units))
            for g in grants
        ),
    )


@dataclass(frozen=True)
class Read:
    """Figures a reader may read, the small totals among them that are not to be shown."""

    figures: Mapping[Spot, Figure]
    hidden: frozenset[Spot]


def read_figures(
    reader: Reader, wanted: Wanted, inputs: frozenset[str], moment: Moment, cut: str = Cut.UNIT
) -> Read:
    """The figures of a question that the reader may read.

    `inputs` are indicators that granted ones are computed from: their figures are read with them
    and shown by no cell of their own. What small totals give away is judged over the whole city.
    """
    if wanted.basis == Basis.ENTERPRISES:
        rows = Value.objects.at(moment).filter(city__in=reader.viewer.cities)
        if cut != Cut.UNIT:
            return _read_cut(reader, wanted, rows, moment, cut)
        found = figures(rows, replace(wanted, units=frozenset()))
        hidden = () if reader.reads_single_rows else hidden_spots(found, reader.viewer.units)
    else:
        found, hidden = figures(visible(Value.objects.at(moment), reader.viewer), wanted), ()
        if any(grant.basis == Basis.UNITS for grant in reader.grants):
            city = Value.objects.at(moment).filter(city__in=reader.viewer.cities)
            found = {**figures(city, wanted), **found}
    kept = {spot: one for spot, one in found.items() if _kept(reader, wanted, inputs, spot)}
    return Read(kept, frozenset(spot for spot in hidden if spot in kept))


def _read_cut(
    reader: Reader, wanted: Wanted, rows: QuerySet[Value], moment: Moment, cut: str
) -> Read:
    """Totals by another cut, for those who read the whole city: no grant covers them."""
    if not reader.viewer.sees_whole_city:
        return Read({}, frozenset())
    read = read_cut(
        rows, wanted, cut, moment,
        sees_all=reader.reads_single_rows, entitled=reader.viewer.units,
    )  # fmt: skip
    return Read(read.figures, read.hidden)


def _kept(reader: Reader, wanted: Wanted, inputs: frozenset[str], spot: Spot) -> bool:
    indicator, unit, _period = spot
    if reader.reads(indicator, unit, wanted.purpose, wanted.basis):
        return True
    return indicator in inputs and any(
        (grant.purpose, grant.basis) == (wanted.purpose, wanted.basis)
        and (not grant.units or unit in grant.units)
        for grant in reader.grants
    )


def readable_indicators(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators a viewer may ask about."""
    return visible(Indicator.objects.all(), viewer)


def readable_definitions(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    """Their definitions in force, by name."""
    rows = Definition.objects.at(moment).filter(indicator__in=readable_indicators(viewer))
    return rows.select_related("indicator").order_by("name", "measured_in")


def released_values(release: Release, moment: Moment) -> QuerySet[Value]:
    """The rows a vintage is made of, read at `moment` (its own position, or a later one)."""
    return Value.objects.at(moment).filter(city=release.city)


def releases_for(viewer: Viewer, moment: Moment) -> QuerySet[ReleaseState]:
    """The releases of the viewer's cities, newest first; for every business role."""
    rows = ReleaseState.objects.at(moment).filter(release__city__in=viewer.cities)
    rows = rows.select_related("release", "release__act").order_by("-release__number")
    return rows if viewer.roles & BUSINESS else rows.none()


def release_for(viewer: Viewer, key: str, moment: Moment) -> ReleaseState:
    """A release of the viewer's cities, or `NotFound`."""
    found = releases_for(viewer, moment).filter(release=key).first()
    if found is None:
        raise NotFound(_("没有这次发布。"))
    return found


def open_releases() -> QuerySet[ReleaseState]:
    """What is open to anybody now, newest first."""
    rows = ReleaseState.objects.open().filter(is_open=True, stage=ReleaseStage.RELEASED)
    return rows.select_related("release", "release__act").order_by("-release__act")


def open_release(key: str) -> ReleaseState:
    """An open release, or `NotFound`."""
    found = open_releases().filter(release=key).first()
    if found is None:
        raise NotFound(_("没有这份公开数据，或者它已经撤回。"))
    return found
