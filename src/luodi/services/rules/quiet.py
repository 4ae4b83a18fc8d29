"""Leaving firms alone where there is no need (无事不扰): how often in a period, by the pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luodi.kit.calendars import Period
from luodi.packs import Stack
from luodi.packs.schemas import VisitLimitRule


@dataclass(frozen=True)
class Coming:
    """One visit as the limit sees it: what kind, on which day, and whether the firm wished it.

    `site` where it was to the site of one of its projects.
    """

    kind: str
    on: date
    wished: bool
    site: bool = False


@dataclass(frozen=True)
class Quiet:
    """How often a firm was called on in a period against the pack's number."""

    rule: VisitLimitRule
    period: Period
    counted: int
    wished: int
    sites: int = 0
    """How many of those counted were to sites of its projects."""

    @property
    def left(self) -> int:
        """How many more may come without the firm's wish; never below zero."""
        return max(self.rule.most - self.counted, 0)

    @property
    def over(self) -> int:
        """How many came beyond the number."""
        return max(self.counted - self.rule.most, 0)


def visit_limits_of(stack: Stack, day: date) -> tuple[VisitLimitRule, ...]:
    """The limits of a city on a day, by key."""
    rules = stack.all("visit_limits", VisitLimitRule, day)
    return tuple(sorted(rules, key=lambda rule: rule.key))


def quiet_of(rule: VisitLimitRule, day: date, visits: Iterable[Coming]) -> Quiet:
    """The count of a firm in the period that holds a day; what it wished for isn't counted."""
    period = Period.containing(day, rule.every)
    inside = [v for v in visits if v.kind in rule.counts and v.on in period]
    wished = sum(v.wished for v in inside)
    sites = sum(v.site and not v.wished for v in inside)
    return Quiet(rule, period, len(inside) - wished, wished, sites)
