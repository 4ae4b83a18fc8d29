"""Statistical forms as data: what is asked, of whom, when, and how it is checked."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Strict, Words
from luodi.packs.schemas.organs import UnitType
from luodi.packs.schemas.rhythm import AnchorPart


class FormColumn(Strict):
    """A column; `about` says which period it asks for, seen from the form's."""

    key: Key
    label: Words
    indicator: Key | None = None
    about: Literal["this", "previous", "last_year"] = "this"


class FormRow(Strict):
    """A fixed row."""

    key: Key
    label: Words
    indicator: Key | None = None


class FormCheck(Strict):
    """One check in the shapes of `luodi.kit.checking.stored`, with indicator codes for keys."""

    key: Key
    kind: Literal["required", "range", "formula", "members", "outlier"]
    indicators: tuple[Key, ...] = ()
    indicator: Key | None = None
    formula: str = ""
    low: str = ""
    high: str = ""
    periods: int = Field(default=0, ge=0, le=60)
    hard: bool = True
    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _complete(self) -> FormCheck:
        needed = {
            "required": bool(self.indicators or self.indicator),
            "range": bool(self.indicator and (self.low or self.high)),
            "formula": bool(self.formula),
            "members": bool(self.indicator),
            "outlier": bool(self.indicator),
        }
        if not needed[self.kind]:
            raise ValueError(f"审核规则“{self.key}”缺少 {self.kind} 所需的内容")
        if self.kind == "outlier" and self.hard:
            raise ValueError("离群检查只能是可说明的（hard: false）")
        return self

    def stored(self) -> dict[str, Any]:
        """As a form keeps it; what isn't said is left out."""
        said = self.model_dump(exclude_defaults=True)
        said |= {"key": self.key, "kind": self.kind, "hard": self.hard}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in said.items()}


class Respondents(Strict):
    """Who answers: units by key or kind, or the enterprises of zones and counties."""

    units: tuple[Key, ...] = ()
    kinds: tuple[UnitType, ...] = ()
    enterprises_of: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _somebody(self) -> Respondents:
        if not (self.units or self.kinds or self.enterprises_of):
            raise ValueError("报表须写明由谁填报")
        return self


class FormRule(RuleBase):
    """A form (报表): 表号, 制定机关, 批准文号, 有效期, rhythm, layout, checks.

    A form without an approval number is no statistical survey: its purpose may not be statistics.
    """

    title: Words
    title_en: Words
    table_number: str = ""
    authority: Words
    approval: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    asks: Key
    """The unit that owns the form and reviews it."""
    period: Literal["week", "month", "quarter", "half", "year"]
    opens: AnchorPart
    due: AnchorPart
    warn: AnchorPart | None = None
    months: tuple[int, ...] = ()
    respondents: Respondents
    rows: tuple[FormRow, ...] = ()
    rows_by: Literal["lines", "units", "enterprises"] = "lines"
    columns: tuple[FormColumn, ...] = Field(min_length=1)
    checks: tuple[FormCheck, ...] = ()
    review_levels: Literal[1, 2] = 1
    purpose: Literal["statistics", "dispatch", "shared", "self_reported"]

    @model_validator(mode="after")
    def _sound(self) -> FormRule:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("有效期止早于有效期起")
        if (self.rows_by == "lines") != bool(self.rows):
            raise ValueError("固定行的报表须列出 rows，按单位或企业成行的不列")
        if self.purpose == "statistics" and not self.approval:
            raise ValueError("统计用途的报表须有批准或备案文号，否则应为调度用途")
        for parts in (self.rows, self.columns):
            keys = [part.key for part in parts]
            if len(set(keys)) != len(keys):
                raise ValueError("行、列的编号不能重复")
        if not self.indicators():
            raise ValueError("报表里没有一格对应指标")
        return self

    def indicators(self) -> frozenset[str]:
        """The codes of the indicators it asks for."""
        asked = [row.indicator for row in self.rows] + [column.indicator for column in self.columns]
        return frozenset(code for code in asked if code)
