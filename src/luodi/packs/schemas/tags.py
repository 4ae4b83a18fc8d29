"""Tags of projects: given by people, or found by criteria over what is known of a project."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import RuleBase, Strict, Words

NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
TagFact = Literal[
    "investment", "output", "land", "intensity", "output_per_mu", "tax_per_mu", "energy",
    "industry", "mode", "signing",
]  # fmt: skip


class TagCriterion(Strict):
    """One thing asked: an amount in the fact's own unit as a decimal, or words to be one of."""

    fact: TagFact
    operator: Literal["at_least", "at_most", "one_of"]
    value: str | tuple[Words, ...]

    @model_validator(mode="after")
    def _fits(self) -> TagCriterion:
        words = isinstance(self.value, tuple)
        if words != (self.operator == "one_of"):
            raise ValueError("one_of 要写成列表，at_least 和 at_most 要写一个数")
        if isinstance(self.value, str) and not NUMBER.fullmatch(self.value):
            raise ValueError('at_least 和 at_most 要写一个数，例如 "100" 或 "0.5"')
        return self


class TagRule(RuleBase):
    """A tag. With `criteria` it is found where all of them hold; without, people give it.

    People may decide otherwise in either case, with a reason. `effect` says what follows from it.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    criteria: tuple[TagCriterion, ...] = ()
    effect: str = ""
    effect_en: str = ""
