"""What is known of an enterprise, as conditions of policies ask for it: the declared catalogue."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from luodi.kit.eligibility import FactKind, Lasting
from luodi.kit.quantities import unit
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class FactOption(Strict):
    """One word that a fact may hold; `also` are other names texts give it, `held` the words by
    which modules know it (`specialised:little-giant` of the registers)."""

    key: Key
    title: Words
    title_en: Words
    also: tuple[Words, ...] = ()
    held: tuple[Words, ...] = ()


class IndicatorPart(Strict):
    """The indicator that states the fact, firm by firm, and what its figures were gathered for.

    Identifiable statistical microdata serves no other purpose: `statistics` is no choice here.
    """

    code: Key
    purposes: tuple[Literal["shared", "enterprise", "dispatch"], ...] = Field(min_length=1)


class HoldsPart(Strict):
    """How long a verified value holds (`kit.eligibility.Lasting`); without it, for good.

    `next_year` is a month and day (`06-30`) of the year after the one the value is about.
    """

    months: int = Field(default=0, ge=0, le=600)
    next_year: str = Field(default="", pattern=r"^(\d{2}-\d{2})?$")
    of_last_year: bool = False
    own: bool = False
    warn_days: int = Field(default=30, ge=0, le=365)

    @model_validator(mode="after")
    def _sound(self) -> HoldsPart:
        if bool(self.months) == bool(self.next_year) and not (self.own and not self.months):
            raise ValueError("有效期写 months 或 next_year 其中之一，或只写 own")
        if self.of_last_year and not self.next_year:
            raise ValueError("of_last_year 只与 next_year 一并写")
        try:
            self._day()
        except ValueError as error:
            raise ValueError(f"没有“{self.next_year}”这一天") from error
        return self

    def _day(self) -> tuple[int, int] | None:
        if not self.next_year:
            return None
        day = date.fromisoformat(f"2000-{self.next_year}")
        return day.month, day.day

    def lasting(self) -> Lasting:
        """The kit's value."""
        return Lasting(self.months, self._day(), self.of_last_year, self.own, self.warn_days)


class EnterpriseFactRule(RuleBase):
    """One fact: its type, unit and decimals, what texts call it, and where it comes from.

    `doors` are the names under which modules give it (of a set, what any of them says);
    `indicator` the figures that state it.
    `stated`: a firm may state it itself, which counts once an office has verified it. `recorded`:
    an office records it. `units`: its options are the zones and counties of the city. `held`: a
    truth is so for whom a door says one of these words (`credit:grave` of the registers).
    `holds`: how long what an office verified counts.
    """

    title: Words
    title_en: Words
    type: Literal["number", "words", "set", "date", "truth"]
    unit: str = ""
    scale: int = Field(default=0, ge=0, le=6)
    order: int = Field(ge=1)
    says: tuple[Words, ...] = ()
    options: tuple[FactOption, ...] = ()
    units: bool = False
    doors: tuple[Key, ...] = ()
    held: tuple[Words, ...] = ()
    indicator: IndicatorPart | None = None
    stated: bool = False
    recorded: bool = False
    holds: HoldsPart | None = None

    @model_validator(mode="after")
    def _sound(self) -> EnterpriseFactRule:
        if self.unit and (self.type != "number" or unit(self.unit) is None):
            raise ValueError(f"没有登记的计量单位“{self.unit}”，或者这项事实不是数")
        if self.options and self.type not in ("words", "set"):
            raise ValueError("只有取词的事实才有 options")
        if self.indicator and self.type != "number":
            raise ValueError("指标的值只能说明取数的事实")
        if self.held and self.type != "truth":
            raise ValueError("只有是非的事实才写 held；取词的写在 options 里")
        if self.holds and not (self.stated or self.recorded):
            raise ValueError("只有自述或登记的事实才写 holds")
        if not (self.doors or self.indicator or self.stated or self.recorded):
            raise ValueError("要写明从哪里来：doors、indicator、stated 或 recorded")
        return self

    def fact(self) -> FactKind:
        """The kit's value."""
        return FactKind(
            self.key,
            self.type,
            self.title,
            self.title_en,
            self.unit,
            self.scale,
            {one.key: (one.title, one.title_en) for one in self.options},
            (self.title, *self.says),
            {one.key: one.also for one in self.options},
        )
