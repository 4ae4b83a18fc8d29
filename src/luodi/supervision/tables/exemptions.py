"""Applications for exemption as a dense table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import ExemptionRow

EXEMPTIONS = (
    Column(
        "number", _("编号"), lambda r: r.number, "nowrap", filter="text", href=lambda r: r.address
    ),
    Column(
        "title", _("事由"), lambda r: r.title, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("unit", _("申请单位"), lambda r: r.unit, filter="choice", group=True),
    Column("person", _("为谁申请"), lambda r: r.person or _("单位")),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    Column("applied", _("申请日期"), lambda r: r.applied_on, kind="date"),
    Column("decided", _("决定日期"), lambda r: r.decided_on, kind="date"),
    Column("covers", _("涉及事项"), lambda r: r.covers, kind="number"),
)


def exemptions_table(rows: Iterable[ExemptionRow], params: Mapping[str, str], empty: Any) -> Table:
    """Applications with where each stands."""
    return Table("exemptions", EXEMPTIONS, rows, params, empty)
