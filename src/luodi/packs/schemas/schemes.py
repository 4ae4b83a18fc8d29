"""Appraisal schemes: groups with weights, indicators with methods, additions, vetoes, tiers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Strict, Words

FULL = Fraction(100)
Number = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}(\.\d{1,9})?$")]
"""An exact number, quoted, so that no reader of YAML makes it a float."""
Amount = Annotated[str, StringConstraints(pattern=r"^\d{1,6}(\.\d{1,9})?$")]


class SchemeTitled(Strict):
    """What a scheme names: its key, and how the pages call it."""

    key: Key
    title: Words
    title_en: Words


class SchemeCategory(SchemeTitled):
    """A kind of those assessed: zones of the national and of the provincial level."""


class SchemeBand(Strict):
    """Whoever reaches `reach` gets `share` per cent of the points; the best band first."""

    reach: Number
    share: Amount


class SchemeIndicator(SchemeTitled):
    """What is judged, and how it becomes points.

    `code` names the indicator of the dictionary whose value counts; without it (or without a
    value) what the unit reported and an office verified counts. `of` says which number is judged:
    the value, its growth over the year before, or its completion of the target, both in per cent;
    `method` how the number becomes a share of the weight. `best` and `worst` are the ends of the
    efficacy coefficient (功效系数); without them the best and worst of those compared. `base` is
    the share that the worst still gets. `full` is the growth that gets all points. `step`: by so
    many per cent of the weight each further place gets less; without it the last gets 1/n.
    `cap` and `floor` bound the share in per cent. A figure of a year is that of its `ends` month
    where the indicator's figures run up month by month.
    """

    weight: Amount | None = None
    code: Key | None = None
    measured_in: str = ""
    scale: int = Field(default=2, ge=0, le=9)
    ends: Literal["year", "december"] = "year"
    direction: Literal["up", "down"] = "up"
    of: Literal["value", "growth", "completion"] = "value"
    method: Literal["completion", "growth", "efficacy", "rank", "bands"]
    target: Number | None = None
    full: Number | None = None
    best: Number | None = None
    worst: Number | None = None
    base: Amount = "0"
    step: Amount | None = None
    bands: tuple[SchemeBand, ...] = ()
    cap: Amount = "100"
    floor: Amount = "0"
    missing: Literal["zero", "exclude", "mean", "refuse"] = "refuse"
    only_for: tuple[Key, ...] = ()
    answers: Key | None = None
    confirmed: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _complete(self) -> SchemeIndicator:
        for fault in _method_faults(self):
            raise ValueError(f"指标“{self.title}”：{fault}")
        return self

    def counts_for(self, category: str) -> bool:
        """Whether it is asked of a category."""
        return not self.only_for or category in self.only_for


def _method_faults(rule: SchemeIndicator) -> Iterator[str]:
    if Fraction(rule.floor) > Fraction(rule.cap):
        yield "下限 floor 大于上限 cap"
    if rule.of != "value" and rule.method in ("completion", "growth"):
        yield "方法 completion、growth 本身就看完成率、增幅，不再写 of"
    if rule.method == "growth" and (rule.full is None or Fraction(rule.full) <= 0):
        yield "按增幅计分应写明得满分的增幅 full（大于 0）"
    if (rule.best is None) != (rule.worst is None):
        yield "best 和 worst 要么都写，要么都不写"
    if rule.best is not None and rule.worst is not None:
        gap = Fraction(rule.best) - Fraction(rule.worst)
        if gap * (1 if rule.direction == "up" else -1) <= 0:
            yield "best 应优于 worst，请核对方向 direction"
    if Fraction(rule.base) > FULL:
        yield "基础分 base 不能超过 100"
    if (rule.method == "bands") != bool(rule.bands):
        yield "方法 bands 应写明各档 bands，其他方法不写"
    yield from _band_faults(rule)


def _band_faults(rule: SchemeIndicator) -> Iterator[str]:
    sign = 1 if rule.direction == "up" else -1
    reaches = [sign * Fraction(band.reach) for band in rule.bands]
    shares = [Fraction(band.share) for band in rule.bands]
    if reaches != sorted(set(reaches), reverse=True):
        yield "各档应从最好写到最差，且界限不重复"
    if shares != sorted(shares, reverse=True):
        yield "较差的一档不能得分更高"


class SchemeGroup(SchemeTitled):
    """A first-level group. Without weights of their own its indicators share its weight evenly."""

    weight: Amount
    indicators: tuple[SchemeIndicator, ...] = Field(min_length=1)
    note: str = ""

    def weights(self, category: str) -> dict[str, Fraction]:
        """The weight of each indicator asked of a category, exact."""
        asked = [one for one in self.indicators if one.counts_for(category)]
        even = Fraction(self.weight) / len(asked) if asked else Fraction(0)
        return {one.key: Fraction(one.weight) if one.weight else even for one in asked}


LetterKinds = Annotated[
    Literal["warning_letter", "talk_notice"] | None, Field(exclude_if=lambda kind: kind is None)
]
"""The letters of the year whose number is proposed for a term; a scheme without it reads as before
there was such a field."""


class SchemeExtra(SchemeTitled):
    """Something recorded by number that adds or takes points: `each` a time, at most `most`.

    `letters` (of a deduction): the record's letters of this kind to the unit, issued in the year,
    are proposed as the number; the office accepts it or enters another with a reason.
    """

    each: Amount
    most: Amount | None = None
    letters: LetterKinds = None
    note: str = ""


class SchemeVeto(SchemeTitled):
    """One-vote veto (一票否决): `zero` the total is 0; `unranked` no place; `tier` no better tier
    than `tier`. `letters` as of a deduction."""

    effect: Literal["zero", "unranked", "tier"]
    tier: Key | None = None
    letters: LetterKinds = None
    note: str = ""


class SchemeTier(SchemeTitled):
    """A tier, the best first: from a total of `least`, or up to so many per cent of the places.

    The last one needs neither and takes the rest.
    """

    least: Number | None = None
    places: int | None = Field(default=None, ge=1, le=100)


class SchemeRule(RuleBase):
    """A scheme. `places` are the decimals of a total, rounded once; `apart` compares and ranks
    each category for itself. Group weights add up to 100, indicator weights to their group's, for
    each category."""

    title: Words
    title_en: Words
    about: Literal["zone", "county", "bureau"] = "zone"
    places: int = Field(default=2, ge=0, le=6)
    apart: bool = False
    categories: tuple[SchemeCategory, ...] = ()
    groups: tuple[SchemeGroup, ...] = Field(min_length=1)
    additions: tuple[SchemeExtra, ...] = ()
    deductions: tuple[SchemeExtra, ...] = ()
    vetoes: tuple[SchemeVeto, ...] = ()
    most_added: Amount | None = None
    most_deducted: Amount | None = None
    tiers: tuple[SchemeTier, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> SchemeRule:
        for fault in (*self._key_faults(), *self._weight_faults(), *self._tier_faults()):
            raise ValueError(fault)
        return self

    def indicators(self) -> tuple[SchemeIndicator, ...]:
        """All indicators, in the order of the groups."""
        return tuple(one for group in self.groups for one in group.indicators)

    def extras(self) -> tuple[SchemeExtra | SchemeVeto, ...]:
        """What is recorded by number: additions, deductions, vetoes."""
        return (*self.additions, *self.deductions, *self.vetoes)

    def category_keys(self) -> tuple[str, ...]:
        """The categories, or '' for a scheme without them."""
        return tuple(one.key for one in self.categories) or ("",)

    def _key_faults(self) -> Iterator[str]:
        keys = [one.key for one in (*self.groups, *self.indicators(), *self.extras())]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"“{key}”用了两次：组、指标、加减分和否决项的 key 不能相同"
        known = {one.key for one in self.categories}
        for one in self.indicators():
            for key in sorted(set(one.only_for) - known):
                yield f"指标“{one.title}”所限的类别“{key}”没有列在 categories 里"
        for extra in self.additions:
            if extra.letters is not None:
                yield f"加分项“{extra.title}”不按函件计次，letters 只写在扣分项和否决项里"

    def _weight_faults(self) -> Iterator[str]:
        total = sum((Fraction(group.weight) for group in self.groups), Fraction(0))
        if total != FULL:
            yield f"各组权重合计 {_plain(total)}，应为 100"
        for group in self.groups:
            given = [one.weight is not None for one in group.indicators]
            if any(given) and not all(given):
                yield f"组“{group.title}”的指标权重要么都写，要么都不写（平均分配）"
            for category in self.category_keys():
                weights = group.weights(category).values()
                found = sum(weights, Fraction(0))
                if found != Fraction(group.weight):
                    where = f"对类别“{category}”" if category else ""
                    yield (
                        f"组“{group.title}”{where}的指标权重合计 {_plain(found)}，"
                        f"应为 {_plain(Fraction(group.weight))}"
                    )

    def _tier_faults(self) -> Iterator[str]:
        keys = [one.key for one in self.tiers]
        if len(keys) != len(set(keys)):
            yield "等次的 key 不能相同"
        for one in self.tiers[:-1]:
            if (one.least is None) == (one.places is None):
                yield f"等次“{one.title}”应写明最低分 least 或名次比例 places，二者选一"
        if self.tiers and (self.tiers[-1].least or self.tiers[-1].places):
            yield "最后一个等次收其余的，不写 least 和 places"
        for veto in self.vetoes:
            if (veto.effect == "tier") != (veto.tier in keys):
                yield f"否决项“{veto.title}”：effect 为 tier 的应写明已有的等次 tier，其他的不写"


def _plain(number: Fraction) -> str:
    """A weight in digits: 28, 27.5, or a fraction that has no end as it is."""
    return f"{float(number):g}"
