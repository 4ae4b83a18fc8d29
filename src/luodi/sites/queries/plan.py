"""The plan view: plots of a zone drawn from their real geometry, coloured by state."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.kit.geometry import Plan, plan
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import SiteKind
from ..models import PlotState, Site
from ..rules import WORDS
from ..rules.drawing import drawn
from .rows import PlotRow, plot_rows


@dataclass(frozen=True)
class Drawn:
    """A plot on the plan: its number there, its path, and where its number stands."""

    number: int
    row: PlotRow
    path: str
    at: tuple[float, float]


@dataclass(frozen=True)
class PlanPage:
    """`zones` as (key, name, drawn plots); `undrawn` are the plots of the zone without geometry."""

    zones: tuple[tuple[str, str, int], ...]
    zone: str
    name: str
    sheet: Plan | None
    drawn: tuple[Drawn, ...]
    undrawn: tuple[PlotRow, ...]
    map_numbers: tuple[str, ...]
    counts: tuple[tuple[str, str, int], ...]

    @property
    def described(self) -> str:
        """What the drawing shows, for who can't see it."""
        counted = listed(f"{label} {count}" for _state, label, count in self.counts)
        words = {"n": len(self.drawn), "zone": self.name, "said": counted}
        said = _("%(zone)s的 %(n)s 个地块：%(said)s。名称、状态和面积见图旁的列表。")
        return said % words


def plan_page(viewer: Viewer, moment: Moment, zone: str = "") -> PlanPage:
    """The plan of one zone as known at the moment; of the first with a drawing unless named."""
    mine = visible(Site.objects.filter(kind=SiteKind.PLOT), viewer)
    rows = plot_rows(mine, moment)
    counted: dict[str, tuple[str, int]] = {}
    for row in rows:
        name, count = counted.get(row.zone_unit, (row.zone, 0))
        counted[row.zone_unit] = (name, count + row.drawn)
    zones = tuple((key, name, count) for key, (name, count) in counted.items())
    first = next((key for key, _name, count in zones if count), "")
    chosen = zone if zone in counted else first
    here = [row for row in rows if row.zone_unit == chosen]
    states = PlotState.objects.at(moment).filter(site__in=mine.values("key"), site__zone=chosen)
    kept = {one.site_id: one for one in states if one.geometry}
    sheet = plan({row.key: drawn(kept[row.key].geometry) for row in here if row.key in kept})
    found = []
    for row in here:
        if sheet and row.key in kept:
            place = sheet.labels[row.key]
            found.append(Drawn(len(found) + 1, row, sheet.paths[row.key], place))
    return PlanPage(
        zones=zones,
        zone=chosen,
        name=counted[chosen][0] if chosen else "",
        sheet=sheet,
        drawn=tuple(found),
        undrawn=tuple(row for row in here if row.key not in kept),
        map_numbers=tuple(sorted({one.map_number for one in kept.values() if one.map_number})),
        counts=tuple(
            (state, str(label), sum(one.row.standing.state == state for one in found))
            for state, label in WORDS.items()
        ),
    )
