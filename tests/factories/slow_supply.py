"""The questions to a supply graph, answered slowly and plainly: what the fast ones are held to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import product as all_of

from luodi.kit.networks.supply import Supply, SupplyGraph


def slow_able(graph: SupplyGraph, product: str) -> set[str]:
    """Every firm that makes or supplies a product, by looking at every row."""
    makers = {firm for firm, made in graph.makes if made == product}
    return makers | {
        one.supplier for one in graph.supplies if one.product == product and one.supplier
    }


def slow_rate(graph: SupplyGraph, by: str) -> Decimal | None:
    """The matching rate, by going through all purchases (or all pairs of firm and product)."""
    whole = part = 0
    if by == "value":
        for one in graph.supplies:
            if graph.firms.get(one.buyer) and one.supplier and one.value is not None:
                whole += one.value
                part += one.value if graph.firms.get(one.supplier) else 0
    elif by == "shares":
        for firm, product in {(one.buyer, one.product) for one in graph.supplies}:
            rows = [o for o in graph.supplies if (o.buyer, o.product) == (firm, product)]
            said = [o for o in rows if o.supplier and o.share is not None]
            total = sum(o.share for o in said)
            if graph.firms[firm] and total <= 10_000:
                whole += total
                part += sum(o.share for o in said if graph.firms.get(o.supplier))
    else:
        bought = {one.product for one in graph.supplies}
        for firm, product in all_of(graph.firms, bought):
            rows = [o for o in graph.supplies if (o.buyer, o.product) == (firm, product)]
            known = [o.supplier for o in rows if o.supplier]
            if graph.firms[firm] and known:
                whole += 1
                part += any(graph.firms.get(one) for one in known)
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def slow_gaps(graph: SupplyGraph, needed: set[str]) -> dict[str, tuple[set[str], int, set[str]]]:
    """Buyers, amount and makers elsewhere of each product nobody here makes."""
    found = {}
    for product in needed | {one.product for one in graph.supplies}:
        rows = [o for o in graph.supplies if o.product == product and graph.firms.get(o.buyer)]
        able = slow_able(graph, product)
        if not any(graph.firms.get(firm) for firm in able) and (rows or product in needed):
            value = sum(one.value or 0 for one in rows)
            found[product] = ({one.buyer for one in rows}, value, able)
    return found


def slow_ways(graph: SupplyGraph, start: str, end: str) -> set[tuple[Supply, ...]]:
    """The shortest of all ways without a firm twice, found by trying all."""
    found: list[tuple[Supply, ...]] = []

    def walk(firm: str, way: tuple[Supply, ...], seen: set[str]) -> None:
        if firm == end:
            found.append(way)
            return
        for one in graph.supplies:
            if one.supplier == firm and one.buyer not in seen:
                walk(one.buyer, (*way, one), seen | {one.buyer})

    walk(start, (), {start})
    least = min(map(len, found), default=0)
    return {way for way in found if len(way) == least}


def slow_depths(graph: SupplyGraph, firm: str) -> dict[str, int]:
    """How many steps each firm is away, by relaxing every supply until nothing changes."""
    depth = {firm: 0}
    changed = True
    while changed:
        changed = False
        for one in graph.supplies:
            if one.supplier in depth:
                far = depth[one.supplier] + 1
                if far < depth.get(one.buyer, far + 1):
                    depth[one.buyer] = far
                    changed = True
    return depth


def slow_in_circles(graph: SupplyGraph) -> set[str]:
    """The firms that reach themselves."""
    pairs = {(one.supplier, one.buyer) for one in graph.supplies if one.supplier}
    reach = set(pairs)
    while True:
        more = {(a, d) for a, b in reach for c, d in pairs if b == c} - reach
        if not more:
            return {a for a, b in reach if a == b}
        reach |= more
