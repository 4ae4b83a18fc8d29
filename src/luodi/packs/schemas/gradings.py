"""Per-mu grading of firms: formulas, bands, measures; and a zone's average output per mu."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from luodi.kit import scoring
from luodi.kit.quantities import unit
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words

PurposeWord = Literal["statistics", "dispatch", "shared", "self_reported"]
Group = Literal["above_scale", "below_scale"]


class GradingInput(Strict):
    """A figure of a firm for the year. `codes` are indicators that hold it already, in order.

    Only `signed` ones may be negative.
    """

    key: Key
    title: Words
    title_en: Words
    unit: Words
    scale: int = Field(ge=0, le=6)
    codes: tuple[Key, ...] = ()
    signed: bool = False

    @model_validator(mode="after")
    def _known_unit(self) -> GradingInput:
        if unit(self.unit) is None:
            raise ValueError(f"没有登记的计量单位“{self.unit}”")
        return self


class GradingTerm(Strict):
    """numerator ÷ denominator ÷ base × points; see `luodi.kit.scoring.grading.Term`.

    `base` left out is the mean of the class. `cap` and `floor` are multiples of the points.
    """

    key: Key
    title: Words
    title_en: Words
    unit: Words
    numerator: Key
    denominator: str = ""
    points: Decimal = Field(gt=0, le=1000)
    base: Decimal | None = Field(default=None, gt=0)
    cap: Decimal | None = Field(default=None, ge=1)
    floor: Decimal | None = Decimal(0)
    missing: Literal["refuse", "zero", "mean"] = "refuse"
    zero_denominator: Literal["refuse", "zero", "mean", "cap", "points"] = "refuse"

    def term(self) -> scoring.Term:
        """The kit's value."""
        return scoring.Term(
            self.key, self.numerator, self.denominator, Fraction(self.points),
            _fraction(self.base), _fraction(self.cap), _fraction(self.floor),
            self.missing, self.zero_denominator,
        )  # fmt: skip


class GradingFormula(Strict):
    """The formula of one class of firms; `needs` must be there and above zero (land)."""

    group: Group
    needs: tuple[Key, ...] = ()
    terms: tuple[GradingTerm, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> GradingFormula:
        if len({term.key for term in self.terms}) != len(self.terms):
            raise ValueError("同一公式里的项目重复")
        return self


class GradingBand(Strict):
    """A grade and to which percentage of those ranked it reaches, from the best."""

    grade: str = Field(min_length=1, max_length=4)
    up_to: Decimal = Field(gt=0, le=100)


class GradingExemption(Strict):
    """A kind of firm that takes no part."""

    key: Key
    title: Words
    title_en: Words


class GradingMeasure(Strict):
    """What follows from a grade: an incentive or a constraint, in a field."""

    grade: str = Field(min_length=1, max_length=4)
    effect: Literal["incentive", "constraint"]
    field: Words
    field_en: Words
    says: Words
    says_en: Words


class NewFirms(Strict):
    """New enterprises never fall below a grade for so many years from the start of production."""

    years: int = Field(ge=1, le=10)
    lowest: str = Field(min_length=1, max_length=4)


class ExitRule(Strict):
    """Firms of a grade so many years running come on the exit list."""

    grade: str = Field(min_length=1, max_length=4)
    years: int = Field(ge=1, le=10)


class Left(Strict):
    """What the text leaves open, and what is declared for it."""

    zh: Words
    en: Words


class GradingRule(RuleBase):
    """A city's grading of enterprises by what they yield per mu (亩均效益评价).

    `purposes` are those of figures it may read, in the order of preference; identifiable official
    statistics are none of them (统计法 第二十五条: they serve statistics only). `unstated` tells
    what the source leaves open and this rule declares.
    """

    title: Words
    title_en: Words
    inputs: tuple[GradingInput, ...] = Field(min_length=1)
    formulas: tuple[GradingFormula, ...] = Field(min_length=1)
    bands: tuple[GradingBand, ...] = Field(min_length=1)
    ties: Literal["better", "worse"]
    cut: Literal["floor", "half_up", "ceiling"]
    rank_together: bool = False
    places: int = Field(ge=0, le=6)
    mean_places: int = Field(ge=0, le=6)
    purposes: tuple[PurposeWord, ...] = Field(min_length=1)
    exemptions: tuple[GradingExemption, ...] = ()
    new_firms: NewFirms | None = None
    exits: ExitRule | None = None
    measures: tuple[GradingMeasure, ...] = ()
    measures_are_example: bool = True
    notice_days: int = Field(ge=1, le=60)
    unstated: tuple[Left, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> GradingRule:
        if "statistics" in self.purposes:
            raise ValueError("能识别单个企业的统计资料只用于统计，不能用来评价企业（统计法）")
        names = {one.key for one in self.inputs}
        for formula in self.formulas:
            used = {*formula.needs, *(t.numerator for t in formula.terms)}
            used |= {t.denominator for t in formula.terms if t.denominator}
            if unknown := used - names:
                raise ValueError(f"公式用到了没有定义的数：{'、'.join(sorted(unknown))}")
        if len({formula.group for formula in self.formulas}) != len(self.formulas):
            raise ValueError("同一类企业有两个公式")
        self._check_bands()
        return self

    def _check_bands(self) -> None:
        grades = [band.grade for band in self.bands]
        shares = [band.up_to for band in self.bands]
        if shares != sorted(set(shares)) or shares[-1] != 100:
            raise ValueError("各档的累计比例应逐档增大，最后一档到 100")
        if len(set(grades)) != len(grades):
            raise ValueError("档次重复")
        named = {one.grade for one in self.measures}
        named |= {self.new_firms.lowest} if self.new_firms else set()
        named |= {self.exits.grade} if self.exits else set()
        if unknown := named - set(grades):
            raise ValueError(f"没有这个档次：{'、'.join(sorted(unknown))}")

    def scheme(self) -> scoring.Scheme:
        """The kit's value."""
        return scoring.Scheme(
            formulas=tuple(
                scoring.Formula(one.group, tuple(t.term() for t in one.terms), one.needs)
                for one in self.formulas
            ),
            bands=tuple(scoring.Band(b.grade, Fraction(b.up_to) / 100) for b in self.bands),
            ties=self.ties,
            cut=self.cut,
            together=self.rank_together,
            places=self.places,
            mean_places=self.mean_places,
            lowest=self.new_firms.lowest if self.new_firms else "",
        )


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


class ZoneOutputRule(RuleBase):
    """A zone's average output per mu (平均产出强度): output ÷ land. It grades no enterprise.

    `numerator` and `denominator` are indicators of zones; `threshold` is in `unit`.
    """

    title: Words
    title_en: Words
    numerator: Key
    denominator: Key
    numerator_title: Words
    numerator_title_en: Words
    numerator_unit: Words
    denominator_title: Words
    denominator_title_en: Words
    denominator_unit: Words
    threshold: Decimal = Field(gt=0)
    unit: Words
    places: int = Field(ge=0, le=6)
