"""Lists of projects, of batches, and of what is in a batch: dense tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .choices import Part
from .queries import EntryRow, Rolled, Row


def address(row: Row | EntryRow) -> str:
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


def rolled_table(
    name: str,
    rows: Iterable[Rolled],
    titles: Sequence[tuple[str, str]],
    params: Mapping[str, str],
    empty: Any = "",
) -> Table:
    """Batches, or zones, with the counts of their lists and a column for each rate, in per cent."""
    first: tuple[Column, ...] = (Column("zone", _("落地区域"), lambda r: r.label),)
    if name == "batches":
        first = (
            Column("title", _("批次"), lambda r: r.label, filter="text", href=_batch, wide=True),
            Column("held", _("活动日期"), lambda r: r.held_on, kind="date"),
        )
    counts = tuple(
        Column(part.value, part.label, lambda r, part=part: r.counts[part.value], kind="number")
        for part in Part
    )
    rates = tuple(
        Column(f"rate_{key}", f"{title}（%）", lambda r, key=key: r.rates[key].percent, "number")
        for key, title in titles
    )
    return Table(name, (*first, *counts, *rates), rows, params, empty)


def _batch(row: Rolled) -> str:
    return f"/projects/batches/{row.key}/"


ENTRIES = (
    Column("name", _("项目"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("part", _("名单"), lambda r: r.part),
    Column("stage", _("当日环节"), lambda r: r.stage, filter="choice", group=True),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("promised", _("承诺年产值（万元）"), lambda r: r.promised, kind="number"),
    Column("actual", _("实际年产值（万元）"), lambda r: r.actual, kind="number"),
    Column("counted", _("是否计入"), lambda r: r.counted, filter="choice"),
    Column("why", _("不计入原因"), lambda r: r.why),
)


def entries_table(
    rows: Iterable[EntryRow], params: Mapping[str, str], empty: Any, *, choosing: bool
) -> Table:
    """What is in a list of a batch; with check boxes where entries may be marked."""
    return Table("entries", ENTRIES, rows, params, empty, (lambda r: r.key) if choosing else None)
