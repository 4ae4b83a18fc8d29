"""Calendars, cadences, clocks and lights as data, and the kit's values made from them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Literal

from pydantic import Field, model_validator

from luodi.kit import calendars, lights
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class DaysOff(Strict):
    """One festival: the stretch off, and the days worked to make up for it."""

    name: Words
    first: date
    last: date
    make_up: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> DaysOff:
        if self.last < self.first or (self.last - self.first).days > 15:
            raise ValueError(f"{self.name}的起止日期不对")
        if any(day.weekday() < 5 for day in self.make_up):
            raise ValueError(f"{self.name}的调休上班日应在周末")
        return self

    def off(self) -> dict[date, str]:
        """The days off."""
        days = (self.last - self.first).days + 1
        return {self.first + timedelta(days=i): self.name for i in range(days)}


class CalendarRule(RuleBase):
    """The arrangement of one year."""

    year: int = Field(ge=2000, le=2100)
    holidays: tuple[DaysOff, ...]

    def table(self) -> calendars.YearTable:
        """The kit's value."""
        off = {day: name for part in self.holidays for day, name in part.off().items()}
        work = {day: part.name for part in self.holidays for day in part.make_up}
        return calendars.YearTable(self.year, self.source, off, work)


class AnchorPart(Strict):
    """A day relative to a period; see `luodi.kit.calendars.Anchor`."""

    base: Literal["period", "next_period", "due"]
    count: Literal["day", "workday", "workday_before", "weekday"]
    number: int = Field(ge=0, le=366)

    def anchor(self) -> calendars.Anchor:
        """The kit's value."""
        return calendars.Anchor(self.base, self.count, self.number)


class CadenceRule(RuleBase):
    """The rhythm of a cycle: reports, dispatches, meetings, bulletins."""

    title: Words
    title_en: Words
    what: Literal["report", "consultation", "dispatch", "meeting", "bulletin", "visit"]
    every: Literal["week", "month", "quarter", "half", "year"]
    months: tuple[int, ...] = ()
    whose: Literal["", "zone", "county"] = ""
    """Of a visit: whose leaders travel, those of zones or of counties."""
    opens: AnchorPart
    due: AnchorPart
    warn: AnchorPart | None = None
    closes: time = time(23, 59, 59)

    @model_validator(mode="after")
    def _anchors(self) -> CadenceRule:
        if any(not 1 <= month <= 12 for month in self.months):
            raise ValueError("months 只能是 1 至 12")
        if bool(self.whose) != (self.what == "visit"):
            raise ValueError("visit 须写明 whose（zone 或 county），其余不写")
        if "due" in (self.opens.base, self.due.base):
            raise ValueError("opens 与 due 不能以截止日为基准")
        return self

    def cadence(self) -> calendars.Cadence:
        """The kit's value."""
        warn = self.warn.anchor() if self.warn else None
        opens, due = self.opens.anchor(), self.due.anchor()
        return calendars.Cadence(self.every, opens, due, warn, self.months, self.closes)


class Segment(Strict):
    """Opening hours of one part of the day."""

    opens: time
    closes: time


class ClockRule(RuleBase):
    """A time limit; `applies_to` names the step it starts with."""

    title: Words
    title_en: Words
    applies_to: Key
    unit: Literal["minute", "hour", "workhour", "day", "workday", "month"]
    amount: int = Field(ge=0)
    end: Literal["same_time", "end_of_day", "office_close"] = "end_of_day"
    start_day_counts: bool = False
    roll: bool = False
    cutoff: time | None = None
    office: tuple[Segment, ...] = ()

    @model_validator(mode="after")
    def _countable(self) -> ClockRule:
        try:
            self.clock()
        except ValueError as error:
            raise ValueError(f"这一时限无法计算：{error}") from error
        return self

    def clock(self) -> calendars.Clock:
        """The kit's value."""
        parts = tuple((part.opens, part.closes) for part in self.office)
        return calendars.Clock(
            self.unit,
            self.amount,
            self.end,
            self.start_day_counts,
            self.roll,
            self.cutoff,
            calendars.OfficeHours(parts) if parts else None,
        )


class ConditionPart(Strict):
    """One condition; `value` is a literal or a list, `than` names another fact."""

    fact: Key
    is_: Literal["at_least", "at_most", "equals", "differs", "in", "missing", "present"] = Field(
        alias="is"
    )
    value: int | bool | str | tuple[int | str, ...] | None = None
    than: Key | None = None

    @model_validator(mode="after")
    def _complete(self) -> ConditionPart:
        bare = self.is_ in ("missing", "present")
        given = (self.value is not None) + (self.than is not None)
        if given != (0 if bare else 1):
            raise ValueError("missing 与 present 不带值，其余条件须有 value 或 than 之一")
        if isinstance(self.value, tuple) != (self.is_ == "in"):
            raise ValueError("in 的值应为列表，其余条件的值不能是列表")
        return self

    def condition(self) -> lights.Condition:
        """The kit's value."""
        value: Any = lights.Other(self.than) if self.than else self.value
        return lights.Condition(self.fact, self.is_, value)


class LightRule(RuleBase):
    """One light rule; rules of a subject are tried in the order of `rank`."""

    subject: Key
    rank: int
    light: Literal["red", "yellow", "green", "done", "none"]
    when: tuple[ConditionPart, ...]
    zh: Words
    en: Words

    def rule(self) -> lights.Rule:
        """The kit's value."""
        conditions = tuple(part.condition() for part in self.when)
        return lights.Rule(self.key, self.light, conditions, self.zh, self.en)
