"""What a failing firm would touch, and the ways from one firm to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from luodi.common.refusals import in_words
from luodi.kit.networks.reach import Alternatives, Touched, alternatives, impact, ways
from luodi.kit.networks.supply import Supply as Link
from luodi.kit.refusals import Refusal

from .chains import named
from .graph import ChainMap


@dataclass(frozen=True)
class TouchedRow:
    """A purchase a failure would touch; who could take it over is looked up when it is asked."""

    city_map: ChainMap
    firm: str
    touched: Touched

    @property
    def depth(self) -> int:
        """After how many steps."""
        return self.touched.depth

    @property
    def supplier(self) -> str:
        """The name of who would fail to deliver."""
        return self.city_map.firm_name(self.touched.supply.supplier or "")

    @property
    def product(self) -> str:
        """The name of what would be missing."""
        return self.city_map.product_name(self.touched.supply.product)

    @property
    def buyer(self) -> str:
        """The key of who would miss it."""
        return self.touched.supply.buyer

    @property
    def buyer_name(self) -> str:
        """The name of who would miss it."""
        return self.city_map.firm_name(self.buyer)

    @cached_property
    def _others(self) -> Alternatives:
        supply = self.touched.supply
        return alternatives(self.city_map.graph, supply, [self.firm, supply.supplier or ""])

    @property
    def delivering(self) -> str:
        """Who delivers it to the same buyer already."""
        return named(self.city_map, self._others.delivering)

    @property
    def here(self) -> str:
        """Who could step in here."""
        return named(self.city_map, self._others.here)

    @property
    def elsewhere(self) -> str:
        """Who could step in from elsewhere; said where nobody is known at all."""
        found = named(self.city_map, self._others.elsewhere)
        return found if found or self.delivering or self.here else _("没有登记可替代的企业")


@dataclass(frozen=True)
class Impact:
    """What a failure touches: all purchases, and how many firms, of this place among them."""

    depth: int
    rows: Sequence[TouchedRow]
    firms: int
    local: int

    @property
    def count(self) -> int:
        """How many purchases."""
        return len(self.rows)


def impact_of(city_map: ChainMap, firm: str, depth: int) -> Impact:
    """The purchases a failing firm touches."""
    graph = city_map.graph
    touched = impact(graph, firm, depth)
    buyers = {one.supply.buyer for one in touched} - {firm}
    rows = [TouchedRow(city_map, firm, one) for one in touched]
    return Impact(depth, rows, len(buyers), sum(map(graph.local, buyers)))


@dataclass(frozen=True)
class Ways:
    """The shortest ways from one firm to another in words; `reason` where there is none."""

    found: tuple[str, ...]
    reason: str


def ways_between(city_map: ChainMap, start: str, end: str) -> Ways:
    """How a product gets from one firm to another."""
    found = ways(city_map.graph, start, end)
    if isinstance(found, Refusal):
        return Ways((), in_words(found))
    return Ways(tuple(_way(city_map, way) for way in found), "")


def _way(city_map: ChainMap, way: tuple[Link, ...]) -> str:
    said = city_map.firm_name(way[0].supplier or "")
    for one in way:
        said += f" —{city_map.product_name(one.product)}→ {city_map.firm_name(one.buyer)}"
    return said
