"""Rates as texts state them, beside what the record gives for the batches of the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.kit.calendars import Period
from luodi.kit.quantities import ratio
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FactRule, RateRule

from ..models import BatchState
from ..rules import Rate, distinct, rates_in
from .cohorts import Cohort, cohort


@dataclass(frozen=True)
class StatedRate:
    """One published rate. `again` says whether its own counts give it; `points` is what the record
    has more (or less) in percentage points, None where `why` says what is missing.
    """

    title: str
    period: str
    stated: Decimal
    base: str
    again: str
    computed: Decimal | None
    working: str
    points: Decimal | None
    why: str
    document: str
    open_point: str


def stated_rates(viewer: Viewer, moment: Moment) -> list[StatedRate]:
    """Every rate of the viewer's city that a text of its pack states, in the order of the rates.

    The record is taken as known at the moment, over the batches held in the text's period, with
    projects as they stood at the period's end. Only who sees the whole city gets anything.
    """
    if not viewer.sees_whole_city:
        return []
    stack = pack_of(viewer.city, moment)
    facts = [fact for fact in stack.all("facts", FactRule) if fact.figure == "actual"]
    found, cohorts = [], {}
    for rule in rates_in(stack, moment.today):
        for fact in facts:
            if fact.indicator == rule.stated:
                if fact.period not in cohorts:
                    cohorts[fact.period] = _Then(viewer, moment, *_span(fact.period))
                found.append(_beside(rule, fact, cohorts[fact.period]))
    return found


def _span(period: str) -> tuple[date, date]:
    """First and last day of a period as a fact writes it: 2023, 2024Q1, 2022/2023."""
    first, _slash, last = period.partition("/")
    return Period.parse(first).start, Period.parse(last or first).end


class _Then:
    """The entries of the batches held in a span, and where their projects stood at its end."""

    def __init__(self, viewer: Viewer, moment: Moment, first: date, last: date) -> None:
        self.cohort: Cohort = cohort(viewer, moment, min(last, moment.today))
        held = BatchState.objects.at(moment).filter(
            batch__in=list(self.cohort.entries), held_on__range=(first, last)
        )
        self.batches = set(held.values_list("batch_id", flat=True))

    def rate(self, rule: RateRule) -> Rate | None:
        """The rate over these batches, each project once; None where there are none."""
        entries = [e for b in sorted(self.batches) for e in self.cohort.entries[b]]
        rates = {one.rule.key: one for one in self.cohort.rates(distinct(entries))}
        return rates.get(rule.key) if self.batches else None


def _beside(rule: RateRule, fact: FactRule, then: _Then) -> StatedRate:
    stated, found = Decimal(fact.value), then.rate(rule)
    computed = found.percent if found else None
    why = found.reason if found else _("记录里没有这一时期的批次。")
    working = ""
    if found and computed is not None:
        working = f"{found.numerator} ÷ {found.base}"
    return StatedRate(
        title=titled(rule),
        period=fact.period.replace("/", "—"),
        stated=stated,
        base=fact.rate.base if fact.rate else "",
        again=_again(fact),
        computed=computed,
        working=working,
        points=None if computed is None else computed - stated,
        why=why,
        document=fact.document + (f"（{fact.number}）" if fact.number else ""),
        open_point=fact.open_point,
    )


def _again(fact: FactRule) -> str:
    """The text's own counts computed again, to the places the text gives."""
    over = fact.rate.over if fact.rate else ""
    if not over:
        return _("文中没有个数，不能复算")
    numerator, _slash, denominator = over.partition("/")
    places = len(fact.value.partition(".")[2])
    read = ratio(100 * Fraction(numerator), Fraction(denominator), places)
    if not isinstance(read, int):
        return _("不能复算")
    percent = Decimal(read).scaleb(-places)
    verdict = _("相符") if percent == Decimal(fact.value) else _("不符")
    return f"{over} = {percent}%　{verdict}"
