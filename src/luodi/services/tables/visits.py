"""Visits, firms and meetings as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import DrawRow, FirmRow, GatheringRow, MonthLine, VisitRow


def visit_address(row: VisitRow) -> str:
    """The page of a visit."""
    return f"/visits/{row.key}/"


def firm_address(row: Any) -> str:
    """The offices' page of what is done for a firm."""
    return f"/services/firms/{row.key}/"


def gathering_address(row: GatheringRow) -> str:
    """The page of a meeting."""
    return f"/gatherings/{row.key}/"


VISITS = (
    Column("on", _("日期"), lambda r: r.on, "date", href=visit_address),
    Column("firm", _("企业"), lambda r: r.firm_name, filter="text", group=True),
    Column("kind", _("种类"), lambda r: r.kind, filter="choice"),
    Column("purpose", _("事由"), lambda r: r.purpose, filter="text", href=visit_address, wide=True),
    Column("unit", _("走访单位"), lambda r: r.of_unit, filter="choice", group=True),
    Column("led", _("带队领导"), lambda r: r.led_by, filter="text"),
    Column("stage", _("状态"), lambda r: r.stage_label, filter="choice", group=True),
    Column("wished", _("企业意愿"), lambda r: _("企业要求") if r.wished else "", filter="choice"),
    Column("beyond", _("超次"), lambda r: _("超次") if r.beyond else "", filter="choice"),
)

FIRMS = (
    Column("name", _("企业"), lambda r: r.name, filter="text", href=firm_address, wide=True),
    Column("home", _("所在开发区、县区"), lambda r: r.home, filter="choice", group=True),
    Column("open", _("在办诉求"), lambda r: r.open, kind="number"),
    Column("requests", _("全部诉求"), lambda r: r.requests, kind="number"),
    Column("visits", _("本期走访检查"), lambda r: r.visits, kind="number"),
    Column("most", _("上限"), lambda r: r.most, kind="number"),
    Column("over", _("超次"), lambda r: r.over, kind="number"),
    Column("sponsors", _("包联领导"), lambda r: r.sponsors, filter="text"),
)

GATHERINGS = (
    Column("on", _("日期"), lambda r: r.held_on, "date", href=gathering_address),
    Column("title", _("活动"), lambda r: r.title, filter="text", href=gathering_address, wide=True),
    Column("kind", _("种类"), lambda r: r.kind, filter="choice", group=True),
    Column("place", _("地点"), lambda r: r.place, filter="text"),
    Column("unit", _("主办单位"), lambda r: r.unit, filter="choice", group=True),
    Column("firms", _("到场企业"), lambda r: r.firms, kind="number"),
    Column("asks", _("形成诉求"), lambda r: r.asks, kind="number"),
)


DRAWS = (
    Column("on", _("日期"), lambda r: r.on, "date", href=lambda r: f"/draws/{r.key}/"),
    Column("purpose", _("检查事项"), lambda r: r.purpose, filter="text", wide=True),
    Column("unit", _("检查单位"), lambda r: r.unit, filter="choice"),
    Column("drawn", _("抽中"), lambda r: r.drawn, kind="number"),
    Column("pool", _("可抽"), lambda r: r.pool, kind="number"),
    Column("resting", _("不扰"), lambda r: r.resting, kind="number"),
)


def draws_table(rows: Iterable[DrawRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """The inspections drawn at random."""
    return Table("draws", DRAWS, rows, params, empty)


def visits_table(
    rows: Iterable[VisitRow], params: Mapping[str, str], empty: Any = "", among: bool = False
) -> Table:
    """The visits in one's scope."""
    return Table("visits", VISITS, rows, params, empty, among=among)


def firms_table(rows: Iterable[FirmRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """Firms with what is done for them."""
    return Table("firms", FIRMS, rows, params, empty)


def gatherings_table(
    rows: Iterable[GatheringRow], params: Mapping[str, str], empty: Any = ""
) -> Table:
    """The meetings with firms."""
    return Table("gatherings", GATHERINGS, rows, params, empty)


def month_table(
    name: str,
    head: Any,
    heads: Iterable[str],
    lines: Iterable[MonthLine],
    params: Mapping[str, str],
) -> Table:
    """The lines of a month: counts, and shares in percent."""
    columns = [
        Column("name", head, lambda r: r.name, wide=True),
        Column("received", _("接到"), lambda r: r.received, kind="number"),
        Column("closed", _("办结"), lambda r: r.closed, kind="number"),
        Column("reopened", _("重办"), lambda r: r.reopened, kind="number"),
    ]
    for place, title in enumerate(heads):
        columns.append(
            Column(
                f"share{place}",
                f"{title}（%）",
                lambda r, place=place: r.shares[place].percent,
                kind="number",
            )
        )
    columns.append(Column("good", _("满意（%）"), lambda r: r.satisfaction.percent, kind="number"))
    return Table(name, columns, lines, params, among=True)
