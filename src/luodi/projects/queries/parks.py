"""Zone, park, building, tenant: what stands where, and which business group looks after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from luodi.common.keys import split_subject
from luodi.common.moments import Moment
from luodi.orgs.queries import enterprises_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.sites.queries import PlantRow, PlotRow, plants, plots, rate_of
from luodi.sites.rules import UseRate, keeps_sites

from ..models import Block, BlockState, Project, ProjectState


@dataclass(frozen=True)
class Tenant:
    """Who holds a site: a project or enterprise the viewer may see; else only that it is held."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class Spot:
    """A plot or a floor, with its tenant."""

    row: PlotRow | PlantRow
    tenant: Tenant | None


@dataclass(frozen=True)
class Building:
    """A building of standard plants with its floors and its use rate."""

    name: str
    floors: tuple[Spot, ...]
    rate: UseRate


@dataclass(frozen=True)
class Park:
    """A park of a zone; no name where sites tell none. `block` is whose it is, if anyone's."""

    name: str
    block: BlockRow | None
    plots: tuple[Spot, ...]
    buildings: tuple[Building, ...]
    rate: UseRate
    area: Decimal

    @property
    def projects(self) -> int:
        """How many different tenants the viewer may see in it."""
        spots = [*self.plots, *(floor for one in self.buildings for floor in one.floors)]
        return len({spot.tenant.address for spot in spots if spot.tenant and spot.tenant.address})


@dataclass(frozen=True)
class ZoneParks:
    """A zone with its parks."""

    key: str
    name: str
    parks: tuple[Park, ...]
    rate: UseRate


@dataclass(frozen=True)
class BlockRow:
    """A block. `seen` is the position of its state; `keeper` whether the viewer may change it."""

    key: str
    zone_unit: str
    zone: str
    name: str
    group: str
    parks: tuple[str, ...]
    seen: int
    keeper: bool


def blocks(viewer: Viewer, moment: Moment) -> list[BlockRow]:
    """The blocks in the viewer's scope as known at the moment, zone by zone."""
    mine = visible(Block.objects.all(), viewer).values("key")
    states = list(BlockState.objects.at(moment).filter(block__in=mine).select_related("block"))
    zones = unit_names({state.block.zone for state in states}, moment)
    rows = [
        BlockRow(
            key=s.block_id,
            zone_unit=s.block.zone,
            zone=zones.get(s.block.zone, ""),
            name=s.name,
            group=s.group,
            parks=tuple(s.parks),
            seen=s.since_id,
            keeper=not moment.is_past and keeps_sites(viewer, s.block.city, s.block.zone),
        )
        for s in states
    ]
    return sorted(rows, key=lambda row: (row.zone, row.name))


def parks(viewer: Viewer, moment: Moment) -> list[ZoneParks]:
    """Every zone with parks, buildings and tenants, in a fixed number of queries."""
    land, floors = plots(viewer, moment), plants(viewer, moment)
    named = _tenants([*land, *floors], viewer, moment)
    owned = {
        (block.zone_unit, park): block for block in blocks(viewer, moment) for park in block.parks
    }
    zones = sorted({(row.zone, row.zone_unit) for row in (*land, *floors)})
    return [
        _zone(
            name,
            key,
            [row for row in land if row.zone_unit == key],
            [row for row in floors if row.zone_unit == key],
            named,
            owned,
        )
        for name, key in zones
    ]


def _zone(
    name: str,
    key: str,
    land: list[PlotRow],
    floors: list[PlantRow],
    named: dict[str, Tenant],
    owned: dict[tuple[str, str], BlockRow],
) -> ZoneParks:
    titles = sorted({row.park for row in (*land, *floors)}, key=lambda park: (not park, park))
    found = []
    for title in titles:
        mine = [row for row in floors if row.park == title]
        ground = [row for row in land if row.park == title]
        found.append(
            Park(
                name=title,
                block=owned.get((key, title)) if title else None,
                plots=tuple(_spot(row, named) for row in ground),
                buildings=_buildings(mine, named),
                rate=rate_of(mine),
                area=sum((row.area or Decimal(0) for row in ground), Decimal(0)),
            )
        )
    return ZoneParks(key, name, tuple(found), rate_of(floors))


def _buildings(floors: list[PlantRow], named: dict[str, Tenant]) -> tuple[Building, ...]:
    ordered = sorted(floors, key=lambda row: (row.building, row.floor))
    return tuple(
        Building(name, tuple(_spot(row, named) for row in some), rate_of(some))
        for name, some in ((n, list(g)) for n, g in groupby(ordered, lambda row: row.building))
    )


def _spot(row: Any, named: dict[str, Tenant]) -> Spot:
    holder = row.standing.holder
    return Spot(row, named.get(holder, Tenant()) if holder else None)


def _tenants(
    rows: Iterable[PlotRow | PlantRow], viewer: Viewer, moment: Moment
) -> dict[str, Tenant]:
    """Names and addresses of the holders that the viewer may see, by subject."""
    holders = {row.standing.holder for row in rows if row.standing.holder}
    keys: dict[str, set[str]] = {"project": set(), "enterprise": set()}
    for holder in holders:
        kind, key = split_subject(holder)
        keys.setdefault(kind, set()).add(key)
    mine = visible(Project.objects.filter(key__in=keys["project"]), viewer).values("key")
    states = ProjectState.objects.at(moment).filter(project__in=mine)
    found = {
        f"project:{key}": Tenant(name, f"/projects/{key}/")
        for key, name in states.values_list("project_id", "name")
    }
    firms = enterprises_of(viewer, moment).filter(of__in=keys["enterprise"])
    return found | {
        f"enterprise:{key}": Tenant(name, f"/enterprises/{key}/")
        for key, name in firms.values_list("of", "name")
    }


def park_names(viewer: Viewer, moment: Moment, zone: str = "") -> list[str]:
    """The parks that sites name, of one zone or of all."""
    rows = [*plots(viewer, moment), *plants(viewer, moment)]
    return sorted({row.park for row in rows if row.park and zone in ("", row.zone_unit)})
