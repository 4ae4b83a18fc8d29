"""The expert review before signing: its panel, and the criteria it scores by."""

from __future__ import annotations

from pydantic import Field, model_validator

from luodi.packs.schemas.base import RuleBase, Words


class ReviewRule(RuleBase):
    """A panel: how many institutes and experts give an opinion (一院三专家: one and three).

    `pass_share` is the share of the full score, in per cent, under which the page says so; it
    decides nothing by itself.
    """

    title: Words
    title_en: Words
    institutes: int = Field(ge=0, le=9)
    experts: int = Field(ge=0, le=9)
    pass_share: int | None = Field(default=None, ge=1, le=100)

    @model_validator(mode="after")
    def _somebody(self) -> ReviewRule:
        if not self.institutes + self.experts:
            raise ValueError("评审组至少要有一个院所或一名专家")
        return self


class CriterionRule(RuleBase):
    """What a review scores: a whole number from 0 to `most`."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    most: int = Field(ge=1, le=100)
