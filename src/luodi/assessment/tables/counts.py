"""Every count ever entered, as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries.counts import CountEntry

COUNTS = (
    Column("at", _("登记时间"), lambda r: r.at, kind="date"),
    Column("unit", _("单位"), lambda r: r.unit, filter="choice", group=True),
    Column("term", _("事项"), lambda r: r.term, filter="choice", group=True),
    Column("count", _("次数"), lambda r: r.count, kind="number"),
    Column("now", _("现在"), lambda r: _("现行") if r.now else _("已改"), filter="choice"),
    Column("why", _("依据"), lambda r: r.why, wide=True),
    Column("letters", _("记录中的函件"), lambda r: "、".join(w for _k, w in r.letters), wide=True),
    Column("by", _("经办人"), lambda r: r.by),
)


def counts_table(rows: Iterable[CountEntry], params: Mapping[str, str]) -> Table:
    """The newest first."""
    return Table("counts", COUNTS, rows, params, _("还没有登记过次数。"))
