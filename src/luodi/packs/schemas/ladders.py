"""Rungs of a ladder: what of a unit's lights asks for a letter, and how long its unit then has."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words
from luodi.packs.schemas.rhythm import ConditionPart

LADDER_FACTS = frozenset(
    {
        "light", "kind", "rule", "days", "unit_kind",
        "reds", "yellows", "letters", "unanswered", "unrectified",
    }
)  # fmt: skip
"""What a rung may ask of a light: its own facts, and those of the unit that answers for it."""


class LadderRule(RuleBase):
    """One rung. A draft to a unit holds every light of its that fulfils `when`.

    Facts of a light: `light`, `kind` (measure, step, item, report, stuck, lead, letter,
    talk),
    `rule`, `days` over its time. Facts of its unit: `unit_kind`; `reds` and `yellows` of all
    kinds; of letters issued within the last `within` days: how many (`letters`), how many not
    answered in time (`unanswered`), how many whose rectification isn't found good
    (`unrectified`). `cooling` are the natural days in which a rule drafts nothing again about the
    same thing. `answer` and `rectify` are clocks of the pack, counted from the issue. Who signs
    is said by the kind of paper.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    paper: Literal["warning_letter", "talk_notice"]
    when: tuple[ConditionPart, ...] = Field(min_length=1)
    cooling: int = Field(ge=1, le=3650)
    within: int = Field(default=365, ge=1, le=3650)
    answer: Key
    rectify: Key
    talkers: tuple[Key, ...] = ()
    """Roles of those who may talk; empty: the leading group."""
    zh: Words
    en: Words

    @model_validator(mode="after")
    def _known(self) -> LadderRule:
        asked = {part.fact for part in self.when} | {part.than for part in self.when if part.than}
        if strange := sorted(asked - LADDER_FACTS):
            raise ValueError(
                f"没有“{strange[0]}”这一事实，可用的有：{'、'.join(sorted(LADDER_FACTS))}"
            )
        return self
