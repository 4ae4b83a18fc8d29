"""The list of papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.tables import Column, Table

from .queries import PaperRow


def paper_table(rows: Iterable[PaperRow], params: Mapping[str, str]) -> Table:
    """Papers with kind, number and stage."""
    columns = [
        Column(
            "title",
            _("标题"),
            lambda row: row.title,
            filter="text",
            wide=True,
            href=lambda row: reverse("paper", args=[row.key]),
        ),
        Column("kind", _("文种"), lambda row: row.kind, filter="choice", group=True),
        Column("number", _("期号、文号"), lambda row: row.number, filter="text"),
        Column("period", _("报告期"), lambda row: row.period, kind="period", filter="choice"),
        Column("stage", _("办理环节"), lambda row: row.stage, filter="choice", group=True),
        Column("unit", _("拟稿单位"), lambda row: row.unit, filter="choice"),
        Column("drafted_by", _("拟稿人"), lambda row: row.drafted_by),
        Column("signed_by", _("签发人"), lambda row: row.signed_by),
        Column("signed_on", _("签发日期"), lambda row: row.signed_on, kind="date"),
        Column("differences", _("回存差异"), lambda row: row.differences, kind="number"),
    ]
    empty = _(
        "还没有文稿。月报在“月报”里按期次起草，通知点右上角“起草通知”；签发后所有单位都能在这里看到。"
    )
    return Table("papers", columns, rows, params, empty)
