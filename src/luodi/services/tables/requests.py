"""The desk: requests with their lights and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table, shown

from ..queries import ClockRow, Row


def address(row: Row) -> str:
    """The page of a row's request."""
    return f"/requests/{row.key}/"


def own_address(row: Row) -> str:
    """The firm's own page of a request."""
    return f"/my-requests/{row.key}/"


def _clock(row: Row, ends: str) -> ClockRow | None:
    return next((clock for clock in row.clocks if clock.ends == ends), None)


def _light(row: Row, ends: str) -> tuple[str, str] | None:
    clock = _clock(row, ends)
    return clock.shown if clock and not (row.is_over and clock.met_at is None) else None


def _due(row: Row, ends: str) -> datetime | None:
    clock = _clock(row, ends)
    return clock.due_at if clock else None


def _settle_due(row: Row) -> Any:
    """When it is to be settled; in words while the clock stands still."""
    if row.waits_for_firm and _due(row, "settled") is None:
        return _("暂停计时")
    return _due(row, "settled")


def _cell(row: Row, ends: str) -> Any:
    return _light(row, ends) or ("none", "")


RESPOND = Column(
    "respond", _("响应"), lambda r: _cell(r, "responded"), kind="light", filter="choice"
)
SETTLE = Column("settle", _("办结"), lambda r: _cell(r, "settled"), kind="light", filter="choice")

SETTLE_DUE = Column("settle_due", _("办结时限"), lambda r: shown(_settle_due(r)), kind="date")

COLUMNS = (
    Column("number", _("编号"), lambda r: r.number, "nowrap", "text", address),
    Column("firm", _("企业"), lambda r: r.firm_name, filter="text", group=True),
    Column("title", _("诉求"), lambda r: r.title, filter="text", href=address, wide=True),
    Column("category", _("类别"), lambda r: r.category, filter="choice", group=True),
    RESPOND,
    SETTLE,
    SETTLE_DUE,
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("level", _("层级"), lambda r: r.level_label, filter="choice", group=True),
    Column("lead", _("承办单位"), lambda r: r.lead, filter="choice", group=True),
    Column("received", _("接到"), lambda r: r.received_at, kind="date"),
)

MORE = (
    Column("respond_due", _("响应时限"), lambda r: _due(r, "responded"), kind="date"),
    Column("channel", _("来源"), lambda r: r.channel),
    Column("others", _("报到单位"), lambda r: r.others),
)
"""What the sheet holds beside what fits on a page."""

PORTION = 200
"""Rows on a page; the sheet holds them all."""

OWN = (
    Column("number", _("编号"), lambda r: r.number, "nowrap", "", own_address),
    Column("title", _("诉求"), lambda r: r.title, href=own_address, wide=True),
    Column("category", _("类别"), lambda r: r.category),
    Column("received", _("提出时间"), lambda r: r.received_at, kind="date"),
    replace(RESPOND, filter=""),
    replace(SETTLE, filter=""),
    SETTLE_DUE,
    Column("stage", _("环节"), lambda r: r.stage_label),
)


def requests_table(
    rows: Iterable[Row], params: Mapping[str, str], empty: Any = "", among: bool = False
) -> Table:
    """The rows as the desk's table, filtered, sorted and grouped as its parameters ask."""
    table = Table("requests", COLUMNS, rows, params, empty, among=among, portion=PORTION)
    if table.wants_sheet:
        table.columns = (*COLUMNS, *MORE)
    return table


def own_table(
    rows: Iterable[Row], params: Mapping[str, str], empty: Any = "", path: str = "/my-requests/"
) -> Table:
    """The requests of one's own firm; `path` is the door it came in by."""

    def address(row: Row) -> str:
        return f"{path}{row.key}/"

    columns = [replace(one, href=address) if one.href else one for one in OWN]
    return Table("my_requests", tuple(columns), rows, params, empty)
