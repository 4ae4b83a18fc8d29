"""Sites as rows: a fixed number of queries, whatever the number of sites or the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import CleanClass, PlotUse, RegionalAppraisal, SiteKind, SupplyMode
from ..models import Occupation, PlantState, PlotState, Site
from ..rules import Standing, standing


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A plot as it stood at a moment. Area in 亩, price in 万元/亩; `drawn`: it has a geometry."""

    key: str
    name: str
    number: str
    zone_unit: str
    zone: str
    park: str
    use: str
    area: Decimal | None
    standard: bool
    intensity: Decimal | None
    output: Decimal | None
    tax: Decimal | None
    energy: Decimal | None
    appraisals: tuple[str, ...]
    water: Decimal | None
    sewage: Decimal | None
    gas: Decimal | None
    power: Decimal | None
    price: Decimal | None
    supply: str
    years: int | None
    drawn: bool
    standing: Standing

    @property
    def appraised(self) -> str:
        """The regional appraisals done, in one line."""
        return listed(self.appraisals)

    @property
    def state(self) -> str:
        """Free, reserved or taken, in words."""
        return self.standing.label


@dataclass(frozen=True, slots=True)
class PlantRow:
    """A floor of a standard plant as it stood at a moment. Area in m², rent in 元/m² a month."""

    key: str
    building: str
    floor: str
    zone_unit: str
    zone: str
    park: str
    area: Decimal | None
    load: Decimal | None
    height: Decimal | None
    clean: str
    clean_label: str
    power: Decimal | None
    rent: Decimal | None
    completed_on: date | None
    built: bool
    standing: Standing

    @property
    def name(self) -> str:
        """Building and floor."""
        return f"{self.building} {self.floor}"

    @property
    def state(self) -> str:
        """Free, reserved or taken, in words."""
        return self.standing.label


def plots(viewer: Viewer, moment: Moment) -> list[PlotRow]:
    """The plots in the viewer's scope as known at the moment, zone by zone."""
    mine = Site.objects.filter(kind=SiteKind.PLOT)
    return plot_rows(visible(mine, viewer), moment)


def plants(viewer: Viewer, moment: Moment) -> list[PlantRow]:
    """The floors of standard plants in the viewer's scope as known at the moment."""
    mine = Site.objects.filter(kind=SiteKind.PLANT)
    return plant_rows(visible(mine, viewer), moment)


def exactly(state: PlotState | PlantState, name: str) -> Decimal | None:
    """An amount of a state by its column."""
    number = getattr(state, name)
    return None if number is None else Decimal(number).scaleb(-getattr(state, f"{name}_scale"))


def standings(sites: QuerySet[Site], moment: Moment) -> dict[str, Standing]:
    """How sites stand at a moment, by key; one that nobody ever held isn't among them."""
    held = Occupation.objects.at(moment).filter(site__in=sites.values("key"))
    return {one.site_id: standing(one, moment.at) for one in held}


def plot_rows(sites: QuerySet[Site], moment: Moment) -> list[PlotRow]:
    """Rows of the given plots, which the caller has scoped, as known at the moment."""
    states = PlotState.objects.at(moment).filter(site__in=sites.values("key"))
    found = list(states.select_related("site").defer("geometry"))
    zones, held = _zones(found, moment), standings(sites, moment)
    rows = [_plot(one, zones, held.get(one.site_id, Standing())) for one in found]
    return sorted(rows, key=lambda row: (row.zone, row.name, row.key))


def plant_rows(sites: QuerySet[Site], moment: Moment) -> list[PlantRow]:
    """Rows of the given floors, which the caller has scoped, as known at the moment."""
    states = PlantState.objects.at(moment).filter(site__in=sites.values("key"))
    found = list(states.select_related("site"))
    zones, held = _zones(found, moment), standings(sites, moment)
    rows = [_plant(one, zones, held.get(one.site_id, Standing()), moment.today) for one in found]
    return sorted(rows, key=lambda row: (row.zone, row.building, row.floor, row.key))


def _zones(states: Iterable[PlotState | PlantState], moment: Moment) -> dict[str, str]:
    return unit_names({state.site.zone for state in states}, moment)


def _plot(state: PlotState, zones: dict[str, str], held: Standing) -> PlotRow:
    names = ("area", "intensity", "output", "tax", "energy", "water", "sewage", "gas", "power")
    return PlotRow(
        key=state.site_id,
        name=state.name,
        number=state.number,
        zone_unit=state.site.zone,
        zone=zones.get(state.site.zone, ""),
        park=state.park,
        use=str(PlotUse(state.use).label),
        standard=state.standard,
        appraisals=tuple(str(RegionalAppraisal(one).label) for one in state.appraisals),
        price=exactly(state, "price"),
        supply=str(SupplyMode(state.supply_mode).label) if state.supply_mode else "",
        years=state.supply_years,
        drawn=state.measured is not None,
        standing=held,
        **{name: exactly(state, name) for name in names},
    )


def _plant(state: PlantState, zones: dict[str, str], held: Standing, today: date) -> PlantRow:
    names = ("area", "load", "height", "power", "rent")
    return PlantRow(
        key=state.site_id,
        building=state.building,
        floor=state.floor,
        zone_unit=state.site.zone,
        zone=zones.get(state.site.zone, ""),
        park=state.park,
        clean=state.clean_class,
        clean_label=str(CleanClass(state.clean_class).label),
        completed_on=state.completed_on,
        built=state.completed_on is not None and state.completed_on <= today,
        standing=held,
        **{name: exactly(state, name) for name in names},
    )
