"""Investment against the plans of a year, as dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luodi.common.tables import Column, Table

from ..queries import DryLine, ExportRow, Invested, InvestedSum
from ..rules.money import decimal_of
from .dry import changes_in_words


def _address(line: Invested) -> str:
    return f"/projects/{line.key}/money/"


def _shown(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else decimal_of(amount)


LINES = (
    Column("name", _("项目"), lambda r: r.row.name, filter="text", href=_address, wide=True),
    Column("plan", _("年度计划（万元）"), lambda r: _shown(r.plan), kind="number"),
    Column("done", _("本年累计（万元）"), lambda r: _shown(r.done), kind="number"),
    Column("percent", _("完成率（%）"), lambda r: r.percent, kind="number"),
    Column("reason", _("说明"), lambda r: r.behind or r.reason),
    Column("zone", _("落地区域"), lambda r: r.row.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.row.lead, filter="choice", group=True),
    Column("last", pgettext_lazy("period", "报到"), lambda r: r.last, kind="period"),
    Column("month", _("当月（万元）"), lambda r: _shown(r.month), kind="number"),
    Column("in_place", _("到位资金（万元）"), lambda r: _shown(r.in_place), kind="number"),
    Column("total", _("总投资（万元）"), lambda r: r.row.investment, kind="number"),
)


def invested_table(rows: Iterable[Invested], params: Mapping[str, str], empty: Any = "") -> Table:
    """Projects with their plan, the month and what is done."""
    return Table("invested", LINES, rows, params, empty)


SUMS = (
    Column("zone", _("落地区域"), lambda r: r.label),
    Column("count", _("有计划的项目"), lambda r: r.count, kind="number"),
    Column("plan", _("年度计划（万元）"), lambda r: _shown(r.plan), kind="number"),
    Column("done", _("本年累计（万元）"), lambda r: _shown(r.done), kind="number"),
    Column("percent", _("完成率（%）"), lambda r: r.percent, kind="number"),
    Column("working", _("怎样算出来的"), lambda r: r.working if r.count else r.reason, wide=True),
    Column("in_place", _("到位资金（万元）"), lambda r: _shown(r.in_place), kind="number"),
    Column("official", _("统计投资（万元）"), lambda r: r.official, kind="number"),
)


def invested_sums(rows: Iterable[InvestedSum]) -> Table:
    """The same by zone."""
    return Table("invested-zones", SUMS, rows)


DRY = (
    Column("row", _("行号"), lambda r: r.number, kind="number"),
    Column("code", _("国家项目代码"), lambda r: r.code, filter="text"),
    Column("name", _("平台上的名称"), lambda r: r.name, filter="text"),
    Column("project", _("本系统的项目"), lambda r: r.title, filter="text"),
    Column("outcome", _("结果"), lambda r: r.outcome_label, filter="choice", group=True),
    Column("changes", _("会写入（万元）"), lambda r: changes_in_words(r.changes), wide=True),
    Column("says", _("说明"), lambda r: " ".join(r.says), wide=True),
)


def dry_table(rows: Iterable[DryLine], params: Mapping[str, str], empty: Any = "") -> Table:
    """Every line of an export with what would become of it."""
    return Table("dry", DRY, rows, params, empty)


EXPORTS = (
    Column(
        "file",
        _("文件"),
        lambda r: r.file_name,
        href=lambda r: f"/projects/money/import/{r.key}/",
        wide=True,
    ),
    Column("period", _("月份"), lambda r: r.period, kind="period"),
    Column("at", _("带来的时间"), lambda r: r.at, kind="date"),
    Column("who", _("经手人"), lambda r: r.who),
    Column("written", _("写入行数"), lambda r: r.written, kind="number"),
)


def exports_table(rows: Iterable[ExportRow], empty: Any = "") -> Table:
    """The exports that were brought."""
    return Table("exports", EXPORTS, rows, {}, empty)
