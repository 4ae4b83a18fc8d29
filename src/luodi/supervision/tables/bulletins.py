"""Bulletins, what one says of all zones, and who moved, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import BulletinRow
from ..rules.bulletins import Cell, Line, Moved

BULLETINS = (
    Column("light", _("灯"), lambda r: (r.light, r.why), kind="light", filter="choice"),
    Column(
        "title", _("通报"), lambda r: r.title, filter="text", wide=True,
        href=lambda r: reverse("bulletin", args=[r.key]),
    ),
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("number", _("期号"), lambda r: r.number or None),
    Column("until", _("核对截止"), lambda r: r.contest_until, kind="date"),
    Column("due", _("应印发"), lambda r: r.due_on, kind="date"),
    Column("issued", _("印发日期"), lambda r: r.issued_on, kind="date"),
    Column("contests", _("待答复异议"), lambda r: r.open_contests, kind="number"),
    Column("signed", _("已签收"), lambda r: r.signed_for, kind="number"),
)  # fmt: skip


def bulletins_table(rows: Iterable[BulletinRow], params: Mapping[str, str]) -> Table:
    """Bulletins, the latest turn first."""
    empty = _("还没有通报。到了规则包里定的周期，会自动出现本期待汇总的通报。")
    return Table("bulletins", BULLETINS, rows, params, empty)


@dataclass(frozen=True)
class Told:
    """A cell with whose it is."""

    line: Line
    cell: Cell


def _number(number: int | None, scale: int) -> Decimal | None:
    return None if number is None else Decimal(number).scaleb(-scale)


CELLS = (
    Column("indicator", _("指标"), lambda r: r.cell.title, filter="choice", group=True),
    Column("rank", _("位次"), lambda r: r.cell.rank or None, kind="number"),
    Column("zone", _("开发区"), lambda r: r.line.name, filter="text", group=True, wide=True),
    Column("group", _("分组"), lambda r: r.line.group_title or None, filter="choice"),
    Column("period", _("时期"), lambda r: r.cell.period, kind="period"),
    Column("value", _("完成情况"), lambda r: _number(r.cell.number, r.cell.scale), kind="number"),
    Column("unit", _("计量单位"), lambda r: r.cell.measured_in),
    Column(
        "growth", _("同比"), lambda r: _number(r.cell.growth_number, r.cell.growth_scale),
        kind="number",
    ),
    Column("growth_in", _("同比单位"), lambda r: r.cell.growth_in if r.cell.growth else None),
    Column(
        "why", _("说明"),
        lambda r: (r.cell.why or r.cell.growth_why or (_("居后") if r.cell.behind else None)),
        wide=True,
    ),
)  # fmt: skip


def cells_table(lines: Iterable[Line], params: Mapping[str, str]) -> Table:
    """Every indicator of every zone, by indicator and place; those without a place last."""
    rows = [Told(line, cell) for line in lines for cell in line.cells]
    order = {code: n for n, code in enumerate(dict.fromkeys(r.cell.code for r in rows))}
    rows.sort(key=lambda r: (order[r.cell.code], r.line.group, not r.cell.rank, r.cell.rank))
    return Table("cells", CELLS, rows, params, _("还没有汇总。"))


MOVED = (
    Column("indicator", _("指标"), lambda r: r.title),
    Column("zone", _("开发区"), lambda r: r.name, wide=True),
    Column("rank", _("位次"), lambda r: r.rank, kind="number"),
    Column("before", _("上期位次"), lambda r: r.before, kind="number"),
    Column("steps", _("升降"), lambda r: r.steps, kind="number"),
    Column("now", _("完成情况"), lambda r: _number(r.cell.number, r.cell.scale), kind="number"),
    Column(
        "then", _("上期完成情况"), lambda r: _number(r.last.number, r.last.scale), kind="number"
    ),
    Column("unit", _("计量单位"), lambda r: r.cell.measured_in),
    Column(
        "growth", _("同比"), lambda r: _number(r.cell.growth_number, r.cell.growth_scale),
        kind="number",
    ),
    Column(
        "growth_then", _("上期同比"), lambda r: _number(r.last.growth_number, r.last.growth_scale),
        kind="number",
    ),
    Column("growth_in", _("同比单位"), lambda r: r.cell.growth_in if r.cell.growth else None),
)  # fmt: skip


def moved_table(rows: Iterable[Moved]) -> Table:
    """Who moved against the issue before."""
    return Table("moved", MOVED, [row for row in rows if row.steps], {}, _("各项位次与上期相同。"))
