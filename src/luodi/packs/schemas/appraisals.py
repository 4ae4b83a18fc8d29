"""How a city appraises units: what is shown, who decides, and what follows from the result.

The time limits of the steps are clocks: `appraisal.self_report`, `appraisal.verification`,
`appraisal.objection`, `appraisal.review`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words


class AppraisalRule(RuleBase):
    """The procedure of an appraisal; `schemes` are those it is for (none: all of them).

    `others` is what a unit sees of the others' first result. With `notice`, the result is put up
    for notice (公示) before it is decided.
    """

    title: Words
    title_en: Words
    schemes: tuple[Key, ...] = ()
    others: Literal["nothing", "total_and_rank"] = "total_and_rank"
    notice: bool = True
    decides: tuple[Literal["leading_group", "leader_in_charge"], ...] = ("leading_group",)


class RewardRule(RuleBase):
    """What follows from a tier, from places (`first` to `last`), or from both.

    An amount stands only where a text gives one.
    """

    title: Words
    title_en: Words
    schemes: tuple[Key, ...] = ()
    effect: Literal["reward", "commendation", "reminder", "talk"]
    tiers: tuple[Words, ...] = ()
    first: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=1)
    amount: Decimal | None = Field(default=None, gt=0, max_digits=14, decimal_places=2)
    measured_in: str = ""

    @model_validator(mode="after")
    def _of_something(self) -> RewardRule:
        if not self.tiers and self.first is None:
            raise ValueError("奖惩规则要写明对应的档次（tiers）或名次（first、last）")
        if self.last is not None and (self.first is None or self.last < self.first):
            raise ValueError("名次的起止不对：last 不能小于 first")
        if (self.amount is None) != (not self.measured_in):
            raise ValueError("有金额就要写计量单位，没有金额就不写")
        return self

    def covers(self, tier: str, place: int | None) -> bool:
        """Whether a unit of a tier and place comes under the rule."""
        if self.tiers and tier not in self.tiers:
            return False
        if self.first is None:
            return True
        last = self.first if self.last is None else self.last
        return place is not None and self.first <= place <= last


class TermRule(RuleBase):
    """How the years of a leadership team's term become one result (领导班子任期考核).

    `mean`: the mean of the years' scores; `weighted`: years weigh as `weights` say, the last year
    of the term by the last weight. `least` years must have a result, else nothing is computed.
    """

    title: Words
    title_en: Words
    schemes: tuple[Key, ...] = ()
    how: Literal["mean", "weighted"] = "mean"
    weights: tuple[int, ...] = ()
    least: int = Field(default=2, ge=1, le=10)
    scale: int = Field(default=2, ge=0, le=6)

    @model_validator(mode="after")
    def _weighed(self) -> TermRule:
        if (self.how == "weighted") != bool(self.weights):
            raise ValueError("how: weighted 时写 weights，其他情况不写")
        if any(one < 1 for one in self.weights):
            raise ValueError("weights 只能是正整数")
        return self
