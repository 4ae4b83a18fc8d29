"""Gates of the year: the share of its projects that must have come so far by a day, or a floor."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from luodi.kit.quantities import Quantity
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class YearListRule(RuleBase):
    """Which projects are the `continuing`, and which the `new` ones of a year.

    Continuing: before the year it stood at `started` or behind, and not yet at `produced`. New:
    it had not started before the year, stands at `signed` or behind with a contract, and either
    its planned start lies in the year or it started in it. `version` names the definition (口径).
    """

    title: Words
    title_en: Words
    takes: Literal["continuing", "new"]
    signed: Key
    started: Key
    produced: Key
    version: int = Field(ge=1)


class GatePart(Strict):
    """One part of a floor: the stages whose projects lie in it. A stage lies in one part only."""

    key: Key
    title: Words
    title_en: Words
    stages: tuple[Key, ...] = Field(min_length=1)


class GateRule(RuleBase):
    """One gate. `resumed` and `started` ask a share of a list of the year by a day of it (MM-DD);
    `floor` asks that the investment in its parts together never falls below an amount.

    `warn`: so many days before the due day the office is told how far it is; 0: never. `where` says
    whether projects of the whole city count, or those in development zones.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    asks: Literal["resumed", "started", "floor"]
    where: Literal["city", "zones"] = "city"
    of: Key | None = None
    share: int = Field(default=0, ge=0, le=100)
    due: str = ""
    warn: int = Field(default=0, ge=0, le=180)
    floor: str = ""
    parts: tuple[GatePart, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> GateRule:
        if self.asks == "floor":
            self.amount()
            if not self.parts:
                raise ValueError("总额底线应写明由哪几部分组成：parts")
            stages = [stage for part in self.parts for stage in part.stages]
            if len(stages) != len(set(stages)):
                raise ValueError("同一个环节写在两个部分里，金额会重复计算")
            return self
        if not self.of or not self.share or not self.due:
            raise ValueError("比例要求应写明对象 of、比例 share 和截止日 due（月-日）")
        self.due_in(2025)
        return self

    def due_in(self, year: int) -> date:
        """The day it is due in a year."""
        try:
            return date.fromisoformat(f"{year}-{self.due}")
        except ValueError as error:
            raise ValueError("截止日应写成月-日，如 03-31") from error

    def amount(self) -> Fraction:
        """The floor in 万元."""
        read = Quantity.parse(self.floor, "万元")
        if not isinstance(read, Quantity):
            raise ValueError("底线金额应带单位，如 1000亿元")
        return read.value
