"""Good-faith exemption (容错): who looks into an application, who decides, by what conditions."""

from __future__ import annotations

from pydantic import Field, model_validator

from luodi.packs.schemas.base import RuleBase, Strict, Words


class BodyPart(Strict):
    """People of a body: who holds one of `roles` in one of the named units, or anywhere."""

    roles: tuple[Words, ...] = Field(min_length=1)
    units: tuple[Words, ...] = ()


class ExemptionRule(RuleBase):
    """The body that looks into applications, and whoever of it decides them."""

    title: Words
    title_en: Words
    reviewers: tuple[BodyPart, ...] = Field(min_length=1)
    deciders: tuple[BodyPart, ...] = Field(min_length=1)


class ConditionRule(RuleBase):
    """A condition that must hold; the precondition says what kind of work it was."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    precondition: bool = False
    asks: str = ""
    asks_en: str = ""

    @model_validator(mode="after")
    def _said_twice(self) -> ConditionRule:
        if bool(self.asks) != bool(self.asks_en):
            raise ValueError("asks 和 asks_en 应一起写")
        return self
