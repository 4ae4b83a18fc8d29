"""Indicator definitions: one definition version a row."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from luodi.kit.quantities import unit
from luodi.packs.schemas.base import Key, RuleBase, Words


class IndicatorRule(RuleBase):
    """What a figure means: unit, scale (decimals stored), period, purpose, who answers for it."""

    name: Words
    name_en: Words
    unit: Words
    scale: int = Field(ge=0, le=6)
    period: Literal["week", "month", "quarter", "half", "year"]
    measure: Literal["stock", "flow"]
    counts: Literal["in_period", "year_to_date", "since_start", "at_end"]
    direction: Literal["up", "down", "none"] = "up"
    over_units: Literal["sum", "none"] = "none"
    purpose: Literal["statistics", "dispatch", "shared", "self_reported"]
    answers: Key
    definition: Words
    numerator: str = ""
    denominator: str = ""
    floor: int | None = None
    scope: str = ""
    """Whom and what it counts (口径范围)."""
    formula: str = ""
    """How it is computed from others, in the grammar of `luodi.kit.formulas`, over pack keys."""
    valid_from: str = Field(default="", pattern=r"^(\d{4}(-\d{2}|Q[1-4]|H[12]|W\d{2})?)?$")
    """The first period this wording holds for; '' for all."""
    comparable: bool = True
    """Whether the series compares with that of the wording before."""
    combined: bool = False
    """January and February are reported as one figure, that of February."""
    prices: Literal["current", "comparable"] = "current"
    """comparable: growth is never computed from the figures, which are in current prices."""
    growth_by: str = ""
    """The indicator that states the growth, where prices are comparable."""

    @model_validator(mode="after")
    def _known_unit(self) -> IndicatorRule:
        if unit(self.unit) is None:
            raise ValueError(f"没有登记的计量单位“{self.unit}”")
        if bool(self.numerator) != bool(self.denominator):
            raise ValueError("分子与分母须一并写明")
        if self.combined and (self.period != "month" or self.measure != "flow"):
            raise ValueError("只有按月的流量指标才有1—2月合并")
        if self.growth_by and self.prices != "comparable":
            raise ValueError("只有可比价指标才写增速由哪个指标给出")
        return self

    def identity(self) -> tuple[Any, ...]:
        """A statistics series and a dispatch series of one name are two definitions."""
        return (self.key, self.purpose)
