"""What zones' ratings of departments come to, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import Rated

RATINGS = (
    Column("period", _("时期"), lambda r: r.result.period, kind="period", group=True),
    Column("name", _("部门"), lambda r: r.name, filter="text", wide=True),
    Column(
        "mean", _("均值（分）"),
        lambda r: None if r.result.mean is None else Decimal(r.result.mean).scaleb(-r.result.scale),
        kind="number",
    ),
    Column(
        "count", _("评价份数"), lambda r: r.result.count if r.result.text else None, kind="number"
    ),
    Column("why", _("说明"), lambda r: None if r.result.text else _("份数过少，不公布"), wide=True),
)  # fmt: skip


def ratings_table(rows: Iterable[Rated], params: Mapping[str, str]) -> Table:
    """Departments by period; what is too few shows no number at all."""
    empty = _("还没有期满的评价。督办事项销号后由开发区给参与的部门评分，时期过后这里显示均值。")
    return Table("ratings", RATINGS, rows, params, empty)
