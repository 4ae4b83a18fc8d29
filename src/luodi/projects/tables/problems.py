"""Problems of projects as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.moments import LOCAL
from luodi.common.tables import Column, Table

from ..queries import ProblemRow


def _page(row: ProblemRow) -> str:
    return row.address


def _item(row: ProblemRow) -> str:
    return f"/ledger/{row.item.key}/" if row.item and row.open_item else _page(row)


PROBLEMS = (
    Column(
        "title", _("问题"), lambda r: r.title, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("project", _("项目"), lambda r: r.project_name, filter="text", href=_page),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("raised", _("上报日期"), lambda r: r.raised_at.astimezone(LOCAL).date(), kind="date"),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    Column("light", _("灯"), lambda r: r.light, kind="light"),
    Column("number", _("督办编号"), lambda r: r.number, "nowrap", href=_item),
    Column("due", _("时限"), lambda r: r.due, kind="date"),
)


def problems_table(rows: Iterable[ProblemRow], params: Mapping[str, str], empty: Any) -> Table:
    """Problems with where each stands and the item it became."""
    return Table("problems", PROBLEMS, rows, params, empty)
