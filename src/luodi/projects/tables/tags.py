"""Projects with their tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import TaggedRow

COLUMNS = (
    Column(
        "name",
        _("项目"),
        lambda r: r.row.name,
        filter="text",
        href=lambda r: f"/projects/{r.row.key}/tags/",
        wide=True,
    ),
    Column("tags", _("标签"), lambda r: r.tags, filter="text", wide=True),
    Column("unclear", _("无法判断"), lambda r: r.unclear, filter="text"),
    Column("zone", _("落地区域"), lambda r: r.row.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.row.lead, filter="choice", group=True),
    Column("stage", _("环节"), lambda r: r.row.stage_label, filter="choice", group=True),
    Column("industry", _("行业"), lambda r: r.row.industry, filter="choice", group=True),
    Column("investment", _("总投资（万元）"), lambda r: r.row.investment, kind="number"),
)


def tags_table(rows: Iterable[TaggedRow], params: Mapping[str, str], empty: Any) -> Table:
    """Projects filtered by tag."""
    return Table("tags", COLUMNS, rows, params, empty)
