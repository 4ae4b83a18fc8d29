"""Stuck projects as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import StuckRow


def _page(row: StuckRow) -> str:
    return f"/projects/{row.key}/"


STUCK = (
    Column("name", _("项目"), lambda r: r.row.name, filter="text", href=_page, wide=True),
    Column("kind", _("卡在哪里"), lambda r: r.title, filter="choice", group=True),
    Column("days", _("已等（天）"), lambda r: r.days, kind="number"),
    Column("over", _("超出（天）"), lambda r: r.over, kind="number"),
    Column("stage", _("环节"), lambda r: r.row.stage_label, filter="choice", group=True),
    Column("zone", _("落地区域"), lambda r: r.row.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.row.lead, filter="choice", group=True),
    Column("investment", _("总投资（万元）"), lambda r: r.row.investment, kind="number"),
    Column("problems", _("在办问题"), lambda r: r.problems, kind="number"),
)


def stuck_table(rows: Iterable[StuckRow], params: Mapping[str, str], empty: Any) -> Table:
    """Projects that are stuck, one row for each rule."""
    return Table("stuck", STUCK, rows, params, empty)
