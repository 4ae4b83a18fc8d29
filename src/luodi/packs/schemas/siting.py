"""What counts when sites are ranked for a project: weights, and how credit falls."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal
from luodi.packs.schemas.base import RuleBase, Words

UNIT_OF = {"fit_land": "亩", "fit_space": "平方米", "price": "万元/亩", "rent": "元/平方米"}


class SitingRule(RuleBase):
    """One thing that gives points: an area near the need, a low price or rent.

    `fade`: how far above the need (or above nothing, for price and rent) the credit ends.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    counts: Literal["fit_land", "fit_space", "price", "rent"]
    weight: int = Field(ge=1, le=100)
    fade: Words

    @model_validator(mode="after")
    def _readable(self) -> SitingRule:
        self.far()
        return self

    def far(self) -> Quantity:
        """The fade as the kit reads it."""
        read = Quantity.parse(self.fade, UNIT_OF[self.counts])
        if isinstance(read, Refusal) or read.number <= 0:
            raise ValueError(f"fade 应是大于零的{UNIT_OF[self.counts]}")
        return read
