"""Expert reviews: the panel and criteria of a pack, what an opinion needs, the sum of scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete
from luodi.kit.quantities import ratio
from luodi.packs import Stack
from luodi.packs.schemas import CriterionRule, ReviewRule

from ..choices import Conflict, Verdict

PLACES = 2


@dataclass(frozen=True)
class Tally:
    """The scores of a panel. `by_criterion` are means by key; `share` is the whole in per cent.

    Only seats that are free of a conflict and have given an opinion count; `counted` is how many.
    """

    by_criterion: tuple[tuple[str, Decimal], ...]
    share: Decimal | None
    counted: int


def panel_in(stack: Stack, day: date) -> ReviewRule | None:
    """The panel in force on a day; the first where a pack has several, None where it has none."""
    rules = sorted(stack.all("reviews", ReviewRule, day), key=lambda rule: rule.key)
    return rules[0] if rules else None


def criteria_in(stack: Stack, day: date) -> tuple[CriterionRule, ...]:
    """What a review scores on a day, in order."""
    rules = stack.all("review_criteria", CriterionRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def seats_of(rule: ReviewRule) -> tuple[str, ...]:
    """The keys of a panel's seats: institutes, then experts."""
    institutes = (f"institute-{n}" for n in range(1, rule.institutes + 1))
    return (*institutes, *(f"expert-{n}" for n in range(1, rule.experts + 1)))


def seat_label(seat: str) -> str:
    """A seat in words."""
    kind, _dash, number = seat.partition("-")
    words = {"n": number}
    return (_("评审院所 %(n)s") if kind == "institute" else _("专家 %(n)s")) % words


def check_opinion(
    criteria: Sequence[CriterionRule],
    conflict: str,
    conflict_words: str,
    verdict: str,
    scores: Mapping[str, int | None],
    opinion: str,
) -> dict[str, int]:
    """The scores of an opinion; raises `Incomplete` for what can't be kept.

    Whoever declares a conflict gives no opinion; whoever is free gives all of it.
    """
    if conflict not in (Conflict.FREE, Conflict.CONFLICTED):
        raise Incomplete(_("请先声明与项目有没有利益关系。"))
    given = {key: score for key, score in scores.items() if score is not None}
    if conflict == Conflict.CONFLICTED:
        if not conflict_words.strip():
            raise Incomplete(_("有利益关系的，请写明是什么关系。"))
        if verdict or given or opinion.strip():
            raise Incomplete(_("有利益关系的应当回避，不打分、不提意见。"))
        return {}
    if verdict not in Verdict.values or not opinion.strip():
        raise Incomplete(_("请选择结论并写明意见。"))
    return {rule.key: _score(rule, given.get(rule.key)) for rule in criteria}


def _score(rule: CriterionRule, score: int | None) -> int:
    if score is None or not 0 <= score <= rule.most:
        words = {"title": rule.title, "most": rule.most}
        raise Incomplete(_("“%(title)s”请打 0 到 %(most)s 的整数分。") % words)
    return score


def tally(criteria: Sequence[CriterionRule], opinions: Iterable[Mapping[str, int]]) -> Tally:
    """Means and share over the opinions that count, exact and rounded once, half up."""
    given = list(opinions)
    if not given:
        return Tally((), None, 0)
    sums = {rule.key: sum(one.get(rule.key, 0) for one in given) for rule in criteria}
    most = sum(rule.most for rule in criteria) * len(given)
    means = tuple((key, _rounded(Fraction(total, len(given)))) for key, total in sums.items())
    share = _rounded(Fraction(100 * sum(sums.values()), most)) if most else None
    return Tally(means, share, len(given))


def _rounded(exact: Fraction) -> Decimal:
    read = ratio(exact, 1, PLACES)
    assert isinstance(read, int)
    return Decimal(read).scaleb(-PLACES)
