"""Rates over the lists of a batch (三个一批): what is counted over what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words

FIRM_STEPS = ("meets_scale_threshold", "promoted_to_above_scale", "admitted")
"""达规, 升规, 入库: how a firm comes into official statistics."""


class RateRule(RuleBase):
    """One rate: the list it is taken over, and the stage a project must stand at or behind.

    By `count`, projects over projects; by `value`, the actual output of those that stand there
    over the promised output of all; by `enterprise`, the firms that have taken the step `reached`
    over the firms of all, each once. Where a stage can't be skipped (`skipped: lags`), a project
    that went past without entering it is not counted. `version` names the definition (口径).
    `stated` is the indicator under which texts state such a rate.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    base: Literal["signed", "started", "produced"]
    reached: Key
    by: Literal["count", "value", "enterprise"] = "count"
    skipped: Literal["counts", "lags"] = "counts"
    version: int = Field(ge=1)
    stated: Key | None = None

    @model_validator(mode="after")
    def _knows_the_step(self) -> RateRule:
        if self.by == "enterprise" and self.reached not in FIRM_STEPS:
            raise ValueError(f"按企业计的比率，reached 应是 {'、'.join(FIRM_STEPS)} 之一")
        return self
