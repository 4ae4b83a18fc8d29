"""Service to enterprises: what may be asked, how, within which limits; visits and conduct."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class RequestCategoryRule(RuleBase):
    """What a request may be about."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)


class RequestChannelRule(RuleBase):
    """How a request comes in: entered by the firm itself, or by staff for it."""

    title: Words
    title_en: Words
    by: Literal["firm", "staff"]
    order: int = Field(ge=1)


class RequestLimit(Strict):
    """One limit of a request: the clock that counts it, what starts and what ends it.

    `ends`: responded (the first word to the firm), told (the first news of progress or the
    answer), settled (the answer). `pauses`: it stands still while the firm is asked for something.
    `extends`: a timetable given to the firm moves it.
    """

    key: Key
    clock: Key
    ends: Literal["responded", "told", "settled"]
    pauses: bool = False
    extends: bool = False


class RequestLevel(Strict):
    """A level at which a request is handled: who is told that it has come to them."""

    key: Key
    title: Words
    title_en: Words
    of: Literal["lead", "home", "city"]
    roles: tuple[Key, ...] = Field(min_length=1)


class RequestPolicyRule(RuleBase):
    """How requests are handled: limits, levels, call-out, silence after the answer, repetition.

    `same_percent`: from this likeness on, an open request of the same firm and category is the
    same one. `arrival` and `rating` name clocks: of an office that is called out, and of the firm's
    word on the answer.
    """

    title: Words
    title_en: Words
    limits: tuple[RequestLimit, ...] = Field(min_length=1)
    levels: tuple[RequestLevel, ...] = Field(min_length=1)
    arrival: Key
    rating: Key
    same_percent: int = Field(ge=50, le=100)

    @model_validator(mode="after")
    def _whole(self) -> RequestPolicyRule:
        keys = [limit.key for limit in self.limits]
        if len(set(keys)) != len(keys):
            raise ValueError("limits 的 key 不能重复")
        if not any(limit.ends == "settled" for limit in self.limits):
            raise ValueError("limits 里至少有一个到办结为止（ends: settled）")
        return self


class GatheringKindRule(RuleBase):
    """A kind of meeting between government and firms: breakfast, tea, salon."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)


class VisitLimitRule(RuleBase):
    """How often a firm may be called on in a period without its wish (无事不扰)."""

    title: Words
    title_en: Words
    counts: tuple[Literal["visit", "inspection"], ...] = Field(min_length=1)
    every: Literal["month", "quarter", "year"]
    most: int = Field(ge=1, le=365)


class ConductRule(RuleBase):
    """What officials do for firms (positive) and never do (negative), for both sides to look up."""

    title: Words
    title_en: Words
    side: Literal["positive", "negative"]
    order: int = Field(ge=1)
