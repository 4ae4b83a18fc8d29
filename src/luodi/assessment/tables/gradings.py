"""Gradings, and the firms in one, as dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.languages import in_one_line
from luodi.common.tables import Column, Table

from ..queries import FirmGrade, GradingRow

MOST_SHOWN = 500
"""Rows on a page; filters and the Excel file reach them all."""

GRADINGS = (
    Column("title", _("评价名称"), lambda r: r.title, filter="text", wide=True,
           href=lambda r: reverse("grading", args=[r.key])),
    Column("year", _("年份"), lambda r: str(r.year), filter="choice"),
    Column("stage", _("阶段"), lambda r: r.stage_label, filter="choice", group=True),
    Column("graded", _("已定档（家）"), lambda r: r.graded or None, kind="number"),
    Column("not_graded", _("未定档（家）"), lambda r: r.not_graded or None, kind="number"),
    Column("due", _("公示截止"), lambda r: r.due_at, kind="date"),
    Column("decided", _("审定日期"), lambda r: r.decided_on, kind="date"),
)  # fmt: skip


def gradings_table(rows: Iterable[GradingRow], params: Mapping[str, str], empty: Any) -> Table:
    """Gradings, the newest year first."""
    return Table("gradings", GRADINGS, rows, params, empty)


def _grade(row: FirmGrade) -> str:
    return row.grade


def _mark(row: FirmGrade) -> str:
    if row.protected and row.before != row.grade:
        return str(_("新投产保护，按得分为 %s 档") % row.before)
    return str(_("新投产企业")) if row.protected else ""


def grades_table(
    grading: str, rows: Iterable[FirmGrade], params: Mapping[str, str], run: str = ""
) -> Table:
    """Firms of a run by class and rank, those not graded with the reason."""
    more = f"?run={run}" if run else ""
    columns = (
        Column("group", _("类别"), lambda r: r.group_label, filter="choice", group=True),
        Column("rank", _("名次"), lambda r: r.rank, kind="number"),
        Column("name", _("企业"), lambda r: r.name, filter="text", wide=True,
               href=lambda r: reverse("grading_firm", args=[grading, r.key]) + more),
        Column("code", _("统一社会信用代码"), lambda r: r.credit_code, filter="text"),
        Column("home", _("所在区域"), lambda r: r.home, filter="choice", group=True),
        Column("score", _("得分"), lambda r: r.score_text, kind="number"),
        Column("grade", _("档次"), _grade, filter="choice", group=True),
        Column("mark", _("新企业"), _mark),
        Column("standing", _("情形"), lambda r: r.standing_label, filter="choice", group=True),
        Column("why", _("原因"), lambda r: in_one_line(r.why)),
    )  # fmt: skip
    table = Table("grades", columns, rows, params, _("没有企业。先归集数据，再计算。"))
    if not table.wants_sheet:
        table.shown = table.shown[:MOST_SHOWN]
    return table
