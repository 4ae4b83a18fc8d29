"""Chains as lists and pages: rates with their working, gaps, products, firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.networks.reach import cycles
from luodi.kit.networks.supply import Gap, gaps
from luodi.orgs.rules import Viewer

from ..choices import Honour, HonourLevel, Stream
from ..models import ChainHonour, IndustrialChainState
from .graph import ChainMap, chain_map
from .rates import MONEY, Rate, definitions, rate_of, rates_in_words


@dataclass(frozen=True)
class ChainRow:
    """A chain in figures."""

    key: str
    name: str
    segments: int
    products: int
    made_here: int
    gaps: int
    firms: int
    local: int
    supplies: int
    rates: Mapping[str, Decimal | None] = field(default_factory=dict)


def chains(viewer: Viewer, moment: Moment) -> list[ChainRow]:
    """All chains of the viewer's city in figures, with their rates by the city's definitions."""
    city_map = chain_map(viewer.city, moment)
    rules = definitions(viewer.city, moment)
    return [
        replace(row, rates={rule.key: rate_of(city_map, row.key, rule).percent for rule in rules})
        for row in city_map.once("chains", "", lambda: _chain_rows(city_map))
    ]


def _chain_rows(city_map: ChainMap) -> list[ChainRow]:
    rows = [
        city_map.once("chain row", key, lambda key=key: _chain_row(city_map, key))
        for key in city_map.chains
    ]
    return sorted(rows, key=lambda row: (row.name, row.key))


def _chain_row(city_map: ChainMap, key: str) -> ChainRow:
    graph = city_map.graph_of(key)
    able = set().union(*(graph.able.get(product, ()) for product in graph.products))
    firms = able | {link.buyer for link in graph.supplies}
    here = sum(product in graph.made_here for product in graph.products)
    return ChainRow(
        key,
        city_map.chains[key],
        sum(segment.chain == key for segment in city_map.segments.values()),
        len(graph.products),
        here,
        len(graph.products) - here,
        len(firms),
        len(firms & graph.here),
        len(graph.supplies),
    )


def chain_for(viewer: Viewer, key: str, moment: Moment) -> IndustrialChainState:
    """A chain of the viewer's cities at a moment, or `NotFound`."""
    state = (
        IndustrialChainState.objects.at(moment).filter(chain=key, city__in=viewer.cities).first()
    )
    if state is None:
        raise NotFound(_("没有这条产业链，或者它不在您的范围内。"))
    return state


@dataclass(frozen=True, slots=True)
class GapRow:
    """A product nobody here makes: who needs it, who makes it elsewhere."""

    product: str
    name: str
    chain: str
    chain_name: str
    segment: str
    stream: str
    value: Decimal | None
    buyers: int
    buyers_named: str
    elsewhere: tuple[str, ...]
    elsewhere_named: str
    why: str


MOST_NAMED = 5
MOST_FIRST = 10


def gap_rows(city_map: ChainMap, chain: str = "") -> list[GapRow]:
    """The gaps of a chain, or of all of them, the dearest first."""
    return city_map.once("gaps", chain, lambda: _gap_rows(city_map, found_gaps(city_map, chain)))


def found_gaps(city_map: ChainMap, chain: str = "") -> tuple[Gap, ...]:
    """The gaps of a chain, or of all of them, in keys."""
    graph = city_map.graph_of(chain) if chain else city_map.graph
    return city_map.once("gap keys", chain, lambda: gaps(graph, graph.products))


def _gap_rows(city_map: ChainMap, found: Sequence[Gap]) -> list[GapRow]:
    streams = {value: str(label) for value, label in Stream.choices}
    why = {True: _("本地企业在外采购"), False: _("产业链需要，本地无人生产")}
    rows = []
    for gap in found:
        segment = city_map.segment_of(gap.product)
        rows.append(
            GapRow(
                gap.product,
                city_map.product_name(gap.product),
                segment.chain,
                city_map.chains.get(segment.chain, "—"),
                segment.name,
                streams[segment.stream],
                (gap.value * MONEY).normalize() + 0 if gap.value else None,
                len(gap.buyers),
                named(city_map, gap.buyers),
                gap.elsewhere,
                named(city_map, gap.elsewhere),
                why[bool(gap.buyers)],
            )
        )
    return rows


def named(city_map: ChainMap, keys: tuple[str, ...]) -> str:
    """The names of a few firms, and how many more there are."""
    if len(keys) < 2:
        return city_map.firm_name(keys[0]) if keys else ""
    names = [city_map.firm_name(key) for key in keys[:MOST_NAMED]]
    more = len(keys) - len(names)
    return listed(names) + (_("等 %(n)d 家") % {"n": len(keys)} if more else "")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product with who makes it."""

    key: str
    name: str
    segment: str
    technique: str
    application: str
    here: int
    elsewhere: int
    makers: str
    buyers: int


def product_rows(city_map: ChainMap, chain: str) -> list[ProductRow]:
    """The products of a chain."""
    return city_map.once("products", chain, lambda: _product_rows(city_map, chain))


def _product_rows(city_map: ChainMap, chain: str) -> list[ProductRow]:
    graph = city_map.graph_of(chain)
    buyers: dict[str, set[str]] = defaultdict(set)
    for link in graph.supplies:
        buyers[link.product].add(link.buyer)
    rows = []
    for key in city_map.products_in.get(chain, ()):
        product = city_map.products[key]
        able = sorted(graph.able.get(key, ()), key=lambda firm: (not graph.local(firm), firm))
        here = sum(map(graph.local, able))
        rows.append(
            ProductRow(
                key,
                product.name,
                city_map.segments[product.segment].name,
                product.technique,
                product.application,
                here,
                len(able) - here,
                named(city_map, tuple(able)),
                len(buyers[key]),
            )
        )
    return rows


@dataclass(frozen=True)
class HonourRow:
    """A firm on a list of leaders or core firms."""

    pk: int
    firm: str
    name: str
    local: bool
    chain: str
    honour: str
    level: str
    from_year: int
    to_year: int | None
    source: str


def honours(
    city_map: ChainMap, city: str, moment: Moment, chain: str = "", year: int | None = None
) -> list[HonourRow]:
    """The lists of chain leaders and core firms, of one year where one is named."""
    rows = ChainHonour.objects.at(moment).filter(chain__city=city)
    if chain:
        rows = rows.filter(chain=chain)
    found = []
    for row in rows.order_by("-from_year", "pk"):
        if year is not None and not row.from_year <= year <= (row.to_year or year):
            continue
        firm = city_map.merged.get(row.firm_id, row.firm_id)
        node = city_map.firms.get(firm)
        found.append(
            HonourRow(
                row.pk,
                firm,
                city_map.firm_name(firm),
                bool(node and node.local),
                city_map.chains.get(row.chain_id, "—"),
                str(Honour(row.honour).label),
                str(HonourLevel(row.level).label),
                row.from_year,
                row.to_year,
                row.source,
            )
        )
    return found


@dataclass(frozen=True)
class ChainPage:
    """A chain with its rates, gaps, circles and leaders."""

    state: IndustrialChainState
    rates: tuple[Rate, ...]
    gaps: tuple[GapRow, ...]
    gap_count: int
    circles: tuple[str, ...]
    row: ChainRow


def chain_page(viewer: Viewer, key: str, moment: Moment) -> ChainPage:
    """What the first page of a chain says."""
    state = chain_for(viewer, key, moment)
    city_map = chain_map(state.city, moment)
    graph = city_map.graph_of(key)
    rates = rates_in_words(city_map, key, state.city, moment)
    circles = city_map.once(
        "circles", key, lambda: tuple(circle_in_words(city_map, one) for one in cycles(graph))
    )
    found = found_gaps(city_map, key)
    first = tuple(_gap_rows(city_map, found[:MOST_FIRST]))
    row = city_map.once("chain row", key, lambda: _chain_row(city_map, key))
    return ChainPage(state, rates, first, len(found), circles, row)


def circle_in_words(city_map: ChainMap, keys: tuple[str, ...]) -> str:
    """A circle of supplies as a sentence."""
    names = " → ".join(city_map.firm_name(key) for key in (*keys, keys[0]))
    return _("供应关系成环：%(names)s。数据照常保留，请核对是否登记反了。") % {"names": names}
