"""When a project is stuck: it came so far, and for so long what should follow hasn't come."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luodi.packs.schemas.base import Key, RuleBase, Words


class StuckRule(RuleBase):
    """A project that has stood at `reached` or behind for more than `days` natural days without
    having come to the stage `without`, or, by `lacks: money`, without any investment told.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    reached: Key
    without: Key
    lacks: Literal["stage", "money"] = "stage"
    days: int = Field(ge=0, le=3650)
