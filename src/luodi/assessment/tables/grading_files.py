"""Tables of figures that were brought, and what would become of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.tables import DASH, Column, Table

from ..queries.grading_compare import Moved
from ..queries.grading_files import DryLine, FileRow
from ..queries.grading_objections import GradingObjectionRow


def _changes(line: DryLine) -> str:
    return "　".join(
        f"{title} {before or DASH} → {now}" if before else f"{title} {now}"
        for title, before, now in line.changes
    )


LINES = (
    Column("row", _("行"), lambda r: r.number, kind="number"),
    Column("name", _("企业"), lambda r: r.name, filter="text"),
    Column("code", _("统一社会信用代码"), lambda r: r.code, filter="text"),
    Column("outcome", _("结果"), lambda r: str(r.outcome.label), filter="choice", group=True),
    Column("changes", _("会写入"), _changes, wide=True),
    Column("says", _("说明"), lambda r: " ".join(r.says), filter="text", wide=True),
)


def dry_table(rows: Iterable[DryLine], params: Mapping[str, str]) -> Table:
    """Every line with what taking it in would do."""
    return Table("grading-lines", LINES, rows, params, _("表里没有数据行。"))


FILES = (
    Column("file", _("文件"), lambda r: r.name, wide=True,
           href=lambda r: reverse("grading_file", args=[r.key])),
    Column("at", _("带来的时间"), lambda r: r.at, kind="date"),
    Column("who", _("经手人"), lambda r: r.who),
    Column("taken", _("导入时间"), lambda r: r.taken_at, kind="date"),
    Column("faulty", _("有错的行"), lambda r: r.counts.get("faulty") or None, kind="number"),
)  # fmt: skip


def files_table(rows: Iterable[FileRow]) -> Table:
    """The tables that were brought."""
    return Table("grading-files", FILES, rows, {}, _("还没有导入过数据表。"))


OBJECTIONS = (
    Column("firm", _("企业"), lambda r: r.firm, filter="text", wide=True,
           href=lambda r: reverse("grading_objection", args=[r.key])),
    Column("at", _("提出时间"), lambda r: r.at, kind="date"),
    Column("about", _("哪个数"), lambda r: r.about_title, filter="choice"),
    Column("claimed", _("认为应是"), lambda r: r.claimed),
    Column("stage", _("结论"), lambda r: r.stage_label, filter="choice", group=True),
    Column("answered", _("答复日期"), lambda r: r.answered_on, kind="date"),
)  # fmt: skip


def objections_table(rows: Iterable[GradingObjectionRow], params: Mapping[str, str]) -> Table:
    """Objections to the grades of a grading."""
    return Table("grading-objections", OBJECTIONS, rows, params, _("没有异议。"))


def moved_table(grading: str, rows: Iterable[Moved], params: Mapping[str, str]) -> Table:
    """Firms then and now."""
    columns = (
        Column("name", _("企业"), lambda r: r.name, filter="text", wide=True,
               href=lambda r: reverse("grading_firm", args=[grading, r.key])),
        Column("before", _("原得分"), lambda r: r.before, kind="number"),
        Column("now", _("现得分"), lambda r: r.now, kind="number"),
        Column("rank_before", _("原名次"), lambda r: r.rank_before, kind="number"),
        Column("rank", _("现名次"), lambda r: r.rank, kind="number"),
        Column("grade_before", _("原档次"), lambda r: r.grade_before, filter="choice"),
        Column("grade", _("现档次"), lambda r: r.grade, filter="choice"),
        Column("changed", _("有变化"), lambda r: str(_("是")) if r.changed else "",
               filter="choice"),
    )  # fmt: skip
    table = Table("grading-compare", columns, rows, params, _("没有可以比较的企业。"))
    if not table.wants_sheet:
        table.shown = table.shown[:500]
    return table
