"""The lists of this module, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from luodi.common.tables import Column, Table

from .queries import FilingRow, FormRow
from .queries.burden import BurdenRow
from .queries.templates import RequestRow


def state_words(row: FilingRow) -> str:
    """Where a filing is, and whether it is late."""
    late = _("迟报") if row.late else _("逾期未报") if row.overdue else ""
    return f"{row.stage_label} · {late}" if late else str(row.stage_label)


def _late(row: FilingRow) -> str:
    return _("逾期未报") if row.overdue else _("迟报") if row.late else _("按时")


def filing_table(rows: Iterable[FilingRow], params: Mapping[str, str]) -> Table:
    """What a viewer has to fill in."""
    return Table(
        "filings",
        [
            Column("title", _("报表"), lambda r: r.title, wide=True, filter="text",
                   href=lambda r: r.address),
            Column("table_number", _("表号"), lambda r: r.table_number),
            Column("period", _("报告期"), lambda r: r.period, kind="period",
                   filter="choice", group=True),
            Column("respondent", _("填报单位"), lambda r: r.respondent, filter="choice",
                   group=True),
            Column("due_at", _("截止"), lambda r: r.due_at, kind="date"),
            Column("stage", _("状态"), state_words, filter="choice", group=True),
            Column("reason", _("退回或更正理由"), lambda r: r.reason[:80], wide=True),
        ],
        rows,
        params,
        _("这里列要填的报表。到了报表规定的日子会自动开始填报；现在没有要填的。"),
    )  # fmt: skip


def review_table(rows: Iterable[FilingRow], params: Mapping[str, str], *, choosing: bool) -> Table:
    """What waits for a reviewer."""
    return Table(
        "review",
        [
            Column("title", _("报表"), lambda r: r.title, wide=True, filter="choice", group=True,
                   href=lambda r: r.address),
            Column("period", _("报告期"), lambda r: r.period, kind="period",
                   filter="choice", group=True),
            Column("respondent", _("填报单位"), lambda r: r.respondent, filter="choice",
                   group=True),
            Column("stage", _("状态"), lambda r: r.stage_label, filter="choice"),
            Column("late", _("时效"), _late, filter="choice"),
            Column("explained", _("说明"), lambda r: _("有说明") if r.explained else "",
                   filter="choice", group=True),
            Column("submitted_at", _("报送时间"), lambda r: r.submitted_at, kind="date"),
            Column("submitted_by", _("报送人"), lambda r: r.submitted_by),
        ],
        rows,
        params,
        _("单位报来的报表会排在这里等待审核；现在没有待审核的。"),
        select=(lambda r: r.key) if choosing else None,
    )  # fmt: skip


def progress_table(
    rows: Iterable[FilingRow], params: Mapping[str, str], *, choosing: bool = False
) -> Table:
    """Who has handed in a period, who hasn't, who is late."""
    return Table(
        "progress",
        [
            Column("respondent", _("填报单位"), lambda r: r.respondent, filter="text", wide=True,
                   href=lambda r: r.address),
            Column("stage", _("状态"), lambda r: r.stage_label, filter="choice", group=True),
            Column("late", _("时效"), _late, filter="choice", group=True),
            Column("edition", _("报送次数"), lambda r: r.edition or None, kind="number"),
            Column("submitted_at", _("报送时间"), lambda r: r.submitted_at, kind="date"),
            Column("submitted_by", _("报送人"), lambda r: r.submitted_by),
        ],
        rows,
        params,
        select=(lambda r: r.key) if choosing else None,
    )  # fmt: skip


def form_table(rows: Iterable[FormRow], params: Mapping[str, str]) -> Table:
    """The forms of a city."""
    return Table(
        "forms",
        [
            Column("title", _("报表"), lambda r: r.title, wide=True, filter="text",
                   href=lambda r: r.address),
            Column("table_number", _("表号"), lambda r: r.table_number),
            Column("authority", _("制定机关"), lambda r: r.authority, filter="choice", group=True),
            Column("approval", _("批准文号"), lambda r: r.approval),
            Column("valid", _("有效期"), lambda r: r.valid),
            Column("kind", _("报告期"), lambda r: r.period_kind, filter="choice", group=True),
            Column("purpose", _("用途"), lambda r: r.purpose, filter="choice", group=True),
            Column("owner", _("主管单位"), lambda r: r.owner, filter="choice", group=True),
            Column("holds", _("状态"), lambda r: _("在用") if r.holds else _("停用或过期"),
                   filter="choice"),
            Column("turns", _("期数"), lambda r: r.turns or None, kind="number"),
        ],
        rows,
        params,
        _("这里放报表制度：表号、制定机关、批准文号、有效期和表式。由统计人员制定，或从政策包采用。"),
    )  # fmt: skip


def burden_table(rows: Iterable[BurdenRow], params: Mapping[str, str]) -> Table:
    """Facts asked and spared by month, unit and form."""
    return Table(
        "burden",
        [
            Column(
                "month", _("月份"), lambda r: r.month, kind="period", filter="choice", group=True
            ),
            Column("unit", _("单位"), lambda r: r.unit, filter="choice", group=True),
            Column("form", _("报表"), lambda r: r.form, filter="choice", group=True, wide=True),
            Column("filings", _("份数"), lambda r: r.filings, kind="number"),
            Column("asked", _("填了的数"), lambda r: r.asked, kind="number"),
            Column("spared", _("没有再问的数"), lambda r: r.spared, kind="number"),
        ],
        rows,
        params,
        _("报送过的报表会计在这里：填了多少个数，省下多少个数。"),
    )


def request_table(rows: Iterable[RequestRow], params: Mapping[str, str]) -> Table:
    """The superior's tables that were brought."""
    return Table(
        "tables",
        [
            Column("title", _("上级表"), lambda r: r.title, wide=True, filter="text",
                   href=lambda r: r.address),
            Column("period", _("报告期"), lambda r: r.period, kind="period",
                   filter="choice", group=True),
            Column("file", _("文件"), lambda r: r.file, wide=True),
            Column("confirmed", _("核对"), lambda r: _("已核对") if r.confirmed else _("待核对"),
                   filter="choice"),
        ],
        rows,
        params,
        _("把上级发来的 Excel 传上来：已知的自动填好，缺的发给单位，格式不动。"),
    )  # fmt: skip
