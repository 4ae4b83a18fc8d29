"""The map of a city's chains in memory: read once for each act that changes it."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q

from luodi.audit.models import ActSubject
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.kit.networks.supply import Supply as Link
from luodi.kit.networks.supply import SupplyGraph
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import unit_names

from ..choices import FirmStanding
from ..models import (
    ChainFirmState,
    IndustrialChainState,
    Making,
    ProductState,
    SegmentState,
    Supply,
)

T = TypeVar("T")
FINE = 4
"""Amounts are brought to so many places, in 万元, before they are added."""
KEPT = 4
MOST_KEPT = 600_000
"""Products, makers and supplies of all maps kept: memory stays bounded. One map always is."""


def map_subject(city: str) -> str:
    """What every act that changes the map of a city touches."""
    return subject_key("chain_map", city)


@dataclass(frozen=True, slots=True)
class FirmNode:
    """A firm: `local` is its key in the register, `zone` who looks after it there."""

    key: str
    name: str
    local: str
    place: str
    certificates: tuple[str, ...]
    generated: bool
    unit: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class SegmentNode:
    key: str
    chain: str
    name: str
    stream: str
    place: int
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductNode:
    key: str
    segment: str
    name: str
    technique: str
    application: str


@dataclass(frozen=True)
class ChainMap:
    """Everything the questions need, merged firms already followed to who took them over."""

    chains: Mapping[str, str]
    segments: Mapping[str, SegmentNode]
    products: Mapping[str, ProductNode]
    firms: Mapping[str, FirmNode]
    merged: Mapping[str, str]
    makes: tuple[tuple[str, str], ...]
    capabilities: Mapping[tuple[str, str], str]
    links: tuple[Link, ...]

    @cached_property
    def graph(self) -> SupplyGraph:
        """The graph of the whole city."""
        firms = {key: bool(firm.local) for key, firm in self.firms.items()}
        return SupplyGraph(firms, tuple(self.products), self.makes, self.links)

    @cached_property
    def products_in(self) -> dict[str, list[str]]:
        """The products of each chain."""
        found: dict[str, list[str]] = {chain: [] for chain in self.chains}
        for key, product in self.products.items():
            found.setdefault(self.segments[product.segment].chain, []).append(key)
        return found

    @cached_property
    def makers(self) -> dict[str, list[str]]:
        """The firms that say they make each product."""
        found: dict[str, list[str]] = defaultdict(list)
        for firm, product in self.makes:
            found[product].append(firm)
        return found

    @cached_property
    def made(self) -> dict[str, list[str]]:
        """The products each firm makes."""
        found: dict[str, list[str]] = defaultdict(list)
        for firm, product in self.makes:
            found[firm].append(product)
        return found

    @cached_property
    def registered(self) -> dict[str, tuple[Any, ChainMap]]:
        """What the register said of its firms last, and the map with it."""
        return {}

    @cached_property
    def shares(self) -> dict[tuple[str, str], int]:
        """For each buyer and product the sum of the shares that are known of it."""
        found: dict[tuple[str, str], int] = {}
        for buyer, product, _supplier, _value, share in self.links:
            if share is not None:
                found[buyer, product] = found.get((buyer, product), 0) + share
        return found

    def once(self, what: str, chain: str, make: Callable[[], T]) -> T:
        """What is worked out of the map for a chain, once for each language."""
        key = (what, chain, language())
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[tuple[str, str, str], Any]:
        return {}

    def graph_of(self, chain: str) -> SupplyGraph:
        """The part of the graph that is about the products of one chain."""
        kept = self._parts.get(chain)
        if kept is None:
            mine = set(self.products_in.get(chain, ()))
            if len(mine) == len(self.products):
                self._parts[chain] = self.graph
                return self.graph
            kept = self._parts[chain] = SupplyGraph(
                self.graph.firms,
                tuple(sorted(mine)),
                tuple(pair for pair in self.makes if pair[1] in mine),
                tuple(link for link in self.links if link.product in mine),
            )
        return kept

    @cached_property
    def _parts(self) -> dict[str, SupplyGraph]:
        return {}

    def firm_name(self, key: str) -> str:
        """What a firm is called now; merged ones by who took them over."""
        firm = self.firms.get(self.merged.get(key, key))
        return firm.name if firm else "—"

    def product_name(self, key: str) -> str:
        """What a product is called."""
        product = self.products.get(key)
        return product.name if product else "—"

    def segment_of(self, product: str) -> SegmentNode:
        """The segment a product belongs to."""
        return self.segments[self.products[product].segment]


_maps: OrderedDict[tuple[str, str, date], ChainMap] = OrderedDict()


def chain_map(city: str, moment: Moment) -> ChainMap:
    """The map of a city at a moment. It is read again only after an act that changed it.

    Names and places of local firms follow the register of enterprises and are read each time.
    """
    key = (city, _last_change(city, moment), moment.today)
    found = _maps.get(key)
    if found is None:
        found = _maps[key] = _read(city, moment)
    _maps.move_to_end(key)
    while len(_maps) > 1 and (len(_maps) > KEPT or sum(map(_weight, _maps.values())) > MOST_KEPT):
        _maps.popitem(last=False)
    return _with_register(found, city, moment)


def forget_maps() -> None:
    """Drop the maps held in memory: the next question reads its own."""
    _maps.clear()


def _weight(one: ChainMap) -> int:
    return len(one.products) + len(one.makes) + len(one.links)


def _last_change(city: str, moment: Moment) -> str:
    acts = ActSubject.objects.filter(subject=map_subject(city))
    if moment.position is not None:
        acts = acts.filter(act__lte=moment.position)
    return acts.order_by("-act").values_list("act__digest", flat=True).first() or ""


def _with_register(found: ChainMap, city: str, moment: Moment) -> ChainMap:
    """The map with what the register says of its local firms; the same where it adds nothing.

    What was said the time before is kept with its map, and what was worked out of it too.
    """
    local = {firm.local: firm for firm in found.firms.values() if firm.local}
    firms_here = ChainFirmState.objects.at(moment).filter(city=city).exclude(local="")
    rows = EnterpriseState.objects.at(moment).filter(city=city, of__in=firms_here.values("local"))
    said = [row for row in rows.order_by("of").values_list("of", "name", "unit", "county")
            if row[0] in local]  # fmt: skip
    names = unit_names({county for _of, _name, _unit, county in said if county}, moment)
    kept = found.registered.get("map")
    if kept is not None and kept[0] == (said, names):
        return kept[1]
    changed = {}
    for of, name, unit, county in said:
        firm = local[of]
        now = FirmNode(
            firm.key, name, firm.local, names.get(county, "") or firm.place, firm.certificates,
            firm.generated, unit, county,
        )  # fmt: skip
        if now != firm:
            changed[firm.key] = now
    if not changed:
        return found
    firms = {**found.firms, **changed}
    fresh = ChainMap(
        found.chains, found.segments, found.products, firms, found.merged, found.makes,
        found.capabilities, found.links,
    )  # fmt: skip
    for name in ("graph", "products_in", "makers", "made", "shares", "_parts"):
        fresh.__dict__[name] = getattr(found, name)
    found.registered["map"] = ((said, names), fresh)
    return fresh


def _read(city: str, moment: Moment) -> ChainMap:
    chains = dict(
        IndustrialChainState.objects.at(moment).filter(city=city).values_list("chain", "name")
    )
    rows = SegmentState.objects.at(moment).filter(chain__city=city).order_by("place", "name")
    segments = {
        row.segment_id: SegmentNode(
            row.segment_id, row.chain_id, row.name, row.stream, row.place, tuple(row.techniques)
        )
        for row in rows
    }
    names = ProductState.objects.at(moment).filter(product__city=city).order_by("name", "product")
    fields = ("product", "segment", "name", "technique", "application")
    products = {row[0]: ProductNode(*row) for row in names.values_list(*fields)}
    firms, merged = _firms(city, moment)
    making = Making.objects.at(moment).filter(firm__city=city)
    pairs: dict[tuple[str, str], str] = {}
    for firm, product, capability in making.values_list("firm", "product", "capability"):
        pairs.setdefault((merged.get(firm, firm), product), capability)
    links = tuple(_links(city, moment, merged))
    return ChainMap(chains, segments, products, firms, merged, tuple(sorted(pairs)), pairs, links)


def _firms(city: str, moment: Moment) -> tuple[dict[str, FirmNode], dict[str, str]]:
    """Firms by key, and from those merged away to who holds their place in the end."""
    firms, into = {}, {}
    rows = ChainFirmState.objects.at(moment).filter(city=city).order_by("name", "firm")
    fields = (
        "firm",
        "name",
        "local",
        "place",
        "certificates",
        "generated",
        "merged_into",
        "standing",
    )
    for key, name, local, place, certificates, generated, merged, standing in rows.values_list(
        *fields
    ):
        if standing == FirmStanding.MERGED:
            into[key] = merged
        else:
            firms[key] = FirmNode(key, name, local, place, tuple(certificates), generated)
    return firms, {key: _end(key, into) for key in into}


def _end(key: str, into: Mapping[str, str]) -> str:
    seen = set()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key


def _links(city: str, moment: Moment, merged: Mapping[str, str]) -> Iterable[Link]:
    today = moment.today
    begun = Q(since_on=None) | Q(since_on__lte=today)
    goes_on = Q(until_on=None) | Q(until_on__gte=today)
    rows = Supply.objects.at(moment).filter(begun, goes_on, buyer__city=city)
    fields = ("buyer", "product", "supplier", "value", "value_scale", "share")
    powers = [10 ** (FINE - scale) for scale in range(FINE + 1)]
    for buyer, product, supplier, value, scale, share in rows.values_list(*fields):
        fine = None if value is None else value * powers[scale]
        known = merged.get(supplier, supplier) if supplier else None
        yield Link(merged.get(buyer, buyer), product, known, fine, share)
