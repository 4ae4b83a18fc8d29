"""The lists of this module, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.tables import Column, Table

from .queries import MeasureRow
from .queries.overviews import RoundOverview, UnitLine
from .queries.reports import ReportRow
from .queries.steps import StepRow


def measure_table(
    rows: Iterable[MeasureRow], problems: Mapping[str, int], params: Mapping[str, str]
) -> Table:
    """The measures of a plan as a list."""
    return Table(
        "measures",
        [
            Column("section", _("章节"), lambda r: r.section, filter="choice", group=True),
            Column("label", _("序号"), lambda r: r.label),
            Column(
                "title", _("举措"), lambda r: r.title, wide=True, filter="text",
                href=lambda r: reverse("measure", args=[r.key]),
            ),
            Column("units", _("责任单位"), lambda r: r.unit_line, filter="text"),
            Column("deadline", _("时限（原文）"), lambda r: r.deadline),
            Column("due_on", _("到期日"), lambda r: r.due_on, kind="date"),
            Column(
                "light", _("状态"), lambda r: r.light, kind="light", filter="choice", group=True
            ),
            Column("period", _("最近月报"), lambda r: r.latest and r.latest.period, kind="period"),
            Column("text", _("最近进展"), lambda r: r.latest and r.latest.text[:80], wide=True),
            Column(
                "problems", _("督办在办"), lambda r: problems.get(r.key) or None, kind="number"
            ),
        ],
        rows,
        params,
        _("这里列规划的工作举措。请先在阅读室导入、核对并采纳规划。"),
    )  # fmt: skip


def round_table(overview: RoundOverview, params: Mapping[str, str]) -> Table:
    """The matrix of a round as a sheet: a row a unit, a column a measure."""

    def cell(place: int, line: UnitLine) -> str:
        report = line.cells[place]
        return report.stage_label if report else ""

    measures: Sequence[Column] = [
        Column(f"m{place}", f"{label}{title}", lambda line, place=place: cell(place, line))
        for place, (_key, label, title) in enumerate(overview.measures)
    ]
    return Table(
        "round",
        [
            Column("unit", _("单位"), lambda line: line.name),
            Column("total", _("应报"), lambda line: line.total, kind="number"),
            Column("handed", _("已报"), lambda line: line.handed, kind="number"),
            Column("accepted", _("采用"), lambda line: line.accepted, kind="number"),
            Column("late", _("逾期"), lambda line: _("是") if line.late else ""),
            *measures,
        ],
        overview.units,
        params,
    )


def report_table(rows: Iterable[ReportRow], params: Mapping[str, str]) -> Table:
    """Reports as a sheet, with the words the viewer may read."""
    return Table(
        "reports",
        [
            Column("period", _("月份"), lambda r: r.period, kind="period"),
            Column("unit", _("单位"), lambda r: r.unit_name, filter="choice"),
            Column("label", _("序号"), lambda r: r.measure_label),
            Column("title", _("举措"), lambda r: r.measure_title, wide=True),
            Column("stage", _("环节"), lambda r: r.stage_label, filter="choice"),
            Column("text", _("进展"), lambda r: r.text or r.nothing_new, wide=True),
            Column("problem", _("问题"), lambda r: r.problem, wide=True),
            Column("claimed", _("自报进度（%）"), lambda r: r.claimed, kind="number"),
        ],
        rows,
        params,
    )


def step_table(rows: Iterable[StepRow], params: Mapping[str, str]) -> Table:
    """The annual plan as a sheet."""
    return Table(
        "steps",
        [
            Column("measure", _("举措"), lambda r: r.measure_title, wide=True),
            Column("title", _("行动"), lambda r: r.title, wide=True),
            Column("due_on", _("时限"), lambda r: r.due_on, kind="date"),
            Column("person", _("责任人"), lambda r: r.person_name),
            Column("light", _("状态"), lambda r: r.light, kind="light"),
            Column("done_on", _("完成日期"), lambda r: r.done_on, kind="date"),
        ],
        rows,
        params,
    )
