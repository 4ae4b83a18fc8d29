"""Lights: ordered rules over facts at a moment, which always say which rule and which facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

from luodi.kit.refusals import Lang

Light = Literal["red", "yellow", "green", "done", "none"]
LIGHTS: tuple[Light, ...] = get_args(Light)
Operator = Literal["at_least", "at_most", "equals", "differs", "in", "missing", "present"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

LIGHT_WORDS: dict[Light, tuple[str, str]] = {
    "red": ("红灯", "Red"),
    "yellow": ("黄灯", "Yellow"),
    "green": ("绿灯", "Green"),
    "done": ("已完成", "Done"),
    "none": ("无法判断", "Can't judge"),
}

Fact = bool | int | Decimal | Fraction | str | date | datetime | None
Facts = Mapping[str, Fact]
"""Name to value; a name that is absent and one whose value is None are both missing."""


@dataclass(frozen=True)
class Other:
    """The value of another fact, to compare with."""

    fact: str


@dataclass(frozen=True)
class Condition:
    """One comparison: fact, operator, value.

    A missing fact satisfies only `missing`. Values of different kinds (a date and a number) are
    not compared: `evaluate` then refuses to judge.
    """

    fact: str
    operator: Operator
    value: Fact | Other | tuple[Fact, ...] = None


@dataclass(frozen=True)
class Rule:
    """The light shown where all conditions hold; sentences may name facts as `{due}`."""

    code: str
    light: Light
    when: tuple[Condition, ...] = ()
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Verdict:
    """A light, the code of the rule that gave it, and the facts that rule looked at."""

    light: Light
    rule: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    zh: str = ""
    en: str = ""

    def says(self, lang: Lang = "zh") -> str:
        """Why the light shows, as a sentence."""
        return self.en if lang == "en" else self.zh

    @property
    def word(self) -> str:
        """The light's Chinese word."""
        return LIGHT_WORDS[self.light][0]


class _Incomparable(Exception):
    """Two kinds that have no order between them."""


def evaluate(rules: Sequence[Rule], facts: Facts) -> Verdict:
    """The verdict of the first rule whose conditions all hold.

    No rule holds: light `none`, rule `no_rule`. A comparison between different kinds of value:
    light `none`, rule `fact_kind`, naming the fact. Pure: same rules and facts, same verdict.
    """
    for rule in rules:
        try:
            if all(holds(condition, facts) for condition in rule.when):
                return _verdict(rule, facts)
        except _Incomparable as clash:
            return _unreadable(str(clash), facts)
    return Verdict(
        "none", "no_rule", dict(facts), "没有适用的亮灯规则", "No rule for a light applies"
    )


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds over the facts."""
    actual = facts.get(condition.fact)
    if condition.operator in ("missing", "present"):
        return (actual is None) == (condition.operator == "missing")
    wanted = condition.value
    if isinstance(wanted, Other):
        wanted = facts.get(wanted.fact)
    if actual is None or wanted is None:
        return False
    if condition.operator == "in":
        return actual in _several(wanted)
    return _compare(condition, actual, wanted)


def dated(due: date | None, today: date) -> dict[str, Fact]:
    """The facts that follow from a due day: due, today, days_left, overdue_days (natural days).

    Without a due day the last two are missing; `overdue_days` is 0 up to and on the due day.
    """
    left = (due - today).days if due else None
    over = max(-left, 0) if left is not None else None
    return {"due": due, "today": today, "days_left": left, "overdue_days": over}


def facts_read(rule: Rule) -> tuple[str, ...]:
    """The names of the facts a rule looks at or says, in order."""
    names = [condition.fact for condition in rule.when]
    names += [c.value.fact for c in rule.when if isinstance(c.value, Other)]
    names += _PLACE.findall(rule.zh + rule.en)
    return tuple(dict.fromkeys(names))


_PLACE = re.compile(r"\{(\w+)\}")
_MISSING = ("（缺）", "(missing)")


def _several(wanted: Any) -> Iterable[Fact]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _compare(condition: Condition, actual: Any, wanted: Any) -> bool:
    if _kind(actual) != _kind(wanted):
        raise _Incomparable(condition.fact)
    match condition.operator:
        case "at_least":
            return bool(actual >= wanted)
        case "at_most":
            return bool(actual <= wanted)
        case "differs":
            return bool(actual != wanted)
        case _:
            return bool(actual == wanted)


def _kind(value: Fact) -> str:
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | Decimal | Fraction):
        return "number"
    if isinstance(value, datetime):
        return "instant"
    return "text" if isinstance(value, str) else type(value).__name__


def _verdict(rule: Rule, facts: Facts) -> Verdict:
    used = {name: facts.get(name) for name in facts_read(rule)}
    return Verdict(rule.light, rule.code, used, _fill(rule.zh, used, 0), _fill(rule.en, used, 1))


def _fill(template: str, used: Facts, lang: int) -> str:
    def word(found: re.Match[str]) -> str:
        value = used[found[1]]
        return _MISSING[lang] if value is None else str(value)

    return _PLACE.sub(word, template)


def _unreadable(fact: str, facts: Facts) -> Verdict:
    return Verdict(
        "none",
        "fact_kind",
        {fact: facts.get(fact)},
        f"事实“{fact}”的类型与规则不符，无法判断",
        f"The fact “{fact}” is of another kind than the rule compares: can't judge",
    )
