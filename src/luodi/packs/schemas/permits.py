"""The procedures before works: types of project, their permits, and how coverage is counted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.kit import calendars
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class ProjectTypeRule(RuleBase):
    """A type of project, as its permits differ (standard land, leased plant, government money)."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)


class Limit(Strict):
    """A time limit of a permit from its taking in; `source` where a text of its own gives it."""

    count: Literal["day", "workday"]
    amount: int = Field(ge=0, le=3650)
    source: str = ""

    def clock(self) -> calendars.Clock:
        """The kit's value: whole days, the day of the taking in not counted."""
        return calendars.Clock(self.count, self.amount)


class PermitRule(RuleBase):
    """A permit, filing or appraisal: for which types, by which office, in what time, after what.

    `warn`: so many natural days before it is due it is said to come near; 0: never.
    `unit_names` are names under which a city's own unit is looked up; the office's words stand
    where it has none. `commitment`: it may be had against a signed commitment (承诺制).
    `combined`: the combined appraisal report covers it (一本制). A predecessor that a type doesn't
    have, or that a project doesn't need, passes its own predecessors on. `not_needed_source` names
    the text that says when it isn't needed.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    types: tuple[Key, ...] = Field(min_length=1)
    office: Words
    office_en: Words
    unit_names: tuple[Words, ...] = ()
    statutory: Limit | None = None
    promised: Limit | None = None
    warn: int = Field(default=0, ge=0, le=60)
    after: tuple[Key, ...] = ()
    commitment: bool = False
    combined: bool = False
    not_needed_if: str = ""
    not_needed_source: str = ""
    not_needed_if_en: str = ""

    @model_validator(mode="after")
    def _complete(self) -> PermitRule:
        if self.statutory is None and self.promised is None:
            raise ValueError("手续应写明时限：statutory（法定）或 promised（承诺）")
        if bool(self.not_needed_if) != bool(self.not_needed_if_en):
            raise ValueError("not_needed_if 与 not_needed_if_en 应同时写")
        return self

    @property
    def limit(self) -> Limit:
        """What its clock runs by: the promised limit, else the statutory one."""
        found = self.promised or self.statutory
        assert found is not None
        return found

    @property
    def basis(self) -> Literal["promised", "statutory"]:
        """Which of the two that is."""
        return "promised" if self.promised else "statutory"


class CoverageRule(RuleBase):
    """A coverage rate over projects: commitment-based approval, combined report, or full agency.

    Base: projects of a known type that haven't ended and to which it can apply. `version` names
    the definition (口径).
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    takes: Literal["commitment", "combined", "agency"]
    version: int = Field(ge=1)
