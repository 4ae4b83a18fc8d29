"""The ledger: one dense table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import Row


def address(row: Row) -> str:
    """The page of a row's item; plain, because a thousand rows ask."""
    return f"/ledger/{row.key}/"


COLUMNS = (
    Column("number", _("编号"), lambda r: r.number, "nowrap", "text", address),
    Column("light", _("灯"), lambda r: (r.light, r.why), kind="light", filter="choice", group=True),
    Column("title", _("事项"), lambda r: r.title, filter="text", href=address, wide=True),
    Column("source", _("来源"), lambda r: r.source_label, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("cooperating", _("配合单位"), lambda r: r.cooperating, filter="text"),
    Column("due", _("时限"), lambda r: r.due_on, kind="date"),
    Column("days", _("余（天）"), lambda r: r.days, kind="number"),
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("feedback", _("最近反馈"), lambda r: r.last_feedback, kind="date"),
)


def ledger_table(rows: Iterable[Row], params: Mapping[str, str], empty: Any = "") -> Table:
    """The rows as the page's table, filtered, sorted and grouped as its parameters ask."""
    return Table("items", COLUMNS, rows, params, empty)
