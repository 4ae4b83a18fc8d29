"""Promises judged against what came of them, and milestones against the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.tables import shown
from luodi.kit.quantities import ratio
from luodi.packs import Stack
from luodi.packs.schemas import MilestoneRule, PromiseRule

from .details import read_quantity
from .money import decimal_of

PLACES = 2
"""Decimal places of a value per mu on the page; comparisons are exact."""


@dataclass(frozen=True)
class Value:
    """What is known against a promise: the amount, its year (0: none), where it is from."""

    amount: Fraction
    year: int
    source: str


@dataclass(frozen=True)
class Promised:
    """A promise judged: kept, not_due, short or cannot_tell, with its working in words."""

    rule: PromiseRule
    promised: Fraction
    value: Value | None
    due_on: date | None
    verdict: str
    says: str
    working: str
    gap: Fraction | None = None


@dataclass(frozen=True)
class Milestone:
    """A day of the agreement as it stands: done, ahead, near, late, or without a day."""

    rule: MilestoneRule
    day: date | None
    done_on: date | None
    light: str
    says: str

    @property
    def waiting(self) -> bool:
        """Whether it is still to come."""
        return self.done_on is None and self.day is not None


def promises_of(stack: Stack, day: date) -> tuple[PromiseRule, ...]:
    """What agreements promise, by the rules of a day, in order."""
    return tuple(sorted(stack.all("promises", PromiseRule, day), key=lambda rule: rule.order))


def milestones_of(stack: Stack, day: date) -> tuple[MilestoneRule, ...]:
    """The milestones of agreements by the rules of a day, in order."""
    return tuple(sorted(stack.all("milestones", MilestoneRule, day), key=lambda rule: rule.order))


def read_land(label: str, written: str) -> tuple[int | None, int]:
    """An area in 亩 at its scale; raises `Incomplete`."""
    return read_quantity(label, written, "亩")


def unit_of(rule: PromiseRule) -> str:
    """A promise's unit in the reader's language."""
    return rule.unit_en if language() == "en" else rule.unit


def measured(rule: PromiseRule) -> str:
    """What is reported against a promise, in the reader's language."""
    return rule.measured_en if language() == "en" else rule.measured


def judge_promise(
    rule: PromiseRule,
    promised: Fraction,
    land: Fraction | None,
    value: Value | None,
    due_on: date | None,
    today: date,
) -> Promised:
    """One promise: per mu where it is promised so, compared exactly, rounded only to be shown.

    What is kept is kept before its day too. What is not there and not due is not short.
    """

    def made(verdict: str, says: str, working: str = "", gap: Fraction | None = None) -> Promised:
        return Promised(rule, promised, value, due_on, verdict, says, working, gap)

    due = due_on is not None and due_on <= today
    if rule.per_land and not land:
        return made("cannot_tell", _("没有用地面积，不能按亩计算。"))
    if value is None:
        if due:
            return made("cannot_tell", _("已到期，还没有填报%(what)s。") % {"what": measured(rule)})
        return made("not_due", _waits(due_on, today))
    per = value.amount / land if rule.per_land and land else value.amount
    working = _working(rule, value, land, per)
    gap = promised - per if rule.direction == "at_least" else per - promised
    if gap <= 0:
        return made("kept", _("已兑现。"), working)
    words = {"gap": _rounded(gap), "unit": unit_of(rule)}
    if due:
        return made("short", _short(rule) % words, working, gap)
    return made(
        "not_due", _waits(due_on, today) + _("目前差 %(gap)s %(unit)s。") % words, working, gap
    )


def _short(rule: PromiseRule) -> str:
    if rule.direction == "at_most":
        return _("超出 %(gap)s %(unit)s。")
    return _("差 %(gap)s %(unit)s。")


def _waits(due_on: date | None, today: date) -> str:
    if due_on is None:
        return _("协议没有写到期日，不能判断是否逾期。")
    words = {"day": due_on.isoformat(), "n": (due_on - today).days}
    return _("应于 %(day)s 兑现，还有 %(n)s 天。") % words


def _working(rule: PromiseRule, value: Value, land: Fraction | None, per: Fraction) -> str:
    words = {
        "what": measured(rule),
        "amount": shown(decimal_of(value.amount)),
        "unit": unit_of(rule),
        "per": _rounded(per),
        "source": value.source,
    }
    if rule.per_land and land:
        words["land"] = shown(decimal_of(land))
        return _("%(what)s %(amount)s ÷ %(land)s 亩 = %(per)s %(unit)s（%(source)s）") % words
    return _("%(what)s %(amount)s %(unit)s（%(source)s）") % words


def _rounded(amount: Fraction) -> str:
    read = ratio(amount.numerator, amount.denominator, PLACES)
    if not isinstance(read, int):
        return "—"
    value = Decimal(read).scaleb(-PLACES)
    whole = value == value.to_integral_value()
    return shown(value.quantize(Decimal(1)) if whole else value.normalize())


def milestone(
    rule: MilestoneRule, day: date | None, done_on: date | None, today: date
) -> Milestone:
    """A milestone at a day: its light, and how long it is ahead or late."""
    if done_on:
        words = {"day": done_on.isoformat()}
        says = _("已于 %(day)s 实现") % words
        if day and done_on > day:
            says += _("，晚 %(n)s 天") % {"n": (done_on - day).days}
        return Milestone(rule, day, done_on, "done", says)
    if day is None:
        return Milestone(rule, None, None, "none", _("协议没有写这一天"))
    left = (day - today).days
    if left < 0:
        return Milestone(rule, day, None, "red", _("已过 %(n)s 天") % {"n": -left})
    near = left <= max(rule.warn_days, default=-1)
    return Milestone(
        rule, day, None, "yellow" if near else "green", _("还有 %(n)s 天") % {"n": left}
    )


def occasion(one: Milestone, today: date) -> str:
    """Why a milestone is told of now: `late`, or its closest warning day; '' for no reason."""
    if not one.waiting or one.day is None:
        return ""
    left = (one.day - today).days
    if left < 0:
        return "late"
    due = [days for days in one.rule.warn_days if left <= days]
    return str(min(due)) if due else ""


def counted(judged: Mapping[str, Promised]) -> dict[str, int]:
    """How many promises have each verdict."""
    found = dict.fromkeys(("kept", "not_due", "short", "cannot_tell"), 0)
    for one in judged.values():
        found[one.verdict] += 1
    return found
