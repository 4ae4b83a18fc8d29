"""Lists of the projects that gates wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import Lag
from .pipeline import address

LAGGARDS = (
    Column("gate", _("节点要求"), lambda r: r.gate, filter="choice", group=True),
    Column("name", _("项目"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("stage", _("当日环节"), lambda r: r.stage, filter="choice", group=True),
    Column("planned", _("计划日期"), lambda r: r.planned, kind="date"),
    Column("permitted", _("手续齐备（预计）"), lambda r: r.permitted, kind="date"),
    Column("told", _("计划说明"), lambda r: r.told, filter="choice", group=True),
)


def laggards_table(rows: Iterable[Lag], params: Mapping[str, str], empty: Any = "") -> Table:
    """Projects behind, one row for each gate that waits for them."""
    return Table("laggards", LAGGARDS, rows, params, empty)
