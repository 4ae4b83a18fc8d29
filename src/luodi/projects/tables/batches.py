"""Lists of batches, and of what is in a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..choices import Part
from ..queries import EntryRow, Rolled, StatedRate
from .pipeline import address


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
    Column("also", _("合并说明"), lambda r: r.also),
)


def entries_table(
    rows: Iterable[EntryRow], params: Mapping[str, str], empty: Any, *, choosing: bool
) -> Table:
    """What is in a list of a batch; with check boxes where entries may be marked."""
    return Table("entries", ENTRIES, rows, params, empty, (lambda r: r.key) if choosing else None)


STATED = (
    Column("title", _("比率"), lambda r: r.title),
    Column("period", _("时期"), lambda r: r.period),
    Column("stated", _("文件所述（%）"), lambda r: r.stated, kind="number"),
    Column("base", _("文中基数"), lambda r: r.base),
    Column("again", _("按文中个数复算"), lambda r: r.again),
    Column("computed", _("按记录（%）"), lambda r: r.computed, kind="number"),
    Column("working", _("分子 ÷ 分母"), lambda r: r.working or r.why),
    Column("points", _("相差（百分点）"), lambda r: r.points, kind="number"),
    Column("open", _("文中未写明的"), lambda r: r.open_point),
    Column("document", _("文件"), lambda r: r.document),
)


def stated_table(rows: Iterable[StatedRate]) -> Table:
    """Published rates beside the record's."""
    return Table("stated", STATED, rows)
