"""What is wrong with a condition before any firm is asked: unknown facts, values of another kind,
conditions that no firm can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice, product

from luodi.kit.eligibility.catalogue import FITTING, FactKind
from luodi.kit.eligibility.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Value,
    comparisons,
)
from luodi.kit.refusals import Refusal

MOST_WAYS = 4096
"""Ways to meet a condition that are looked at one by one; beyond, it passes unlooked at."""

Known = Mapping[str, FactKind]
Literal_ = tuple[Comparison, bool]
"""A comparison, and whether it shall hold."""


@dataclass(frozen=True)
class Fault:
    """What is wrong, with the comparisons it is about."""

    refusal: Refusal
    comparisons: tuple[Comparison, ...] = ()


def check(condition: Condition, known: Known) -> list[Fault]:
    """Every fault, in order; an empty list says the condition may be used."""
    faults = [fault for one in comparisons(condition) if (fault := _fault(one, known))]
    if not faults:
        faults = list(_empty(condition)) or list(_contradictions(condition, known))
    return faults


def _fault(one: Comparison, known: Known) -> Fault | None:
    fact = known.get(one.fact)
    if fact is None:
        return _said(
            "eligibility.no_fact",
            f"条件用到的“{one.fact}”不在企业事实目录里，请换一个事实，或先登记它。",
            f"“{one.fact}” is no fact of enterprises in the catalogue.",
            one,
        )
    if one.operator not in FITTING[fact.kind]:
        return _said(
            "eligibility.no_operator",
            f"“{fact.zh}”不能这样比较，请换一种比较方式。",
            f"“{fact.en}” can't be compared in this way.",
            one,
        )
    least = {"exists": 0, "between": 2}.get(one.operator, 1)
    several = one.operator in ("one_of", "includes")
    if len(one.values) < least or (len(one.values) > least and not several):
        return _said(
            "eligibility.values",
            f"“{fact.zh}”的条件要写 {least} 个值。",
            f"The condition on “{fact.en}” takes {least} values.",
            one,
        )
    if not all(_is_of(value, fact) for value in one.values):
        return _said(
            "eligibility.no_value",
            f"“{fact.zh}”的条件里有一个值不是它的取值。",
            f"A value in the condition on “{fact.en}” is none of its values.",
            one,
        )
    return None


def _is_of(value: Value, fact: FactKind) -> bool:
    match fact.kind:
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date)
        case "truth":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str) and (not fact.options or value in fact.options)


def _said(code: str, zh: str, en: str, *about: Comparison) -> Fault:
    return Fault(Refusal(code, zh, en, {"facts": sorted({one.fact for one in about})}), about)


def _empty(condition: Condition) -> Iterator[Fault]:
    match condition:
        case AnyOf(parts) if not parts:
            yield _said(
                "eligibility.empty_group",
                "“任一”组里没有条件，谁也不能符合。",
                "A group “any of” is empty: nobody can fit.",
            )
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _empty(part)
        case Not(part):
            yield from _empty(part)


def _contradictions(condition: Condition, known: Known) -> Iterator[Fault]:
    """The smallest parts that nobody can meet."""
    inner = condition.parts if isinstance(condition, All | AnyOf) else ()
    found = [fault for part in inner for fault in _contradictions(part, known)]
    if found:
        yield from found
        return
    ways = list(islice(_ways(condition, True), MOST_WAYS + 1))
    if len(ways) > MOST_WAYS or any(_possible(way, known) for way in ways):
        return
    clash = _clash(ways[0], known) if ways else ()
    said = "”与“".join(_asked(one, wanted, known) for one, wanted in clash)
    english = "” and “".join(_asked(one, wanted, known, english=True) for one, wanted in clash)
    yield _said(
        "eligibility.contradiction",
        f"“{said}”互相矛盾，没有企业能够符合。",
        f"“{english}” contradict each other: no firm can fit.",
        *(one for one, _ in clash),
    )


def _asked(one: Comparison, wanted: bool, known: Known, english: bool = False) -> str:
    words = known[one.fact].asks(one, "en" if english else "zh")
    return words if wanted else (f"not: {words}" if english else f"不得{words}")


def _ways(condition: Condition, wanted: bool) -> Iterator[tuple[Literal_, ...]]:
    """The ways in which a condition comes out as wanted: each a set of comparisons that must."""
    match condition:
        case Comparison():
            yield ((condition, wanted),)
        case Not(part):
            yield from _ways(part, not wanted)
        case All(parts) | AnyOf(parts) if isinstance(condition, All) is wanted:
            each = [list(islice(_ways(part, wanted), MOST_WAYS + 1)) for part in parts]
            for some in product(*each):
                yield tuple(one for way in some for one in way)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _ways(part, wanted)


def _clash(way: Iterable[Literal_], known: Known) -> tuple[Literal_, ...]:
    """The fewest comparisons of a way that nobody can meet together."""
    way = tuple(dict.fromkeys(way))
    for size in range(1, len(way) + 1):
        for some in combinations(way, size):
            if not _possible(some, known):
                return some
        if size == 3:
            break
    return way


def _possible(way: Iterable[Literal_], known: Known) -> bool:
    """Whether some firm meets all of it; facts bind nothing but themselves."""
    by_fact: dict[str, list[Literal_]] = {}
    for one, wanted in way:
        by_fact.setdefault(one.fact, []).append((one, wanted))
    return all(_has_value(some, known[fact]) for fact, some in by_fact.items())


def _has_value(some: list[Literal_], fact: FactKind) -> bool:
    absent = any(one.operator == "exists" and not wanted for one, wanted in some)
    asked = [(one, wanted) for one, wanted in some if one.operator != "exists"]
    if absent:
        return not asked and all(not wanted for _, wanted in some)
    match fact.kind:
        case "number" | "date":
            return _number_left(asked)
        case "words":
            return _word_left(asked, fact)
        case "truth":
            return any(all((v is one.values[0]) is w for one, w in asked) for v in (True, False))
        case _:
            return _set_left(asked)


def _number_left(asked: list[Literal_]) -> bool:
    """Whether a whole number (a day) is left: the ranges allowed, cut one by one."""
    end = float("inf")
    left: list[tuple[float, float]] = [(-end, end)]
    for one, wanted in asked:
        low, high = _ends(one)
        inside = [(max(a, low), min(b, high)) for a, b in left]
        outside = [(a, min(b, low - 1)) for a, b in left] + [(max(a, high + 1), b) for a, b in left]
        left = [(a, b) for a, b in (inside if wanted else outside) if a <= b and a != end != -b]
    return bool(left)


def _ends(one: Comparison) -> tuple[float, float]:
    """The first and the last whole number for which a comparison holds."""
    first, last = _whole(one.values[0]), _whole(one.values[-1])
    end = float("inf")
    return {
        "at_least": (first, end),
        "above": (first + 1, end),
        "at_most": (-end, first),
        "below": (-end, first - 1),
        "between": (first, last),
    }.get(one.operator, (first, first))


def _whole(value: Value) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)  # type: ignore[arg-type]


def _word_left(asked: list[Literal_], fact: FactKind) -> bool:
    wanted = [set(one.values) for one, hold in asked if hold]
    refused = {value for one, hold in asked if not hold for value in one.values}
    if not wanted:
        return not fact.options or bool(set(fact.options) - refused)
    return bool(set.intersection(*wanted) - refused)


def _set_left(asked: list[Literal_]) -> bool:
    """Whether some set is left: the largest that holds nothing forbidden, save one word of each
    `includes` that must not hold."""
    barred = {v for one, hold in asked if one.operator == "one_of" and not hold for v in one.values}
    needed = {v for one, hold in asked if one.operator == "includes" and hold for v in one.values}
    if needed & barred:
        return False
    lacks = [set(one.values) for one, hold in asked if one.operator == "includes" and not hold]
    anyof = [set(one.values) for one, hold in asked if one.operator == "one_of" and hold]
    return any(
        not (needed & dropped) and all(some - barred - dropped for some in anyof)
        for dropped in ({str(v) for v in pick} for pick in islice(product(*lacks), MOST_WAYS))
    )
