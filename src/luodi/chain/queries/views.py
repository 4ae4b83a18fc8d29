"""The five views of one map, each a picture and the table that says the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..choices import Stream
from ..rules import Edge, Node, Picture, drawn
from .graph import ChainMap

VIEWS = {
    "segments": gettext_lazy("产业链"),
    "techniques": gettext_lazy("技术路线"),
    "applications": gettext_lazy("应用领域"),
    "regions": gettext_lazy("区域分布"),
    "firms": gettext_lazy("企业协作"),
}
STREAMS = tuple(Stream.values)


@dataclass(frozen=True)
class ViewRow:
    """A line of a view's table: a box of the picture in figures."""

    key: str
    group: str
    name: str
    products: int
    made_here: int
    gaps: int
    firms: int
    local: int
    bought: int
    sold: int
    address: str = ""


@dataclass(frozen=True)
class GraphView:
    """A view: its picture, what it is in words for who can't see it, and its rows."""

    name: str
    picture: Picture
    described: str
    rows: tuple[ViewRow, ...]


def graph_view(city_map: ChainMap, chain: str, name: str) -> GraphView:
    """A view of one chain by its name; of its segments where the name is none."""
    name = name if name in VIEWS else "segments"
    return city_map.once(f"view {name}", chain, lambda: _drawn(city_map, chain, name))


def _drawn(city_map: ChainMap, chain: str, name: str) -> GraphView:
    make = _MAKERS[name]
    rows, heads, column = make(city_map, chain)
    nodes = [_node(row, column(row)) for row in rows]
    edges = _edges(city_map, chain, name)
    picture = drawn(heads, nodes, edges)
    words = {"n": len(rows), "m": len(edges), "view": VIEWS[name]}
    said = _("%(view)s：%(n)s 个节点，%(m)s 组供应关系；每个节点的数字见下表。") % words
    return GraphView(name, picture, said, tuple(rows))


def _node(row: ViewRow, column: int) -> Node:
    if row.products:
        note = _("%(made)s/%(n)s 本地能产 · 企业 %(firms)s") % {
            "made": row.made_here, "n": row.products, "firms": row.firms,
        }  # fmt: skip
        look = "gap" if row.gaps and not row.made_here else "good" if not row.gaps else "plain"
    else:
        note = _("供 %(sold)s · 采 %(bought)s") % {"sold": row.sold, "bought": row.bought}
        look = "good" if row.local else "plain"
    weight = row.products + row.firms + row.sold + row.bought
    return Node(row.key, row.name, note, column, weight, look, row.address)


Made = tuple[list[ViewRow], tuple[str, ...], Callable[[ViewRow], int]]


def _by_products(
    city_map: ChainMap,
    chain: str,
    keyed: Callable[[str], str],
    named: Callable[[str], tuple[str, str]],
) -> list[ViewRow]:
    """Rows that hold products: `keyed` says in which row one is, `named` its group and name."""
    graph = city_map.graph_of(chain)
    groups: dict[str, list[str]] = defaultdict(list)
    for product in city_map.products_in.get(chain, ()):
        groups[keyed(product)].append(product)
    sold: Counter[str] = Counter()
    for link in graph.supplies:
        sold[keyed(link.product)] += 1
    rows = []
    for key, products in groups.items():
        able: set[str] = set()
        here = 0
        for product in products:
            able |= graph.able.get(product, set())
            here += product in graph.made_here
        local = len(able & graph.here)
        group, name = named(key)
        rows.append(
            ViewRow(
                key,
                group,
                name,
                len(products),
                here,
                len(products) - here,
                len(able),
                local,
                0,
                sold[key],
            )
        )
    return rows


def _segments(city_map: ChainMap, chain: str) -> Made:
    def named(key: str) -> tuple[str, str]:
        segment = city_map.segments[key]
        return str(Stream(segment.stream).label), segment.name

    rows = _by_products(city_map, chain, lambda p: city_map.products[p].segment, named)
    known = {row.key for row in rows}
    for key, segment in city_map.segments.items():
        if segment.chain == chain and key not in known:
            rows.append(ViewRow(key, *named(key), 0, 0, 0, 0, 0, 0, 0))
    order = {key: n for n, key in enumerate(city_map.segments)}
    rows.sort(key=lambda row: order[row.key])
    used = [s for s in STREAMS if any(city_map.segments[row.key].stream == s for row in rows)]
    return (
        rows,
        tuple(str(Stream(s).label) for s in used),
        lambda row: used.index(city_map.segments[row.key].stream),
    )


def _words(word: str, unsaid: str) -> Callable[[ChainMap, str], Made]:
    """A view by a word of the products, beside the segments they belong to."""

    def made(city_map: ChainMap, chain: str) -> Made:
        none = _("未标明")
        rows = _by_products(
            city_map, chain, lambda p: getattr(city_map.products[p], word) or unsaid,
            lambda key: ("", none if key == unsaid else key),
        )  # fmt: skip
        rows.sort(key=lambda row: (row.key == unsaid, -row.products, row.key))
        segments, _heads, _column = _segments(city_map, chain)
        heads = (str(VIEWS["segments"]), str(VIEWS[f"{word}s"]))
        own = {row.key for row in rows}
        return [*segments, *rows], heads, lambda row: 1 if row.key in own else 0

    return made


def _regions(city_map: ChainMap, chain: str) -> Made:
    graph = city_map.graph_of(chain)
    sold, bought = _traded(city_map, chain, lambda firm: region_of(city_map, firm))
    firms: dict[str, set[str]] = defaultdict(set)
    for key in _taking_part(city_map, chain):
        firms[region_of(city_map, key)].add(key)
    rows = []
    for name, keys in firms.items():
        local = len(keys & graph.here)
        group = _("本地") if local else _("外地")
        rows.append(ViewRow(name, group, name, 0, 0, 0, len(keys), local, bought[name], sold[name]))
    rows.sort(key=lambda row: (not row.local, -row.firms, row.name))
    return rows, (_("本地"), _("外地")), lambda row: 0 if row.local else 1


def region_of(city_map: ChainMap, firm: str) -> str:
    """Where a firm is: its county where it is local, else the province or city it said."""
    node = city_map.firms.get(firm)
    return (node.place if node else "") or _("地区未填")


def _firms(city_map: ChainMap, chain: str) -> Made:
    sold, bought = _traded(city_map, chain, lambda firm: firm)
    rows = []
    for key in _taking_part(city_map, chain):
        node = city_map.firms.get(key)
        if node is None:
            continue
        group = _("本地") if node.local else _("外地")
        rows.append(
            ViewRow(
                key,
                group,
                node.name,
                0,
                0,
                0,
                1,
                bool(node.local),
                bought[key],
                sold[key],
                f"/chain-firms/{key}/",
            )
        )
    rows.sort(key=lambda row: (-(row.sold + row.bought), row.name, row.key))

    def column(row: ViewRow) -> int:
        return 0 if row.sold and not row.bought else 1 if row.sold else 2

    return rows, (_("供应方"), _("既供又采"), _("采购方")), column


def _taking_part(city_map: ChainMap, chain: str) -> list[str]:
    """The firms that make, sell or buy a product of the chain."""
    graph = city_map.graph_of(chain)
    found = {firm for some in graph.able.values() for firm in some}
    found |= {link.buyer for link in graph.supplies}
    return sorted(found)


def _traded(
    city_map: ChainMap, chain: str, of: Callable[[str], str]
) -> tuple[Counter[str], Counter[str]]:
    sold: Counter[str] = Counter()
    bought: Counter[str] = Counter()
    for link in city_map.graph_of(chain).supplies:
        bought[of(link.buyer)] += 1
        if link.supplier is not None:
            sold[of(link.supplier)] += 1
    return sold, bought


def _edges(city_map: ChainMap, chain: str, name: str) -> list[Edge]:
    """The curves of a view, counted."""
    weights: Counter[tuple[str, str]] = Counter()
    graph = city_map.graph_of(chain)
    if name in ("techniques", "applications"):
        word = name[:-1]
        for key in city_map.products_in.get(chain, ()):
            product = city_map.products[key]
            weights[product.segment, getattr(product, word) or UNSAID] += 1
    elif name == "segments":
        weights.update(_between_segments(city_map, chain))
    else:
        for link in graph.supplies:
            if link.supplier is not None:
                pair = (link.supplier, link.buyer)
                if name == "regions":
                    pair = (region_of(city_map, pair[0]), region_of(city_map, pair[1]))
                weights[pair] += 1
    return [Edge(start, end, weight) for (start, end), weight in weights.items()]


def _between_segments(city_map: ChainMap, chain: str) -> dict[tuple[str, str], int]:
    """Supplies from the segment of what is bought to each segment of what its buyer makes."""
    graph, products = city_map.graph_of(chain), city_map.products
    makes: dict[str, set[str]] = defaultdict(set)
    for firm, product in graph.makes:
        makes[firm].add(products[product].segment)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for link in graph.supplies:
        ends = makes.get(link.buyer)
        if ends:
            found[products[link.product].segment].update(ends)
    return {(start, end): n for start, ends in found.items() for end, n in ends.items()}


UNSAID = "unsaid"
_MAKERS: dict[str, Callable[[ChainMap, str], Made]] = {
    "segments": _segments,
    "techniques": _words("technique", UNSAID),
    "applications": _words("application", UNSAID),
    "regions": _regions,
    "firms": _firms,
}
