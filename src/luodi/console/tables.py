"""Lists of the console."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import ActRow


def records_table(rows: Iterable[ActRow], params: Mapping[str, str]) -> Table:
    """Acts, newest first."""
    columns = [
        Column("position", _("序号"), lambda r: r.position, kind="number"),
        Column("at", _("时间"), lambda r: r.at, kind="date"),
        Column("by", _("何人"), lambda r: r.by, filter="choice", group=True),
        Column("unit", _("单位"), lambda r: r.unit, filter="choice"),
        Column("verb", _("行为"), lambda r: r.verb, filter="choice", group=True),
        Column("subjects", _("对象"), lambda r: r.subjects, filter="text", wide=True),
        Column("why", _("原因"), lambda r: r.why, filter="text"),
        Column("digest", _("摘要值"), lambda r: r.digest),
    ]
    return Table("records", columns, rows, params, _("还没有任何行为记录。"))
