"""The result of a leadership team's term from the results of its years, by a declared rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from luodi.kit.quantities.exact import ratio
from luodi.kit.refusals import Refusal

if TYPE_CHECKING:
    from luodi.packs.schemas.appraisals import TermRule

MOST_YEARS = 12


@dataclass(frozen=True)
class TermYear:
    """A year of a term: its score, an integer at the rule's scale, and the weight it counted by."""

    year: int
    score: Fraction | None
    weight: int


@dataclass(frozen=True)
class TermResult:
    """The term's own result: an integer at `scale`, and the years it was made of."""

    amount: int
    scale: int
    years: tuple[TermYear, ...]


def years_of(term_from: date, term_to: date) -> tuple[int, ...]:
    """The years a term counts: those of which it covers the greater part (at least 184 days)."""
    found = []
    for year in range(term_from.year, term_to.year + 1):
        first = max(term_from, date(year, 1, 1))
        last = min(term_to, date(year, 12, 31))
        if (last - first).days + 1 >= 184:
            found.append(year)
    return tuple(found)


def weights_for(rule: TermRule, years: Sequence[int]) -> list[int]:
    """The weight of each year: the last year of the term by the last weight of the rule; years
    before the first weight weigh as it does."""
    if rule.how == "mean":
        return [1] * len(years)
    given = list(rule.weights)[-len(years) :] if years else []
    return [given[0]] * (len(years) - len(given)) + given if given else []


def term_result(
    rule: TermRule, years: Sequence[int], scores: Mapping[int, Fraction]
) -> TermResult | Refusal:
    """The weighted mean over the years that have a score, rounded once half up.

    A year without one doesn't count as zero: it is left out with its weight. Refused under
    `least` years with a score.
    """
    weights = weights_for(rule, years)
    rows = tuple(
        TermYear(year, scores.get(year), weight)
        for year, weight in zip(years, weights, strict=True)
    )
    there = [row for row in rows if row.score is not None]
    if len(there) < rule.least:
        return Refusal(
            "term.too_few",
            f"任期内有考核结果的只有{len(there)}年，按规则至少要{rule.least}年，暂不计算",
            f"Only {len(there)} years of the term have a result; the rule asks for {rule.least}",
            {"years": len(there), "least": rule.least},
        )
    total = sum((row.score * row.weight for row in there if row.score is not None), Fraction(0))
    amount = ratio(total, sum(row.weight for row in there), rule.scale)
    if isinstance(amount, Refusal):
        return amount
    return TermResult(amount, rule.scale, rows)
