"""The plain engine: one condition, one firm's facts. It is slow, obvious, and defines meaning.

Kleene's three-valued logic: a part that can't be told decides nothing unless the others do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luodi.kit.eligibility.catalogue import FactKind, Facts, bare
from luodi.kit.eligibility.conditions import All, AnyOf, Comparison, Condition, Not, Value
from luodi.kit.refusals import Lang

Verdict = Literal["fits", "fails", "unknown"]
Truth = bool | None
VERDICTS: Mapping[Truth, Verdict] = {True: "fits", False: "fails", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison with what there is.

    `wanted` is False under a negation; `holds` says whether it is as wanted (None: can't tell).
    """

    comparison: Comparison
    wanted: bool
    holds: Truth
    actual: Value | None

    @property
    def gap(self) -> int | None:
        """How far a number or a day is from what is asked, above zero; None elsewhere."""
        found, asked = self.actual, self.comparison.values
        if self.holds is not False or not asked or isinstance(found, bool):
            return None
        if isinstance(found, date):
            found, asked = found.toordinal(), tuple(_ordinal(one) for one in asked)
        if not isinstance(found, int):
            return None
        return _distance(self.comparison.operator, self.wanted, found, asked)

    def says(self, known: Mapping[str, FactKind], lang: Lang = "zh") -> str:
        """The reason as a sentence without its full stop."""
        english = lang == "en"
        fact = known.get(self.comparison.fact)
        if fact is None:
            name = self.comparison.fact
            return f"no fact “{name}” any more" if english else f"事实目录里已没有“{name}”"
        asked = fact.asks(self.comparison, lang)
        if not self.wanted:
            asked = f"not: {asked}" if english else f"不得{asked}"
        found = fact.shown(self.actual, lang)
        if self.holds is None:
            return f"{asked}: not known" if english else f"要求{asked}，缺“{fact.zh}”，不能判断"
        if self.holds:
            return (
                f"{asked}: there is {found}, met" if english else f"要求{asked}，现为{found}，符合"
            )
        lacking = self._lacking(fact, english)
        if english:
            return f"{asked}: there is {found}, not met{lacking}"
        return f"要求{asked}，现为{found}，不符合{lacking}"

    def _lacking(self, fact: FactKind, english: bool) -> str:
        gap = self.gap
        if gap is None:
            return ""
        if fact.kind == "date":
            return f" by {gap} days" if english else f"，差{gap}天"
        far = bare(gap, fact.scale)
        if fact.unit == "%":  # two shares are apart by points, not by per cent
            return f" by {far} percentage points" if english else f"，差{far}个百分点"
        far = fact.measured(gap, "en" if english else "zh")
        return f" by {far}" if english else f"，差{far}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict with its reasons: every comparison in order.

    `lacking` are the fewest comparisons that would have to change for the firm to fit, where it
    doesn't; `missing` the names of the facts that keep it from being told.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    lacking: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def near(self) -> bool:
        """A near miss: one thing alone keeps the firm out, and nothing else is unknown."""
        return self.verdict == "fails" and len(self.lacking) == 1 and not self.missing


def judge(condition: Condition, facts: Facts) -> Answer:
    """The answer for one firm's facts, with reasons."""
    reasons = tuple(_reasons(condition, facts, True))
    verdict = VERDICTS[truth(condition, facts)]
    if verdict == "fits":
        return Answer(verdict, reasons)
    lacking, missing = _short(condition, facts, True)
    return Answer(verdict, reasons, tuple(dict.fromkeys(lacking)), tuple(dict.fromkeys(missing)))


def truth(condition: Condition, facts: Facts) -> Truth:
    """True, False, or None where it can't be told."""
    match condition:
        case Comparison():
            return compare(condition, facts.get(condition.fact))
        case Not(part):
            inner = truth(part, facts)
            return None if inner is None else not inner
        case All(parts):
            found = [truth(part, facts) for part in parts]
            return False if False in found else None if None in found else True
        case AnyOf(parts):
            found = [truth(part, facts) for part in parts]
            return True if True in found else None if None in found else False


def compare(one: Comparison, found: Value | None) -> Truth:
    """One comparison over one value; None where the value is unknown or of another kind."""
    if one.operator == "exists":
        return found is not None
    if found is None or not one.values:
        return None
    first = one.values[0]
    match found:
        case frozenset():
            wanted = frozenset(str(value) for value in one.values)
            if one.operator == "includes":
                return wanted <= found
            return bool(wanted & found) if one.operator == "one_of" else None
        case bool():
            return found is first if one.operator == "equals" else None
        case str():
            return found in one.values if one.operator == "one_of" else None
        case _ if type(found) is not type(first):
            return None
        case _:
            return _ordered(one, found)


def _ordered(one: Comparison, found: int | date) -> Truth:
    found, first, last = _ordinal(found), _ordinal(one.values[0]), _ordinal(one.values[-1])
    match one.operator:
        case "at_least":
            return found >= first
        case "at_most":
            return found <= first
        case "above":
            return found > first
        case "below":
            return found < first
        case "equals":
            return found == first
        case "between":
            return first <= found <= last
    return None


def _ordinal(value: Value) -> int:
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, int) else 0


def _distance(operator: str, wanted: bool, found: int, asked: tuple[Value, ...]) -> int | None:
    first, last = _ordinal(asked[0]), _ordinal(asked[-1])
    bounds = {
        ("at_least", True): (first, None), ("at_most", True): (None, first),
        ("above", True): (first + 1, None), ("below", True): (None, first - 1),
        ("equals", True): (first, first), ("between", True): (first, last),
        ("at_least", False): (None, first - 1), ("at_most", False): (first + 1, None),
        ("above", False): (None, first), ("below", False): (first, None),
    }.get((operator, wanted))  # fmt: skip
    if bounds is None:
        return None
    low, high = bounds
    if low is not None and found < low:
        return low - found
    return found - high if high is not None and found > high else None


def _reasons(condition: Condition, facts: Facts, wanted: bool) -> list[Reason]:
    match condition:
        case Comparison():
            return [_reason(condition, facts, wanted)]
        case Not(part):
            return _reasons(part, facts, not wanted)
        case All(parts) | AnyOf(parts):
            return [one for part in parts for one in _reasons(part, facts, wanted)]


def _reason(one: Comparison, facts: Facts, wanted: bool) -> Reason:
    found = facts.get(one.fact)
    holds = compare(one, found)
    return Reason(one, wanted, None if holds is None else holds is wanted, found)


Short = tuple[list[Reason], list[str]]
"""What is lacking, and the facts that are unknown."""


def _short(condition: Condition, facts: Facts, wanted: bool) -> Short:
    """The least that keeps a condition from being as wanted."""
    match condition:
        case Comparison():
            reason = _reason(condition, facts, wanted)
            if reason.holds is None:
                return [], [condition.fact]
            return ([], []) if reason.holds else ([reason], [])
        case Not(part):
            return _short(part, facts, not wanted)
        case All(parts) | AnyOf(parts):
            every = isinstance(condition, All) is wanted
            return (_together if every else _either)(parts, facts, wanted)


def _together(parts: tuple[Condition, ...], facts: Facts, wanted: bool) -> Short:
    """All parts must be as wanted: what any of them lacks."""
    found = [_short(part, facts, wanted) for part in parts]
    return [one for lacking, _ in found for one in lacking], [
        n for _, names in found for n in names
    ]


def _either(parts: tuple[Condition, ...], facts: Facts, wanted: bool) -> Short:
    """One part is enough: nothing is lacking where one is as wanted; else of those that may
    still turn out so the facts they need; else the one that lacks least."""
    found = [(truth(part, facts), _short(part, facts, wanted)) for part in parts]
    if any(said is wanted for said, _ in found):
        return [], []
    open_ones = [short for said, short in found if said is None]
    if open_ones:
        return [], [name for _, names in open_ones for name in names]
    return min((short for _, short in found), key=lambda s: len(s[0]) + len(s[1]), default=([], []))
