"""What kind of number a formula gives, known before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.book import Book, Declared
from luodi.kit.formulas.parsing import written
from luodi.kit.formulas.refusing import refused
from luodi.kit.quantities import Unit
from luodi.kit.refusals import Refusal

Flavour = Literal["amount", "number", "share", "points", "rank", "truth"]
Dims = tuple[tuple[str, int], ...]

TRUTH = Unit("是否", "truth", en="yes or no")
"""The unit of a check: 1 holds, 0 doesn't."""


@dataclass(frozen=True)
class Shape:
    """Dimension with exponents (money 1, area −1) and what kind of number it is."""

    dims: Dims
    flavour: Flavour

    @property
    def zh(self) -> str:
        """In words, for a refusal."""
        return _ZH.get(self.flavour) or "·".join(f"{_base_zh(d)}^{e}" for d, e in self.dims)


_ZH = {"number": "纯数", "share": "比率", "points": "百分点", "rank": "名次", "truth": "判断"}
_FLAVOURS: dict[str, Flavour] = {
    "share": "share", "times over": "share", "points": "points", "rank": "rank", "truth": "truth"
}  # fmt: skip
NUMBER, SHARE, POINTS = Shape((), "number"), Shape((), "share"), Shape((), "points")
RANK, HOLDS = Shape((), "rank"), Shape((), "truth")


def _base_zh(dimension: str) -> str:
    known = {"money": "金额", "dollars": "美元金额", "area": "面积", "length": "长度"}
    return known.get(dimension, dimension.removeprefix("count of "))


def shape_of_unit(unit: Unit) -> Shape:
    """万元 is an amount of money, 万元/亩 of money per area, % a share."""
    if unit.dimension in _FLAVOURS:
        return Shape((), _FLAVOURS[unit.dimension])
    above, _, below = unit.dimension.partition(" per ")
    dims = {above: 1}
    if below:
        dims[below] = dims.get(below, 0) - 1
    return _amount(dims)


def _amount(dims: dict[str, int]) -> Shape:
    kept = tuple(sorted((name, power) for name, power in dims.items() if power))
    return Shape(kept, "amount" if kept else "share")


def shape(node: n.Node, book: Book) -> Shape | Refusal:
    """The shape of a node. Refusals name the place: `formula.unknown_indicator`,
    `formula.unit_mismatch`, `formula.not_a_rate`, `formula.growth_of_rate`,
    `formula.comparable_only`, `formula.chain_of_to_date`, `formula.not_cumulated`,
    `formula.not_single`, `formula.not_totalled`, `formula.outermost`, `formula.no_arithmetic`.
    """
    if isinstance(node, n.Reference):
        declared = book.get(node.key)
        if declared is None:
            return refused(
                "unknown_indicator",
                f"没有指标“{node.key}”",
                f"There is no indicator “{node.key}”",
                node.span,
                key=node.key,
            )
        return shape_of_unit(declared.unit)
    below = []
    for child in node.children():
        if isinstance(child, n.AnnualGrowth | n.Rank | n.Compare):
            return refused(
                "outermost",
                f"“{written(child)}”只能单独作为一个指标",
                f"“{written(child)}” may only stand alone",
                child.span,
            )
        found = shape(child, book)
        if isinstance(found, Refusal):
            return found
        if found.flavour in ("rank", "truth"):
            return refused(
                "no_arithmetic",
                f"{found.zh}不能参加运算",
                "Ranks and checks take no part in arithmetic",
                child.span,
            )
        below.append(found)
    rule: Callable[..., Shape | Refusal] = _RULES[type(node)]
    return rule(node, below, book)


def _same(node: n.Node, a: n.Node, b: n.Node, below: list[Shape]) -> Shape | Refusal:
    """One shape for two sides; a bare 0 takes the other's, a bare number counts things."""
    left, right = below
    if left == right or _bare(b, left):
        return left
    if _bare(a, right):
        return right
    return refused(
        "unit_mismatch",
        f"“{written(a)}”（{left.zh}）与“{written(b)}”（{right.zh}）不是同类的量",
        f"“{written(a)}” and “{written(b)}” are different kinds of quantity",
        node.span,
    )


def _bare(node: n.Node, other: Shape) -> bool:
    if isinstance(node, n.Negate):
        node = node.of
    if not isinstance(node, n.Constant) or node.unit is not None:
        return False
    counts = len(other.dims) == 1 and other.dims[0][0].startswith("count of ")
    return node.value == 0 or (counts and other.dims[0][1] == 1)


def _constant(node: n.Constant, below: list[Shape], book: Book) -> Shape:
    return NUMBER if node.unit is None else shape_of_unit(node.unit)


def _kept(node: n.Node, below: list[Shape], book: Book) -> Shape:
    return below[0]


def _sum(node: Any, below: list[Shape], book: Book) -> Shape | Refusal:
    if below == [SHARE, POINTS]:
        return SHARE
    if isinstance(node, n.Subtract) and below == [SHARE, SHARE]:
        return POINTS
    return _same(node, node.left, node.right, below)


def _pairwise(node: Any, below: list[Shape], book: Book) -> Shape | Refusal:
    found: Shape | Refusal = below[0]
    for item, one in zip(node.items[1:], below[1:], strict=True):
        assert isinstance(found, Shape)
        found = _same(node, node.items[0], item, [found, one])
        if isinstance(found, Refusal):
            return found
    return found


def _if_present(node: n.IfPresent, below: list[Shape], book: Book) -> Shape | Refusal:
    return _same(node, node.of, node.otherwise, below)


def _compare(node: n.Compare, below: list[Shape], book: Book) -> Shape | Refusal:
    found = _same(node, node.left, node.right, below)
    return found if isinstance(found, Refusal) else HOLDS


def _multiply(node: n.Multiply, below: list[Shape], book: Book) -> Shape | Refusal:
    left, right = below
    if POINTS in below:
        return POINTS if NUMBER in below else _no_points(node)
    if NUMBER in below:
        return right if left == NUMBER else left
    dims = dict(left.dims)
    for name, power in right.dims:
        dims[name] = dims.get(name, 0) + power
    return _amount(dims)


def _ratio(node: n.Ratio, below: list[Shape], book: Book) -> Shape | Refusal:
    part, whole = below
    if POINTS in below:
        return POINTS if whole == NUMBER else _no_points(node)
    if whole == NUMBER:
        return part
    dims = dict(part.dims)
    for name, power in whole.dims:
        dims[name] = dims.get(name, 0) - power
    return _amount(dims)


def _no_points(node: n.Node) -> Refusal:
    return refused(
        "unit_mismatch",
        "百分点只能与纯数相乘除",
        "Percentage points can only be multiplied or divided by a plain number",
        node.span,
    )


def _share(node: n.Share, below: list[Shape], book: Book) -> Shape | Refusal:
    found = _same(node, node.part, node.whole, below)
    return found if isinstance(found, Refusal) else SHARE


def _points(node: n.Points, below: list[Shape], book: Book) -> Shape | Refusal:
    if below == [SHARE, SHARE]:
        return POINTS
    return refused(
        "not_a_rate",
        "百分点只能由两个比率相减得出",
        "Percentage points are the difference of two rates",
        node.span,
    )


def _total(node: n.Total | n.Count, below: list[Shape], book: Book) -> Shape | Refusal:
    declared = book[node.of.key]
    if declared.formula is None and isinstance(node, n.Count):
        return Shape((("count of 家", 1),), "amount")
    if declared.formula is None and declared.over_units and below[0].flavour == "amount":
        return below[0]
    return refused(
        "not_totalled",
        f"“{declared.said}”不能由下级相加得出",
        f"“{declared.said}” isn't the sum of its members",
        node.span,
        key=declared.key,
    )


def _handed_in(node: n.Node, book: Book) -> Declared | None:
    """The indicator below `cumulative` or `single`: handed in, its own or its members' total."""
    inner = node.of if isinstance(node, n.Total) else node
    declared = book[inner.key] if isinstance(inner, n.Reference) else None
    return declared if declared is not None and declared.formula is None else None


def _cumulative(node: n.Cumulative, below: list[Shape], book: Book) -> Shape | Refusal:
    declared = _handed_in(node.of, book)
    flows = declared is not None and (declared.over_time == "sum" or declared.reported == "to_date")
    if flows and below[0].flavour == "amount":
        return below[0]
    return refused(
        "not_cumulated",
        "累计只能用于填报的流量指标或其合计",
        "Only a flow that is handed in, or its total, can be cumulated",
        node.span,
    )


def _single(node: n.Single, below: list[Shape], book: Book) -> Shape | Refusal:
    declared = _handed_in(node.of, book)
    if declared is not None and declared.reported == "to_date":
        return below[0]
    return refused(
        "not_single",
        "只有按累计填报的指标才需要换算当月",
        "Only a figure reported to date is turned into the month's own",
        node.span,
    )


def _growth(node: Any, below: list[Shape], book: Book) -> Shape | Refusal:
    if below[0].flavour not in ("amount", "number"):
        return refused(
            "growth_of_rate",
            "比率的变化用百分点表示，不计算增速",
            "A rate changes by percentage points; it has no growth rate",
            node.span,
        )
    for key in book.used_by(node.of):
        declared = book[key]
        if declared.prices == "comparable":
            return refused(
                "comparable_only",
                f"“{declared.said}”的增速按可比价计算，不能由现价数推算",
                f"Growth of “{declared.said}” is in comparable prices, not from nominal levels",
                node.span,
                key=key,
            )
        direct = not any(isinstance(one, n.Single) for one in node.of.walk())
        if isinstance(node, n.ChainGrowth) and declared.reported == "to_date" and direct:
            return refused(
                "chain_of_to_date",
                f"“{declared.said}”是累计数，环比请先用single换算当月",
                f"“{declared.said}” is reported to date: take single(…) before chain growth",
                node.span,
                key=key,
            )
    return SHARE


def _comparable(node: n.ComparableGrowth, below: list[Shape], book: Book) -> Shape | Refusal:
    found = _same(node, node.fixed, node.of, below)
    return found if isinstance(found, Refusal) else SHARE


def _contribution(flavour: Shape, node: Any, below: list[Shape], book: Book) -> Shape | Refusal:
    found = _same(node, node.part, node.whole, below)
    return found if isinstance(found, Refusal) else flavour


def _rank(node: n.Rank, below: list[Shape], book: Book) -> Shape:
    return RANK


_RULES: dict[type[n.Node], Callable[..., Shape | Refusal]] = {
    n.Constant: _constant,
    n.Negate: _kept,
    n.Absolute: _kept,
    n.Above: _kept,
    n.Prior: _kept,
    n.YearAgo: _kept,
    n.Add: _sum,
    n.Subtract: _sum,
    n.Multiply: _multiply,
    n.Ratio: _ratio,
    n.Share: _share,
    n.Points: _points,
    n.Least: _pairwise,
    n.Most: _pairwise,
    n.IfPresent: _if_present,
    n.Total: _total,
    n.Count: _total,
    n.Cumulative: _cumulative,
    n.Single: _single,
    n.Growth: _growth,
    n.ChainGrowth: _growth,
    n.AnnualGrowth: _growth,
    n.ComparableGrowth: _comparable,
    n.Contribution: partial(_contribution, SHARE),
    n.Pull: partial(_contribution, POINTS),
    n.Rank: _rank,
    n.Compare: _compare,
}
