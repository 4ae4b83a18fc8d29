"""The shapes of what the API takes and gives. Figures are exact decimal text, never floats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class Problem(Schema):
    """Why something was refused: a code for programs, a sentence for people."""

    code: str
    sentence: str


class Me(Schema):
    """Whom the token acts for."""

    city: str
    units: dict[str, str]
    enterprise: str
    roles: list[str]
    writes: bool


class Indicator(Schema):
    """A definition in force."""

    code: str
    name: str
    name_en: str
    measured_in: str
    scale: int
    period_kind: str
    purpose: str
    measure: str
    counts: str
    direction: str
    over_units: str
    formula: str
    meaning: str
    scope: str
    valid_from: str
    comparable: bool
    combined: bool
    prices: str
    growth_by: str
    confirmed: bool
    source: str


class Value(Schema):
    """A figure and when it became known. `enterprise` is a 统一社会信用代码."""

    indicator: str
    period: str
    value: str
    measured_in: str
    purpose: str
    unit: str
    unit_name: str
    enterprise: str
    enterprise_name: str
    origin: str
    known_at: datetime


class Values(Schema):
    """A page of values; `next_offset` is null on the last."""

    rows: list[Value]
    total: int
    next_offset: int | None
    position: int | None
    """The act the figures are known up to, where an earlier day was asked for."""


class Filing(Schema):
    """A form to be filled in for a period."""

    key: str
    form: str
    title: str
    table_number: str
    period: str
    respondent: str
    stage: str
    due_at: datetime
    late: bool
    writable: bool
    reason: str


class DraftIn(Schema):
    """Cells by `row:column` as typed; `version` is the draft's version typed over, 0 for none."""

    version: int
    cells: dict[str, str]
    explanations: dict[str, str] = {}


class DraftOut(Schema):
    """A draft after saving. `faults` are what the checks say; `conflicts` cells of two people."""

    version: int
    conflicts: dict[str, Any]
    faults: list[dict[str, Any]]


class SubmitIn(Schema):
    """Which version of the draft is handed in."""

    version: int


class Submitted(Schema):
    """What was handed in: `edition` counts submissions, `figures` those typed."""

    filing: str
    edition: int
    figures: int
