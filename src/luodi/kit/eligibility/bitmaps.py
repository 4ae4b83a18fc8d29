"""The fast engine: firms as bits of whole numbers, a policy as a few operations on them.

A bitmap is an integer whose bit n stands for firm n. Every comparison is looked up once in an
index over its fact, however many policies ask it; and, or, not are operations on whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luodi.kit.eligibility.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Value,
    comparisons,
)
from luodi.kit.eligibility.reference import VERDICTS, Answer, Truth, Verdict, judge, truth

Pair = tuple[int, int]
"""Bitmaps of the firms for which something holds, and for which it doesn't."""


@dataclass(frozen=True)
class Firms:
    """The facts of `size` firms by column; None and a missing column are unknown."""

    size: int
    columns: Mapping[str, Sequence[Value | None]]

    @property
    def everyone(self) -> int:
        """The bitmap of all firms."""
        return (1 << self.size) - 1

    def facts(self, n: int) -> dict[str, Value | None]:
        """The facts of firm `n`."""
        return {name: values[n] for name, values in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that stand alike before every comparison of a policy.

    `outcomes` are True, False or None (unknown) for each of the policy's comparisons.
    """

    verdict: Verdict
    outcomes: tuple[Truth, ...]
    firms: int


@dataclass(frozen=True)
class Matched:
    """All policies over all firms: of each policy the groups of firms with their reasons."""

    conditions: Mapping[str, Condition]
    firms: Firms
    groups: Mapping[str, Sequence[Group]] = field(repr=False)

    def bitmap(self, policy: str, verdict: Verdict) -> int:
        """The firms with a verdict on a policy."""
        found = 0
        for group in self.groups[policy]:
            if group.verdict == verdict:
                found |= group.firms
        return found

    def verdict(self, policy: str, n: int) -> Verdict:
        """The verdict on one firm."""
        return self.group(policy, n).verdict

    def group(self, policy: str, n: int) -> Group:
        """The group firm `n` stands in: verdict, and how each comparison came out."""
        return next(one for one in self.groups[policy] if one.firms >> n & 1)

    def answer(self, policy: str, n: int) -> Answer:
        """The whole answer for one pair, in the reference engine's words."""
        return judge(self.conditions[policy], self.firms.facts(n))


def match(conditions: Mapping[str, Condition], firms: Firms) -> Matched:
    """Every condition over every firm, with how each comparison came out for each firm."""
    table = index(conditions.values(), firms)
    groups = {key: split(one, table, firms.everyone) for key, one in conditions.items()}
    return Matched(conditions, firms, groups)


def split(condition: Condition, table: Mapping[Comparison, Pair], everyone: int) -> list[Group]:
    """The firms parted by how the comparisons of one condition come out."""
    asked = list(dict.fromkeys(_bare(one) for one in comparisons(condition)))
    parted: list[tuple[int, tuple[Truth, ...]]] = [(everyone, ())]
    for one in asked:
        yes, no = table[one]
        parted = [
            (part, (*said, outcome))
            for firms, said in parted
            for part, outcome in (
                (firms & yes, True), (firms & no, False), (firms & ~(yes | no), None)
            )
            if part
        ]  # fmt: skip
    place = {one: n for n, one in enumerate(asked)}
    return [
        Group(VERDICTS[_truth(condition, place, said)], said, firms)
        for firms, said in parted
        if firms
    ]


def bits_of(condition: Condition, table: Mapping[Comparison, Pair], everyone: int) -> Pair:
    """The firms that fit, and those that don't; the rest can't be told. No reasons."""
    match condition:
        case Comparison():
            return table[_bare(condition)]
        case Not(part):
            yes, no = bits_of(part, table, everyone)
            return no, yes
        case All(parts):
            yes, no = everyone, 0
            for part in parts:
                one, other = bits_of(part, table, everyone)
                yes, no = yes & one, no | other
            return yes, no
        case AnyOf(parts):
            yes, no = 0, everyone
            for part in parts:
                one, other = bits_of(part, table, everyone)
                yes, no = yes | one, no & other
            return yes, no


def members(bitmap: int) -> Iterator[int]:
    """The numbers of the firms in a bitmap, ascending."""
    text = f"{bitmap:b}"[::-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def index(conditions: Iterable[Condition], firms: Firms) -> dict[Comparison, Pair]:
    """The firms for which each comparison holds and doesn't, fact by fact."""
    asked: dict[str, set[Comparison]] = defaultdict(set)
    for condition in conditions:
        for one in comparisons(condition):
            asked[one.fact].add(_bare(one))
    found: dict[Comparison, Pair] = {}
    for fact, some in asked.items():
        values = firms.columns.get(fact)
        found |= _column(values if values is not None else [None] * firms.size, some, firms)
    return found


def _bare(one: Comparison) -> Comparison:
    """The comparison without its sentence: two policies that ask the same look it up once."""
    return Comparison(one.fact, one.operator, one.values) if one.sentence else one


def _truth(condition: Condition, place: Mapping[Comparison, int], said: tuple[Truth, ...]) -> Truth:
    """The condition over outcomes instead of facts."""
    match condition:
        case Comparison():
            return said[place[_bare(condition)]]
        case Not(part):
            inner = _truth(part, place, said)
            return None if inner is None else not inner
        case All(parts):
            found = [_truth(part, place, said) for part in parts]
            return False if False in found else None if None in found else True
        case AnyOf(parts):
            found = [_truth(part, place, said) for part in parts]
            return True if True in found else None if None in found else False


def _column(
    values: Sequence[Value | None], asked: Iterable[Comparison], firms: Firms
) -> dict[Comparison, Pair]:
    """Every comparison of one fact, from one pass over its column."""
    at: dict[Value, list[int]] = defaultdict(list)
    for n, value in enumerate(values):
        if value is not None:
            at[value].append(n)
    kinds = {type(value) for value in at}
    known = _bitmap([n for some in at.values() for n in some], firms.size)
    if len(kinds) == 1 and kinds <= {int, date}:
        return _ordered(at, asked, known, firms)
    whole = {value: _bitmap(some, firms.size) for value, some in at.items()}
    return {one: _looked_up(one, whole, known, firms) for one in asked}


def _looked_up(one: Comparison, whole: Mapping[Value, int], known: int, firms: Firms) -> Pair:
    """A comparison asked of each value there is, instead of each firm."""
    if one.operator == "exists":
        return known, firms.everyone & ~known
    yes = no = 0
    for value, some in whole.items():
        said = truth(one, {one.fact: value})
        if said is True:
            yes |= some
        elif said is False:
            no |= some
    return yes, no


def _ordered(
    at: Mapping[Value, Sequence[int]], asked: Iterable[Comparison], known: int, firms: Firms
) -> dict[Comparison, Pair]:
    """Numbers or days: one walk up the values, stopping where a comparison asks."""
    ranges = {one: _range(one, next(iter(at))) for one in asked}
    edges = sorted({edge for found in ranges.values() if found for edge in found})
    below = _below(at, edges, firms.size)
    found: dict[Comparison, Pair] = {}
    for one, ends in ranges.items():
        if one.operator == "exists":
            found[one] = known, firms.everyone & ~known
        elif ends is None:
            found[one] = 0, 0
        else:
            yes = below[ends[1]] & ~below[ends[0]] if ends[0] < ends[1] else 0
            found[one] = yes, known & ~yes
    return found


Range = tuple[float, float]
"""From (it counts) to (it doesn't): whole numbers, or without end."""


def _range(one: Comparison, like: Value) -> Range | None:
    """The values for which a comparison holds; None where it can't be told of any."""
    if one.operator == "exists" or not one.values or type(one.values[0]) is not type(like):
        return None
    first, last = _number(one.values[0]), _number(one.values[-1])
    end = float("inf")
    return {
        "at_least": (first, end),
        "above": (first + 1, end),
        "at_most": (-end, first + 1),
        "below": (-end, first),
        "equals": (first, first + 1),
        "between": (first, last + 1),
    }.get(one.operator)


def _below(
    at: Mapping[Value, Sequence[int]], edges: Sequence[float], size: int
) -> dict[float, int]:
    """For each edge the firms whose value is below it."""
    ranked = sorted((_number(value), some) for value, some in at.items())
    bits, found, place = bytearray(size // 8 + 1), {}, 0
    for edge in edges:
        while place < len(ranked) and ranked[place][0] < edge:
            _set(bits, ranked[place][1])
            place += 1
        found[edge] = int.from_bytes(bits, "little")
    return found


def _number(value: Value) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)  # type: ignore[arg-type]


def _bitmap(some: Iterable[int], size: int) -> int:
    bits = bytearray(size // 8 + 1)
    _set(bits, some)
    return int.from_bytes(bits, "little")


def _set(bits: bytearray, some: Iterable[int]) -> None:
    for n in some:
        bits[n >> 3] |= 1 << (n & 7)
