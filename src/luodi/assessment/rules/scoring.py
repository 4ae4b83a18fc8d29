"""Between a pack's scheme and the scoring of the kit, and scores as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from luodi.common.refusals import in_words
from luodi.kit.scoring.schemes import (
    Contribution,
    Extra,
    ExtraPoints,
    Indicator,
    Outcome,
    Result,
    Scheme,
    Tier,
    Veto,
)
from luodi.kit.scoring.schemes.judging import (
    ALONE,
    NEGATIVE_BASE,
    NEGATIVE_TARGET,
    NO_ACTUAL,
    NO_BASE,
    NO_TARGET,
    ZERO_BASE,
    ZERO_TARGET,
)
from luodi.kit.scoring.schemes.ranking import NO_PLACE
from luodi.kit.scoring.schemes.saying import digits, says, says_extra
from luodi.kit.scoring.schemes.scoring import NOTHING
from luodi.packs.schemas import SchemeRule
from luodi.packs.schemas.schemes import SchemeExtra, SchemeGroup, SchemeIndicator

HUNDRED = Fraction(100)


def scheme_of(rule: SchemeRule, weights: Mapping[str, Fraction] | None = None) -> Scheme:
    """A pack's scheme as the kit scores by it.

    With `weights`, by indicator key, those indicators weigh otherwise than the scheme says; all
    are then spread to 100 for each category.
    """
    categories = rule.category_keys()
    own = {c: {k: w for g in rule.groups for k, w in g.weights(c).items()} for c in categories}
    if weights:
        own = {category: _spread(some, weights) for category, some in own.items()}
    return Scheme(
        indicators=tuple(
            _indicator(one, group, {c: own[c][one.key] for c in categories if one.key in own[c]})
            for group in rule.groups
            for one in group.indicators
        ),
        places=rule.places,
        apart=rule.apart,
        additions=tuple(map(_extra, rule.additions)),
        deductions=tuple(map(_extra, rule.deductions)),
        vetoes=tuple(Veto(one.key, one.effect, one.tier or "") for one in rule.vetoes),
        most_added=_maybe(rule.most_added),
        most_deducted=_maybe(rule.most_deducted),
        tiers=tuple(
            Tier(one.key, _maybe(one.least), None if one.places is None else _share(one.places))
            for one in rule.tiers
        ),
    )


def _spread(own: Mapping[str, Fraction], moved: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """A category's weights with some moved, spread to 100; as they were where all would be 0."""
    changed = {key: moved.get(key, weight) for key, weight in own.items()}
    total = sum(changed.values(), Fraction(0))
    return {k: w * HUNDRED / total for k, w in changed.items()} if total else dict(own)


def _maybe(number: str | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _share(percent: str | int) -> Fraction:
    return Fraction(percent) / HUNDRED


def _extra(rule: SchemeExtra) -> Extra:
    return Extra(rule.key, Fraction(rule.each), _maybe(rule.most))


def _indicator(
    rule: SchemeIndicator, group: SchemeGroup, weights: Mapping[str, Fraction]
) -> Indicator:
    """Ends and reaches of growth and completion are per cent in a pack, shares in the kit."""
    by_share = rule.of != "value"

    def end(number: str | None) -> Fraction | None:
        return None if number is None else _share(number) if by_share else Fraction(number)

    return Indicator(
        key=rule.key,
        group=group.key,
        weights=weights,
        method=rule.method,
        of=rule.of,
        up=rule.direction == "up",
        target=_maybe(rule.target),
        full=_share(rule.full or "100"),
        best=end(rule.best),
        worst=end(rule.worst),
        base=_share(rule.base),
        step=None if rule.step is None else _share(rule.step),
        bands=tuple((end(b.reach) or Fraction(0), _share(b.share)) for b in rule.bands),
        cap=_share(rule.cap),
        floor=_share(rule.floor),
        missing=rule.missing,
        scale=rule.scale,
    )


def fraction_text(number: Fraction | None) -> str:
    """An exact number as `7/3`; '' for none."""
    return "" if number is None else f"{number.numerator}/{number.denominator}"


def read_fraction(text: str) -> Fraction | None:
    """The number of such a text."""
    return Fraction(text) if text else None


def working_of(
    outcome: Outcome, told: Mapping[tuple[str, str], Mapping[str, Any]], places: int
) -> list[dict[str, Any]]:
    """The contributions of an outcome as plain data, in the scheme's order.

    `told` says of each figure, by indicator and part, where it comes from. Numbers are exact, and
    the formula stands in both languages as it was shown.
    """
    lines = [_line(one, told, places) for one in outcome.contributions]
    lines += [_extra_line(one, told) for one in outcome.extras]
    lines += [{"kind": "veto", "key": key, "figures": _told(key, told)} for key in outcome.vetoes]
    return lines


def _line(
    one: Contribution, told: Mapping[tuple[str, str], Mapping[str, Any]], places: int
) -> dict[str, Any]:
    return {
        "kind": "indicator",
        "key": one.key,
        "group": one.indicator.group,
        "weight": fraction_text(one.weight),
        "counted": fraction_text(one.counted),
        "number": fraction_text(one.number),
        "share": fraction_text(one.share),
        "points": fraction_text(one.points),
        "fault": one.fault.code if one.fault is not None else "",
        "zh": says(one, "zh", places),
        "en": says(one, "en", places),
        "figures": _told(one.key, told),
    }


def _extra_line(
    one: ExtraPoints, told: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "kind": "addition" if one.sign > 0 else "deduction",
        "key": one.extra.key,
        "times": one.times,
        "points": fraction_text(one.points * one.sign),
        "zh": says_extra(one, "zh"),
        "en": says_extra(one, "en"),
        "figures": _told(one.extra.key, told),
    }


def _told(key: str, told: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
    return {part: dict(told[key, part]) for part in PARTS if (key, part) in told}


PARTS = ("actual", "base", "target", "count")


def result_digest(result: Result, workings: Mapping[str, list[dict[str, Any]]]) -> str:
    """sha256 of all a run says: totals, places, tiers and every contribution."""
    plain = [
        [one.unit, one.category, one.total, one.rank, one.tier, workings[one.unit]]
        for one in sorted(result.outcomes, key=lambda one: one.unit)
    ]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def points_text(text: str, places: int) -> str:
    """Points as shown: rounded at the scheme's places, a dash for none."""
    number = read_fraction(text)
    return "—" if number is None else digits(number, places).replace("≈", "")


FAULTS = {
    one.code: one
    for one in (
        NO_ACTUAL, NO_BASE, ZERO_BASE, NEGATIVE_BASE, NO_TARGET, ZERO_TARGET, NEGATIVE_TARGET,
        ALONE, NOTHING, NO_PLACE,
    )
}  # fmt: skip
"""Why a score can't be computed or has no place, by code."""


def fault_in_words(code: str) -> str:
    """Why there is no total or no place, in the reader's language; '' for nothing."""
    found = FAULTS.get(code)
    return in_words(found) if found is not None else code
