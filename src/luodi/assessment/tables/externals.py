"""Results from above as a dense table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries.externals import ExternalRow

COLUMNS = (
    Column(
        "zone",
        _("开发区"),
        lambda r: r.zone_name,
        filter="text",
        href=lambda r: f"/assessment/external/{r.zone}/",
        group=True,
    ),
    Column("year", _("年度"), lambda r: str(r.year), filter="choice", group=True),
    Column("level", _("级别"), lambda r: r.level_label, filter="choice", group=True),
    Column("rank", _("位次"), lambda r: r.rank, kind="number"),
    Column("of", _("参评数"), lambda r: r.of, kind="number"),
    Column("tier", _("档次"), lambda r: r.tier, filter="choice"),
    Column("score", _("得分"), lambda r: r.score, kind="number"),
    Column("source", _("依据文件"), lambda r: r.source, filter="text", wide=True),
)


def externals_table(rows: Iterable[ExternalRow], params: Mapping[str, str], empty: Any) -> Table:
    """Results by zone, year and level."""
    return Table("externals", COLUMNS, rows, params, empty)
