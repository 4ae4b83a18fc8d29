"""Zones by average output per mu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.tables import Column, Table
from luodi.packs.schemas import ZoneOutputRule

from ..queries import ZoneOutput


def _reached(row: ZoneOutput) -> str:
    if row.reached is None:
        return ""
    return str(_("达到") if row.reached else _("未达到"))


def zone_outputs_table(
    rows: Iterable[ZoneOutput], rule: ZoneOutputRule | None, params: Mapping[str, str], empty: Any
) -> Table:
    """Each zone with output, land, what a mu yields, and whether the threshold is reached."""
    said = rule.numerator_unit if rule else ""
    over = rule.denominator_unit if rule else ""
    unit = rule.unit if rule else ""
    columns = (
        Column("name", gettext_lazy("开发区"), lambda r: r.name, filter="text", wide=True),
        Column("output", _("分子（%s）") % said, lambda r: r.output, kind="number"),
        Column("land", _("分母（%s）") % over, lambda r: r.land, kind="number"),
        Column("per_mu", _("平均产出强度（%s）") % unit, lambda r: r.per_mu, kind="number"),
        Column("reached", gettext_lazy("与门槛比"), _reached, filter="choice"),
        Column("why", gettext_lazy("说明"), lambda r: r.why),
    )
    return Table("zone_outputs", columns, rows, params, empty)
