"""Bulletins and ratings of departments: what is shown and ranked, who rates, what is kept back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class BulletinColumn(Strict):
    """One indicator of a bulletin. What is ranked is its figure or its growth, or nothing is.

    `series` takes figures of another purpose than the indicator's own: dispatch figures of what is
    official statistics elsewhere. Series are never mixed.
    """

    indicator: Key
    series: Literal["", "statistics", "dispatch", "shared"] = ""
    ranks: Literal["figure", "growth", "nothing"] = "figure"
    first: Literal["highest", "lowest"] = "highest"


class BulletinGroup(Strict):
    """Zones that are ranked among themselves; zones of no group make one of their own."""

    key: Key
    title: Words
    title_en: Words
    units: tuple[Key, ...] = Field(min_length=1)


class BulletinRule(RuleBase):
    """A periodical to all zones that follows a cadence.

    `ties`: whoever follows two that share the first place is third (`skip`) or second (`dense`).
    `behind` is how many of the last places are named as behind.
    """

    title: Words
    title_en: Words
    cadence: Key
    ties: Literal["skip", "dense"] = "skip"
    behind: int = Field(default=1, ge=0, le=20)
    columns: tuple[BulletinColumn, ...] = Field(min_length=1, max_length=12)
    groups: tuple[BulletinGroup, ...] = ()
    report_to: str = ""
    copy_to: str = ""

    @model_validator(mode="after")
    def _once(self) -> BulletinRule:
        codes = [column.indicator for column in self.columns]
        units = [unit for group in self.groups for unit in group.units]
        if len(set(codes)) < len(codes):
            raise ValueError("同一指标在通报里只能列一次")
        if len(set(units)) < len(units):
            raise ValueError("一个开发区只能属于一个分组")
        return self


class RatingRule(RuleBase):
    """How zones rate departments after a call-out: the marks, and how few are kept back.

    `sources` limits the items asked about by where they come from (empty: all). Averages by
    department and `every` period are shown from `minimum` ratings on, to `places` decimals.
    `indicator` is the code averages are published under; empty where they aren't.
    """

    title: Words
    title_en: Words
    sources: tuple[Key, ...] = ()
    least: int = Field(default=1, ge=0, le=10)
    most: int = Field(default=5, ge=1, le=100)
    minimum: int = Field(default=3, ge=1, le=100)
    every: Literal["month", "quarter", "half", "year"] = "quarter"
    places: int = Field(default=2, ge=0, le=4)
    indicator: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _spread(self) -> RatingRule:
        if self.least >= self.most:
            raise ValueError("最低分要低于最高分")
        return self
