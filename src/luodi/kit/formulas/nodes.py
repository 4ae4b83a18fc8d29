"""The nodes of a formula: frozen values; `span` says where in the text a node stands.

One node, one meaning. What a node takes and when it refuses stands with it in `meaning`; how it
is written stands in `parsing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Literal

from luodi.kit.quantities import Unit

Sign = Literal["=", "!=", "<=", ">=", "<", ">"]
Direction = Literal["high", "low"]


@dataclass(frozen=True)
class Node:
    """Base of all nodes; spans don't take part in comparison."""

    span: tuple[int, int] = field(default=(0, 0), compare=False, kw_only=True, repr=False)

    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in reading order."""
        found: list[Node] = []
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple) and one.name != "span":
                found += [v for v in value if isinstance(v, Node)]
        return tuple(found)

    def walk(self) -> Iterator[Node]:
        """This node and everything below, in reading order."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True)
class Constant(Node):
    """An exact number, with a unit where one is written: `0.6`, `500 万元`, `5%`."""

    value: Fraction
    unit: Unit | None = None


@dataclass(frozen=True)
class Reference(Node):
    """The figure of an indicator for the unit and period asked: `[zone.signed]`."""

    key: str


@dataclass(frozen=True)
class Negate(Node):
    """`-x`."""

    of: Node


@dataclass(frozen=True)
class Absolute(Node):
    """`abs(x)` 绝对值."""

    of: Node


@dataclass(frozen=True)
class Add(Node):
    """`a + b`."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Subtract(Node):
    """`a - b`; the difference of two rates is in percentage points."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Multiply(Node):
    """`a * b`."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Ratio(Node):
    """`ratio(a, b)` 比率, also `a / b`."""

    part: Node
    whole: Node


@dataclass(frozen=True)
class Share(Node):
    """`share(part, whole)` 占比: both of one dimension, the whole above zero."""

    part: Node
    whole: Node


@dataclass(frozen=True)
class Points(Node):
    """`points(a, b)` 百分点: the difference of two rates."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Least(Node):
    """`min(a, b, …)`."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Most(Node):
    """`max(a, b, …)`."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class IfPresent(Node):
    """`if_present(x, otherwise)` 有数则: x, but `otherwise` where no figure was given for x.

    Only a missing figure is replaced: a zero denominator or an overflow still travels.
    """

    of: Node
    otherwise: Node


@dataclass(frozen=True)
class Total(Node):
    """`total([x])` 合计: the sum over the members of the unit that gave a figure."""

    of: Reference


@dataclass(frozen=True)
class Count(Node):
    """`count([x])` 家数: how many members of the unit gave a figure; 0 where none did."""

    of: Reference


@dataclass(frozen=True)
class Above(Node):
    """`parent(x)` 上级: x of the unit above; `parent(total([x]))` is the sum over the siblings."""

    of: Node


@dataclass(frozen=True)
class Prior(Node):
    """`prior(x)` 上期: x of the period before."""

    of: Node


@dataclass(frozen=True)
class YearAgo(Node):
    """`year_ago(x)` 上年同期: x of the same period a year before."""

    of: Node


@dataclass(frozen=True)
class Cumulative(Node):
    """`cumulative([x])` 累计: from January to the period; every month has to be there."""

    of: Node


@dataclass(frozen=True)
class Single(Node):
    """`single([x])` 当月: the period's own part of a figure that is reported as 累计."""

    of: Node


@dataclass(frozen=True)
class Growth(Node):
    """`growth(x)` 同比, nominal: against the same period a year before."""

    of: Node


@dataclass(frozen=True)
class ChainGrowth(Node):
    """`chain_growth(x)` 环比: against the period before."""

    of: Node


@dataclass(frozen=True)
class ComparableGrowth(Node):
    """`comparable_growth([fixed], [x])` 可比价同比.

    `fixed` is this period's figure in the prices of a year ago, `x` the figure in current prices;
    with a price index (上年同期=100) write `ratio([x], [index])` for `fixed`.
    """

    fixed: Node
    of: Node


@dataclass(frozen=True)
class Contribution(Node):
    """`contribution(part, whole)` 贡献率: the part's change over the whole's, year on year."""

    part: Node
    whole: Node


@dataclass(frozen=True)
class Pull(Node):
    """`pull(part, whole)` 拉动: the part's change over the whole a year ago, in points."""

    part: Node
    whole: Node


@dataclass(frozen=True)
class AnnualGrowth(Node):
    """`annual_growth(x, 5)` 年均增速 over so many years: an exact root, rounded once."""

    of: Node
    years: int


@dataclass(frozen=True)
class Rank(Node):
    """`rank(x)` 排名 among the unit's peers; equal published figures share a rank (1, 2, 2, 4).

    `rank(x, low)` puts the smallest first; `rank(x, high, "类别")` ranks within a grouping.
    """

    of: Node
    first: Direction = "high"
    grouping: str = ""


@dataclass(frozen=True)
class Compare(Node):
    """`a = b`, `a <= b` …: holds or not; the sign of a check."""

    sign: Sign
    left: Node
    right: Node
