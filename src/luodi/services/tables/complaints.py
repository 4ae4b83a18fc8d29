"""Complaints, and units by how they treat firms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import ComplaintRow, UnitConduct


def _columns(base: str, own: bool) -> tuple[Column, ...]:
    firm = () if own else (Column("firm", _("企业"), lambda r: r.firm_name, filter="text"),)
    return (
        Column("on", _("收到"), lambda r: r.on, "date", href=lambda r: f"/{base}/{r.key}/"),
        Column("cited", _("清单条目"), lambda r: r.cited, filter="choice", wide=True,
               href=lambda r: f"/{base}/{r.key}/"),
        *firm,
        Column("about", _("被投诉单位"), lambda r: r.about_name, filter="choice"),
        Column("stage", _("环节"), lambda r: r.stage_label, filter="choice"),
        Column("finding", _("核查结果"), lambda r: r.finding, filter="choice"),
    )  # fmt: skip


COLUMNS, OWN = _columns("complaints", False), _columns("my-complaints", True)

UNITS = (
    Column("unit", _("单位"), lambda r: r.unit, wide=True),
    Column("complaints", _("企业投诉"), lambda r: r.complaints, kind="number"),
    Column("upheld", _("属实"), lambda r: r.upheld, kind="number"),
    Column("running", _("未答复"), lambda r: r.running, kind="number"),
    Column("beyond", _("超次走访检查"), lambda r: r.beyond, kind="number"),
)


def complaints_table(
    rows: Iterable[ComplaintRow], params: Mapping[str, str], empty: Any = ""
) -> Table:
    """The complaints for those who may read them."""
    return Table("complaints", COLUMNS, rows, params, empty, among=True)


def own_complaints_table(
    rows: Iterable[ComplaintRow], params: Mapping[str, str], empty: Any = ""
) -> Table:
    """A firm's own complaints."""
    return Table("my_complaints", OWN, rows, params, empty)


def units_table(rows: Iterable[UnitConduct], params: Mapping[str, str], empty: Any = "") -> Table:
    """Units by complaints and by visits beyond the number."""
    return Table("units", UNITS, rows, params, empty, among=True)
