"""Lists of entries: dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import EntryRow


def address(row: EntryRow) -> str:
    """The page of an entry; plain, because a thousand rows ask."""
    return f"/registers/entries/{row.key}/"


COLUMNS = (
    Column("name", _("名称"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("light", _("灯"), lambda r: r.verdict, kind="light", filter="choice"),
    Column("stage", _("阶段"), lambda r: r.stage_title, filter="choice", group=True),
    Column("level", _("级别"), lambda r: r.level, filter="choice", group=True),
    Column("home", _("所在开发区、县区"), lambda r: r.home, filter="choice", group=True),
    Column("number", _("证书或文号"), lambda r: r.number, filter="text"),
    Column("from", _("起始日期"), lambda r: r.from_on, kind="date"),
    Column("until", _("有效期至"), lambda r: r.until_on, kind="date"),
    Column("days", _("剩余天数"), lambda r: r.days, kind="number"),
    Column("tutor", _("辅导员"), lambda r: r.tutor, filter="choice"),
    Column("entered", _("登记日期"), lambda r: r.entered_on, kind="date"),
)


def entries_table(rows: Iterable[EntryRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """Entries as the page's table, filtered, sorted and grouped as its parameters ask."""
    return Table("register-entries", COLUMNS, rows, params, empty)
