"""The pivot as plain rows, for sheets and files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.periods import period_label
from luodi.common.tables import Column
from luodi.common.templatetags.luodi import says, sentence_address
from luodi.kit.calendars import Period

if TYPE_CHECKING:
    from .queries.benchmarks import Stated
    from .queries.courses import Course
    from .queries.pivots import Cell, Pivot
    from .rules.datasets import Dataset, Observation

BOM = "\ufeff"
FORMULA_SIGNS = frozenset("=+@\t\r\n＝＋－＠")
"""With what a formula begins; Excel takes the full-width signs too where it speaks Chinese."""


def matrix(pivot: Pivot) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of a pivot; numbers are numbers, what is missing says why."""
    head = [*pivot.heads, *pivot.columns]
    return head, [[*row.labels, *map(in_sheet, row.cells)] for row in pivot.rows]


def in_sheet(cell: Cell) -> Any:
    """A cell as a sheet takes it."""
    answer = cell.answer
    if answer.number is None:
        return says(answer.reason) if answer.reason else ""
    return answer.number / 10**answer.scale if answer.scale else answer.number


def comma_separated(head: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file as Excel opens it: UTF-8 with a mark in front, every formula made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(text) for text in head])
    writer.writerows([[harmless(text) for text in row] for row in rows])
    return (BOM + out.getvalue()).encode()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay as they are."""
    looks = text[:1] in FORMULA_SIGNS
    negative = text[:1] == "-" and not text[1:].replace(".", "", 1).isdigit()
    return f"'{text}" if looks or negative else text


def csv_rows(pivot: Pivot) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a pivot as texts; what is missing is empty."""
    head = [*pivot.heads, *pivot.columns]
    return head, [[*row.labels, *(c.answer.plain for c in row.cells)] for row in pivot.rows]


RELEASES = [
    Column("number", _("编号"), lambda r: r.number, kind="number"),
    Column(
        "label",
        _("名称"),
        lambda r: r.label,
        filter="text",
        href=lambda r: reverse("release", args=[r.key]),
        wide=True,
    ),
    Column("periods", _("时期"), lambda r: r.periods),
    Column("indicators", _("指标数"), lambda r: r.indicators, kind="number"),
    Column("purpose", _("用途"), lambda r: r.purpose, filter="choice", group=True),
    Column("basis", _("数据来源"), lambda r: r.basis, filter="choice"),
    Column("stage", _("状态"), lambda r: r.stage, filter="choice", group=True),
    Column("open", _("公开"), lambda r: _("已公开") if r.is_open else ""),
    Column("released_at", _("发布时间"), lambda r: r.released_at, kind="date"),
    Column("by", _("经手人"), lambda r: r.by),
]

FILLED = [
    Column("name", _("指标"), lambda r: r.name, filter="text", href=lambda r: r.address, wide=True),
    Column("period", _("时期"), lambda r: r.period, kind="period", filter="choice", group=True),
    Column("given", _("已报"), lambda r: r.given, kind="number"),
    Column("asked", _("应报"), lambda r: r.asked, kind="number"),
    Column("missing", _("缺谁"), lambda r: r.missing, filter="text", wide=True),
]

BENCHMARKS = [
    Column("name", _("指标"), lambda r: r.name, filter="choice", group=True),
    Column("period", _("时期"), lambda r: r.period, kind="period", filter="choice", group=True),
    Column("place", _("地方"), lambda r: r.place or _("文件所在地"), filter="choice", group=True),
    Column(
        "figure",
        _("数值"),
        lambda r: r.figure,
        kind="number",
        href=lambda r: sentence_address(r.sentence),
    ),
    Column("measured_in", _("计量单位"), lambda r: r.measured_in, filter="choice"),
    Column("meaning", _("口径原文"), lambda r: r.meaning),
    Column("title", _("出自"), lambda r: r.title, filter="choice", group=True, wide=True),
    Column("others", _("别处另说"), lambda r: r.others),
    Column("own", _("本系统的数"), lambda r: r.own),
    Column("apart", _("对得上吗"), lambda r: _says_apart(r), filter="choice", group=True),
]

GRANTS = [
    Column("unit", _("给哪个部门"), lambda r: r.unit, filter="choice", group=True),
    Column("indicators", _("指标"), lambda r: r.indicators, href=lambda r: r.address, wide=True),
    Column("units", _("哪些单位的数"), lambda r: r.units),
    Column("purpose", _("用途"), lambda r: r.purpose, filter="choice"),
    Column("basis", _("数据来源"), lambda r: r.basis, filter="choice"),
    Column("use", _("作什么用"), lambda r: r.use, filter="choice"),
    Column("until_on", _("到哪天为止"), lambda r: r.until_on, kind="date"),
    Column("stage", _("状态"), lambda r: r.stage, filter="choice", group=True),
]

DIFFERENCES = [
    Column("indicator", _("指标"), lambda r: r.indicator, filter="choice", group=True),
    Column("unit", _("单位"), lambda r: r.unit, filter="choice", group=True),
    Column("period", _("时期"), lambda r: r.period, kind="period", filter="choice", group=True),
    Column("first", _("发布时"), lambda r: r.first, kind="number"),
    Column("second", _("对比时"), lambda r: r.second, kind="number"),
    Column("change", _("差"), lambda r: r.change, kind="number"),
    Column("what", _("变化"), lambda r: r.what, filter="choice", group=True),
]


def _says_apart(row: Stated) -> str:
    if row.apart:
        return _("不一致")
    return _("一致") if row.own or row.others else ""


class Line:
    """The cells of an indicator and a unit, by period."""

    def __init__(self, indicator: str, measured_in: str, area: str) -> None:
        self.indicator, self.measured_in, self.area = indicator, measured_in, area
        self.cells: dict[str, Observation] = {}


def course_columns(course: Course) -> list[Column]:
    """The course of a year as a table: the same figures as its chart."""
    return [
        Column("period", _("时期"), lambda r: r.period, kind="period"),
        Column("own", _("当期"), lambda r: course.text(r.own), kind="number"),
        Column("reached", _("累计完成"), lambda r: course.text(r.reached), kind="number"),
        Column("due", _("进度要求"), lambda r: course.text(r.due), kind="number"),
    ]


def dataset_rows(data: Dataset) -> list[Line]:
    """A vintage by indicator and unit, periods across."""
    names = {one.key: one for one in data.indicators}
    areas = dict(data.areas)
    rows: dict[tuple[str, str], Line] = {}
    for o in data.observations:
        unit = names[o.indicator]
        fresh = Line(unit.name, unit.measured_in, areas[o.area])
        rows.setdefault((o.indicator, o.area), fresh).cells[o.period.key] = o
    return list(rows.values())


def observation_columns(data: Dataset) -> list[Column]:
    """The columns of a vintage: what a row is about, then one for each period."""
    periods = sorted({o.period for o in data.observations})
    return [
        Column("indicator", _("指标"), lambda r: r.indicator, filter="choice", group=True),
        Column("measured_in", _("计量单位"), lambda r: r.measured_in),
        Column("area", _("单位"), lambda r: r.area, filter="choice", group=True),
        *(_period_column(period) for period in periods),
    ]


def _period_column(period: Period) -> Column:
    def value(row: Line) -> Any:
        o = row.cells.get(period.key)
        return "" if o is None else o.value or o.why

    return Column(f"p{period.key}", period_label(period), value, kind="number")
