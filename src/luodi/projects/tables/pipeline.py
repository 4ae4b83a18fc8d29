"""Lists of projects: dense tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import EntryRow, Lag, Row


def address(row: Row | EntryRow | Lag) -> str:
    """The page of a row's project; plain, because a thousand rows ask."""
    return f"/projects/{row.key}/"


COLUMNS = (
    Column("name", _("项目"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("investor", _("投资方"), lambda r: r.investor, filter="text"),
    Column("industry", _("行业"), lambda r: r.industry, filter="choice", group=True),
    Column("mode", _("招商模式"), lambda r: r.mode, filter="choice", group=True),
    Column("signing", _("签约形式"), lambda r: r.signing_label, filter="choice", group=True),
    Column("investment", _("总投资（万元）"), lambda r: r.investment, kind="number"),
    Column("intended", _("框架意向（万元）"), lambda r: r.intended, kind="number"),
    Column("answer", _("首次答复"), lambda r: r.light, kind="light", filter="choice"),
    Column("due", _("应答复时间"), lambda r: r.answer_due if r.answered is None else None),
    Column("moved", _("进入环节"), lambda r: r.moved_on, kind="date"),
    Column("planned", _("计划开工"), lambda r: r.planned_start, kind="date"),
)


def projects_table(
    rows: Iterable[Row],
    params: Mapping[str, str],
    empty: Any = "",
    select: Callable[[Row], str] | None = None,
) -> Table:
    """The rows as the page's table, filtered, sorted and grouped as its parameters ask."""
    return Table("projects", COLUMNS, rows, params, empty, select)
