"""Who supplies whom with what: the graph of an industrial chain, its matching rate and its gaps.

How it is used::

    graph = SupplyGraph(
        firms={"a": True, "b": False}, products=("lens",),
        makes=(("b", "lens"),), supplies=(Supply("a", "lens", "b", value=120),),
    )
    matching_rate(graph, "value").percent   # or its refusal
    gaps(graph)                             # what firms here need and nobody here makes
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from luodi.kit.refusals import Refusal

By = Literal["value", "items", "shares"]
Near = Callable[[str, str], bool]
"""Whether, for a buyer, a supplier counts as local."""
FULL = 10_000
"""A whole share, in hundredths of a per cent."""


class Supply(NamedTuple):
    """A firm buys a product; `supplier` is None where nobody knows from whom.

    `value` is an amount of money in one unit for the whole graph, `share` the supplier's part of
    what the buyer needs in hundredths of a per cent; None where it isn't known.
    """

    buyer: str
    product: str
    supplier: str | None = None
    value: int | None = None
    share: int | None = None


@dataclass(frozen=True)
class SupplyGraph:
    """Firms (True: of this place), products, who makes what, and who buys what from whom.

    Whoever supplies a product counts as able to supply it, like whoever makes it.
    """

    firms: Mapping[str, bool]
    products: Collection[str]
    makes: Sequence[tuple[str, str]]
    supplies: Sequence[Supply]

    @cached_property
    def here(self) -> frozenset[str]:
        """The firms of this place."""
        return frozenset(firm for firm, local in self.firms.items() if local)

    @cached_property
    def able(self) -> dict[str, set[str]]:
        """For each product the firms that make or supply it."""
        found: dict[str, set[str]] = defaultdict(set)
        for firm, product in self.makes:
            found[product].add(firm)
        for one in self.supplies:
            if one.supplier is not None:
                found[one.product].add(one.supplier)
        return found

    @cached_property
    def out(self) -> dict[str, list[Supply]]:
        """What each firm supplies, by buyer and product."""
        found: dict[str, list[Supply]] = defaultdict(list)
        for one in self.supplies:
            if one.supplier is not None:
                found[one.supplier].append(one)
        for some in found.values():
            some.sort(key=_place)
        return found

    @cached_property
    def bought(self) -> dict[tuple[str, str], list[str]]:
        """The known suppliers of each (buyer, product)."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in self.supplies:
            if one.supplier is not None:
                found[one.buyer, one.product].append(one.supplier)
        return found

    @cached_property
    def made_here(self) -> set[str]:
        """The products that a firm of this place makes or supplies."""
        here = self.here
        found = {product for firm, product in self.makes if firm in here}
        found.update(one.product for one in self.supplies if one.supplier in here)
        return found

    @cached_property
    def bought_here(self) -> dict[str, tuple[set[str], int]]:
        """For each product the firms of this place that buy it, and what they pay."""
        found: dict[str, tuple[set[str], int]] = {}
        here = self.here
        for one in self.supplies:
            if one.buyer in here:
                buyers, value = found.get(one.product) or (set(), 0)
                buyers.add(one.buyer)
                found[one.product] = (buyers, value + (one.value or 0))
        return found

    def local(self, firm: str | None) -> bool:
        """Whether a firm is of this place."""
        return firm in self.here


def _place(one: Supply) -> tuple[str, str]:
    return one.buyer, one.product


Why = Literal["no_supplier", "no_value", "no_share", "over_full", "rest_unknown"]
ORDER: tuple[Why, ...] = ("no_supplier", "no_value", "no_share", "over_full", "rest_unknown")


@dataclass(frozen=True)
class LeftOut:
    """So many purchases the rate doesn't count, or not wholly.

    `no_supplier`, `no_value`, `no_share`: that isn't known. `over_full`: pairs of buyer and
    product whose shares pass the whole. `rest_unknown`: pairs whose shares leave a rest, which
    isn't counted on either side.
    """

    why: Why
    count: int


@dataclass(frozen=True)
class MatchingRate:
    """The local matching rate (本地配套率): bought here over bought, of the firms of this place.

    `by` value: amounts of money. `by` items: pairs of buyer and product, local where any firm of
    this place supplies it. `by` shares: the parts of such pairs, in hundredths of a per cent.
    `percent` has two places, rounded once, half up; where it is None `refusal` says why.
    """

    by: By
    numerator: int
    denominator: int
    left_out: tuple[LeftOut, ...]
    percent: Decimal | None
    refusal: Refusal | None


def matching_rate(graph: SupplyGraph, by: By, near: Near | None = None) -> MatchingRate:
    """The rate over all purchases of the firms of this place.

    `near` says which suppliers count as local; without it, the firms of this place. A purchase
    whose supplier isn't known is counted on neither side; by value neither is one whose amount
    isn't known; by shares neither is one without a share, nor a pair whose shares pass the whole.
    Without any purchase that counts: `supply.nothing_bought`.
    """
    here = graph.here
    mine = [one for one in graph.supplies if one.buyer in here]
    counts = near or (lambda _buyer, supplier: supplier in here)
    if by == "value":
        return _by_value(mine, counts)
    return _by_items(mine, counts) if by == "items" else _by_shares(mine, counts)


def _by_value(mine: Sequence[Supply], near: Near) -> MatchingRate:
    left: Counter[Why] = Counter()
    numerator = denominator = 0
    for one in mine:
        if one.supplier is None:
            left["no_supplier"] += 1
        elif one.value is None:
            left["no_value"] += 1
        else:
            denominator += one.value
            numerator += one.value if near(one.buyer, one.supplier) else 0
    return _rate("value", numerator, denominator, left)


def _by_items(mine: Sequence[Supply], near: Near) -> MatchingRate:
    items: dict[tuple[str, str], bool | None] = {}
    for one in mine:
        pair = one.buyer, one.product
        known = items.get(pair)
        if one.supplier is not None and not known:
            items[pair] = near(one.buyer, one.supplier)
        else:
            items.setdefault(pair, None)
    unknown = sum(local is None for local in items.values())
    left: Counter[Why] = Counter({"no_supplier": unknown})
    return _rate("items", sum(map(bool, items.values())), len(items) - unknown, left)


def _by_shares(mine: Sequence[Supply], near: Near) -> MatchingRate:
    left: Counter[Why] = Counter()
    pairs: dict[tuple[str, str], tuple[int, int]] = {}
    for one in mine:
        if one.supplier is None:
            left["no_supplier"] += 1
        elif one.share is None:
            left["no_share"] += 1
        else:
            local, whole = pairs.get((one.buyer, one.product), (0, 0))
            here = one.share if near(one.buyer, one.supplier) else 0
            pairs[one.buyer, one.product] = local + here, whole + one.share
    numerator = denominator = 0
    for local, whole in pairs.values():
        if whole > FULL:
            left["over_full"] += 1
            continue
        left["rest_unknown"] += whole < FULL
        numerator += local
        denominator += whole
    return _rate("shares", numerator, denominator, left)


def _rate(by: By, numerator: int, denominator: int, left: Mapping[Why, int]) -> MatchingRate:
    out = tuple(LeftOut(why, left[why]) for why in ORDER if left.get(why))
    if denominator <= 0:
        refusal = Refusal(
            "supply.nothing_bought",
            "没有可以计算的采购，分母为零",
            "There is no purchase to count: the denominator is zero",
            {"by": by},
        )
        return MatchingRate(by, numerator, denominator, out, None, refusal)
    percent = (Decimal(100 * numerator) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return MatchingRate(by, numerator, denominator, out, percent, None)


class Gap(NamedTuple):
    """A product that nobody of this place makes or supplies.

    `buyers`: the firms of this place that buy it; none where only the chain needs it. `value`:
    what they pay for it, as far as it is known. `elsewhere`: who makes or supplies it, elsewhere.
    """

    product: str
    buyers: tuple[str, ...]
    value: int
    elsewhere: tuple[str, ...]


def gaps(graph: SupplyGraph, needed: Collection[str] = ()) -> tuple[Gap, ...]:
    """Products bought by firms of this place, or `needed` by a chain, that nobody here makes.

    The dearest first, then what most firms buy, then by key.
    """
    bought, here, able = graph.bought_here, graph.made_here, graph.able
    missing = ({*bought} | set(needed)) - here
    places = []
    for product in missing:
        buyers, value = bought.get(product, _NOBODY)
        places.append((-value, -len(buyers), product))
    places.sort()
    return tuple(
        Gap(product, _named(bought[product][0]) if n else (), -value, _named(able.get(product, ())))
        for value, n, product in places
    )


_NOBODY: tuple[set[str], int] = (set(), 0)


def _named(keys: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(keys)) if len(keys) > 1 else tuple(keys)
