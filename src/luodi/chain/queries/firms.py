"""One firm in the chains, ways and impact, and suppliers near a need."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from luodi.common.doors import Card
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound, in_words
from luodi.kit.networks.reach import alternatives, impact, ways
from luodi.kit.networks.supply import Supply as Link
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import Viewer

from ..models import ChainFirmState, Supply
from ..rules import exact_value
from .chains import named
from .graph import ChainMap, FirmNode, chain_map

MOST_SHOWN = 300


@dataclass(frozen=True)
class FirmRow:
    """A firm of the chains."""

    key: str
    name: str
    former: str
    credit_code: str
    place: str
    local: str
    makes: int
    sells: int
    buys: int
    merged: str
    generated: bool


def firm_rows(viewer: Viewer, moment: Moment) -> list[FirmRow]:
    """All firms in the chains of the city, those merged away among them."""
    city_map = chain_map(viewer.city, moment)
    graph = city_map.graph
    buys: dict[str, int] = defaultdict(int)
    for link in graph.supplies:
        buys[link.buyer] += 1
    rows = []
    for state in ChainFirmState.objects.at(moment).filter(city=viewer.city).order_by("name"):
        key, node = state.firm_id, city_map.firms.get(state.firm_id)
        rows.append(
            FirmRow(
                key,
                node.name if node else state.name,
                listed(state.former_names),
                state.credit_code,
                node.place if node else state.place,
                _("本地") if state.local else _("外地"),
                len(city_map.made.get(key, ())),
                len(graph.out.get(key, ())),
                buys[key],
                city_map.firm_name(key) if node is None else "",
                state.generated,
            )
        )
    return rows


def firm_for(viewer: Viewer, key: str, moment: Moment) -> ChainFirmState:
    """A firm of the viewer's cities, or `NotFound`."""
    state = ChainFirmState.objects.at(moment).filter(firm=key, city__in=viewer.cities).first()
    if state is None:
        raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    return state


@dataclass(frozen=True)
class SupplyRow:
    """A purchase as it was put down."""

    pk: int
    supplier: str
    supplier_name: str
    buyer: str
    buyer_name: str
    product: str
    share: Decimal | None
    value: Decimal | None
    source: str
    since_on: date | None
    until_on: date | None
    local: bool
    current: bool


def supply_rows(
    city_map: ChainMap, city: str, moment: Moment, firm: str = "", chain: str = ""
) -> list[SupplyRow]:
    """Supplies of a city, of one firm (and of those merged into it), or of one chain."""
    rows = Supply.objects.at(moment).filter(buyer__city=city)
    if firm:
        keys = [firm, *(key for key, into in city_map.merged.items() if into == firm)]
        rows = rows.filter(Q(buyer__in=keys) | Q(supplier__in=keys))
    if chain:
        rows = rows.filter(product__in=city_map.products_in.get(chain, ()))
    return [_supply_row(city_map, row, moment) for row in rows.order_by("pk")]


def _supply_row(city_map: ChainMap, row: Supply, moment: Moment) -> SupplyRow:
    supplier = city_map.merged.get(row.supplier_id or "", row.supplier_id or "")
    buyer = city_map.merged.get(row.buyer_id, row.buyer_id)
    begun = row.since_on is None or row.since_on <= moment.today
    return SupplyRow(
        row.pk,
        supplier,
        city_map.firm_name(supplier) if supplier else "",
        buyer,
        city_map.firm_name(buyer),
        city_map.product_name(row.product_id),
        None if row.share is None else Decimal(row.share).scaleb(-2).normalize() + 0,
        exact_value(row.value, row.value_scale),
        row.source,
        row.since_on,
        row.until_on,
        city_map.graph.local(supplier),
        begun and (row.until_on is None or row.until_on >= moment.today),
    )


@dataclass(frozen=True)
class TouchedRow:
    """A purchase a failure would touch, and who could take it over."""

    depth: int
    supplier: str
    product: str
    buyer: str
    buyer_name: str
    delivering: str
    here: str
    elsewhere: str

    @property
    def replaced(self) -> bool:
        """Whether anybody is known who could."""
        return bool(self.delivering or self.here or self.elsewhere)


@dataclass(frozen=True)
class Impact:
    """What a failure touches: rows up to `MOST_SHOWN`, and the whole count."""

    depth: int
    rows: tuple[TouchedRow, ...]
    count: int
    firms: int
    local: int


def impact_of(city_map: ChainMap, firm: str, depth: int) -> Impact:
    """The purchases a failing firm touches, with alternatives for those shown."""
    graph = city_map.graph
    touched = impact(graph, firm, depth)
    buyers = {one.supply.buyer for one in touched} - {firm}
    rows = []
    for one in touched[:MOST_SHOWN]:
        other = alternatives(graph, one.supply, [firm])
        rows.append(
            TouchedRow(
                one.depth,
                city_map.firm_name(one.supply.supplier or ""),
                city_map.product_name(one.supply.product),
                one.supply.buyer,
                city_map.firm_name(one.supply.buyer),
                named(city_map, other.delivering),
                named(city_map, other.here),
                named(city_map, other.elsewhere),
            )
        )
    return Impact(depth, tuple(rows), len(touched), len(buyers), sum(map(graph.local, buyers)))


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


@dataclass(frozen=True)
class Candidate:
    """A firm near a need: points, and each reason for them in words."""

    key: str
    name: str
    local: bool
    points: int
    product: str
    place: str
    certificates: str
    customers: str
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return listed(self.reasons)


LEAST = 2
POINTS = {"same": 60, "part": 40, "words": 20, "capability": 20, "zone": 15, "county": 10,
          "city": 5, "certificate": 5, "customer": 3}  # fmt: skip
MOST_CUSTOMERS = 5
MOST_CANDIDATES = 100


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring signs, without what parts words."""
    bare = re.sub(r"[\s\W_]+", "", text.lower())
    return {bare[n : n + 2] for n in range(len(bare) - 1)}


def suppliers_near(
    city_map: ChainMap, need: str, unit: str = "", county: str = ""
) -> list[Candidate]:
    """Firms whose products or capabilities are near a need, the nearest first, with reasons.

    A product of that name counts most, then one that holds it or is held in it, then one with at
    least half of its pairs of signs. Of equal ones those of the same zone, county, city first.
    """
    wanted = need.strip()
    pairs = bigrams(wanted)
    if len(wanted) < LEAST or not pairs:
        return []
    graph, best = city_map.graph, {}
    for key, product in city_map.products.items():
        points, why = _near(wanted, pairs, product.name)
        for firm in graph.able.get(key, ()):
            said = city_map.capabilities.get((firm, key), "")
            more, told = points, [why] if why else []
            if said and len(pairs & bigrams(said)) * 2 >= len(pairs):
                more += POINTS["capability"]
                told.append(_("能力说明写有“%(words)s”") % {"words": said[:40]})
            if more and more > best.get(firm, (0, "", []))[0]:
                best[firm] = (more, product.name, told)
    found = [
        _candidate(city_map, city_map.firms[firm], *said, unit, county)
        for firm, said in best.items()
        if firm in city_map.firms
    ]
    found.sort(key=lambda one: (-one.points, not one.local, one.name, one.key))
    return found[:MOST_CANDIDATES]


def _near(wanted: str, pairs: set[str], name: str) -> tuple[int, str]:
    if name == wanted:
        return POINTS["same"], _("生产同名产品“%(name)s”") % {"name": name}
    if wanted in name or name in wanted:
        return POINTS["part"], _("产品“%(name)s”与需求相符") % {"name": name}
    shared = len(pairs & bigrams(name))
    if shared * 2 >= len(pairs):
        words = {"name": name, "n": shared, "of": len(pairs)}
        return POINTS["words"], _("产品“%(name)s”与需求有 %(n)d/%(of)d 处用词相同") % words
    return 0, ""


def _candidate(
    city_map: ChainMap,
    firm: FirmNode,
    points: int,
    product: str,
    told: list[str],
    unit: str,
    county: str,
) -> Candidate:
    reasons = list(told)
    if firm.local:
        near = (
            "zone"
            if unit and firm.unit == unit
            else "county"
            if county and firm.county == county
            else "city"
        )
        labels = {"zone": _("同一开发区或县区"), "county": _("同一县区"), "city": _("同一城市")}
        points += POINTS[near]
        reasons.append(labels[near])
    if firm.certificates:
        points += POINTS["certificate"] * min(len(firm.certificates), 3)
        reasons.append(_("持有%(names)s") % {"names": listed(firm.certificates)})
    customers = sorted({link.buyer for link in city_map.graph.out.get(firm.key, ())})
    if customers:
        points += POINTS["customer"] * min(len(customers), MOST_CUSTOMERS)
        reasons.append(_("已有客户 %(n)d 家") % {"n": len(customers)})
    return Candidate(
        firm.key,
        firm.name,
        bool(firm.local),
        points,
        product,
        firm.place,
        listed(firm.certificates),
        named(city_map, tuple(customers)),
        tuple(reasons),
    )


def own_firm(viewer: Viewer, moment: Moment) -> str:
    """The key under which an enterprise's own firm stands in the chains; '' where it doesn't."""
    rows = ChainFirmState.objects.at(moment).filter(local=viewer.enterprise, merged_into=None)
    found = rows.filter(city__in=viewer.cities).values_list("firm", flat=True).first()
    return str(found or "")


def own_supplies(viewer: Viewer, moment: Moment) -> list[SupplyRow]:
    """What an enterprise buys and sells itself: nothing else of the chains, no target firms."""
    key = own_firm(viewer, moment) if viewer.enterprise else ""
    if not key:
        return []
    return supply_rows(chain_map(viewer.city, moment), viewer.city, moment, firm=key)


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """On an enterprise's page: what it makes, whom it buys from, who buys from it."""
    rows = ChainFirmState.objects.at(moment).filter(local=key, merged_into=None)
    firm = rows.filter(city__in=viewer.cities).values_list("firm", flat=True).first()
    if firm is None or (viewer.enterprise and viewer.enterprise != key):
        return None
    city_map = chain_map(viewer.city, moment)
    suppliers = {link.supplier for link in city_map.links if link.buyer == firm and link.supplier}
    customers = {link.buyer for link in city_map.graph.out.get(firm, ())}
    context = {
        "key": firm,
        "own": bool(viewer.enterprise),
        "makes": listed(sorted(city_map.product_name(p) for p in city_map.made.get(firm, ()))),
        "suppliers": named(city_map, tuple(sorted(one for one in suppliers if one))),
        "customers": named(city_map, tuple(sorted(customers))),
    }
    return Card("chain/card.html", context, 45)
