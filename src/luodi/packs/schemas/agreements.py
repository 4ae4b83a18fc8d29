"""What a project promises in its standard-land agreement, and the days by which it is looked at."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luodi.packs.schemas.base import Key, RuleBase, Words


class PromiseRule(RuleBase):
    """One thing promised: per mu of the agreement's land (`per_land`) or as it stands.

    `measured` is what is reported against it, in `measured_in`; `unit` is the promise's own unit.
    `from_record` names a figure the record holds already. It is due with a milestone.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    unit: Words
    unit_en: Words
    per_land: bool = True
    direction: Literal["at_least", "at_most"] = "at_least"
    measured: Words
    measured_en: Words
    measured_in: Words
    from_record: Literal["", "investment", "output"] = ""
    due: Key


class MilestoneRule(RuleBase):
    """A day of the agreement; `reached` is the stage of the pipeline with which it is met.

    Warned of so many days before, once for each of `warn_days`, and once when it has passed. The
    re-check (`recheck`) is met by being done.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    reached: str = ""
    recheck: bool = False
    warn_days: tuple[int, ...] = ()
