"""The way of a project from a lead to its promised benefit, and how investment is attracted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import RuleBase, Words

ProjectFact = Literal[
    "investor", "mode", "source", "industry", "zone", "signing", "contract", "investment",
    "output", "land", "code", "planned_start", "planned_production", "planned_capacity",
    "reviewed",
]  # fmt: skip
Mover = Literal["office", "lead", "zone"]


class PipelineRule(RuleBase):
    """A stage: its place, its library, what a project must show to enter, and who may move it in.

    `requires` names facts of the project; `contract` asks for a signed contract, which a framework
    agreement is not. `evidence` asks for a file with the move. A `final` stage can be entered from
    any other.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    library: Literal["leads", "talks", "signing", "building", "none"]
    requires: tuple[ProjectFact, ...] = ()
    evidence: bool = False
    evidence_says: str = ""
    movers: tuple[Mover, ...] = Field(min_length=1)
    final: bool = False

    @model_validator(mode="after")
    def _says_evidence(self) -> PipelineRule:
        if self.evidence and not self.evidence_says:
            raise ValueError("要求佐证的环节应写明要什么佐证：evidence_says")
        return self


class ModeRule(RuleBase):
    """A mode of attracting investment (招商模式)."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)
