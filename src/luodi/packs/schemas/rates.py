"""Rates over the lists of a batch (三个一批): what is counted over what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luodi.packs.schemas.base import Key, RuleBase, Words


class RateRule(RuleBase):
    """One rate: the list it is taken over, and the stage a project must stand at or behind.

    By `count`, projects over projects; by `value`, the actual output of those that stand there
    over the promised output of all. Where a stage can't be skipped (`skipped: lags`), a project
    that went past without entering it is not counted. `version` names the definition (口径).
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    base: Literal["signed", "started", "produced"]
    reached: Key
    by: Literal["count", "value"] = "count"
    skipped: Literal["counts", "lags"] = "counts"
    version: int = Field(ge=1)
