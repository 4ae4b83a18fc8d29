"""How money goes from step to step: no later amount above what precedes it, at any day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from luodi.packs import Stack
from luodi.packs.schemas import FundingRule, InstitutionRule

from ..choices import FundingKind, FundingStep

BANKS = (
    FundingStep.RECOMMENDED,
    FundingStep.INTENDED,
    FundingStep.CREDITED,
    FundingStep.DISBURSED,
)
SPECIAL = (FundingStep.APPLIED, FundingStep.GRANTED, FundingStep.USED, FundingStep.AUDITED)
RATES = (
    (FundingStep.CREDITED, FundingStep.INTENDED),
    (FundingStep.DISBURSED, FundingStep.CREDITED),
    (FundingStep.DISBURSED, FundingStep.INTENDED),
)
"""Each rate of the funnel: of what, over what."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 万元 that reached a step on a day; None where only the step is known."""

    step: str
    amount: Fraction | None
    day: date


@dataclass(frozen=True)
class Excess:
    """A step that has, up to a day, more than the step before it."""

    step: str
    day: date
    has: Fraction
    before: Fraction


def steps_of(kind: str) -> tuple[FundingStep, ...]:
    """The steps of a kind of money, in order."""
    return BANKS if kind == FundingKind.LOAN else SPECIAL


def total(entries: Iterable[Amount], step: str, day: date) -> Fraction:
    """What reached a step up to a day."""
    return sum(
        (one.amount or Fraction(0) for one in entries if one.step == step and one.day <= day),
        Fraction(0),
    )


def excesses(kind: str, entries: Sequence[Amount]) -> list[Excess]:
    """Every day and step on which more was reached than at the step before.

    A first step without an amount (a project recommended without a sum) limits nothing.
    """
    steps, found = steps_of(kind), []
    for day in sorted({one.day for one in entries}):
        for before, step in pairwise(steps):
            has = total(entries, step, day)
            reached = [one for one in entries if one.step == before and one.day <= day]
            open_sum = any(one.amount is None for one in reached)
            limit = total(entries, before, day)
            if has > limit and not open_sum:
                found.append(Excess(step, day, has, limit))
    return found


def unused(entries: Sequence[Amount], day: date) -> tuple[Fraction, date | None]:
    """Money granted and not used on a day, and when the oldest of it was granted.

    What is used is taken from the oldest grants first.
    """
    left = total(entries, FundingStep.USED, day)
    waiting, oldest = Fraction(0), None
    grants = [e for e in entries if e.step == FundingStep.GRANTED and e.day <= day]
    for grant in sorted(grants, key=lambda one: one.day):
        amount = grant.amount or Fraction(0)
        spent = min(left, amount)
        left -= spent
        if amount > spent:
            waiting += amount - spent
            oldest = oldest or grant.day
    return waiting, oldest


def unaudited(entries: Sequence[Amount], day: date, days: int) -> Fraction:
    """Money used more than so many days before a day and not audited by that day."""
    due = total(entries, FundingStep.USED, day - timedelta(days=days))
    return max(Fraction(0), due - total(entries, FundingStep.AUDITED, day))


def institutions_of(stack: Stack, day: date) -> tuple[InstitutionRule, ...]:
    """The institutions to choose from on a day, in order."""
    return tuple(sorted(stack.all("institutions", InstitutionRule, day), key=lambda r: r.order))


def funding_rule(stack: Stack, day: date) -> FundingRule | None:
    """When special money is asked about, on a day; None where the pack says nothing."""
    return stack.one("funding", FundingRule, "special", day)


def named(written: str, known: Iterable[InstitutionRule]) -> str:
    """An institution by its full name, whatever short name was typed; others as typed."""
    plain = "".join(written.split())
    by_name: Mapping[str, str] = {
        name: rule.title for rule in known for name in (rule.title, rule.title_en, *rule.aliases)
    }
    return by_name.get(plain, by_name.get(written.strip(), written.strip()))
