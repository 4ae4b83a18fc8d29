"""Lists of sites: dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import PlantRow, PlotRow


def address(row: PlotRow | PlantRow) -> str:
    """The page of a site; plain, because a thousand rows ask."""
    return f"/sites/{row.key}/"


PLOTS = (
    Column("name", _("地块"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("state", _("占用状态"), lambda r: r.state, filter="choice", group=True),
    Column("zone", _("所在区域"), lambda r: r.zone, filter="choice", group=True),
    Column("use", _("用途"), lambda r: r.use, filter="choice", group=True),
    Column("area", _("面积（亩）"), lambda r: r.area, kind="number"),
    Column("price", _("地价（万元/亩）"), lambda r: r.price, kind="number"),
    Column("supply", _("供地方式"), lambda r: r.supply, filter="choice", group=True),
    Column("years", _("年限"), lambda r: r.years, kind="number"),
    Column("intensity", _("投资强度（万元/亩）"), lambda r: r.intensity, kind="number"),
    Column("tax", _("亩均税收（万元/亩）"), lambda r: r.tax, kind="number"),
    Column("power", _("供电（千伏安）"), lambda r: r.power, kind="number"),
    Column("park", _("园区"), lambda r: r.park, filter="choice", group=True),
    Column("ends", _("到期"), lambda r: r.standing.ends, kind="date"),
)
PLANTS = (
    Column("name", _("楼栋与楼层"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("state", _("占用状态"), lambda r: r.state, filter="choice", group=True),
    Column("zone", _("所在区域"), lambda r: r.zone, filter="choice", group=True),
    Column("building", _("楼栋"), lambda r: r.building, filter="choice", group=True),
    Column("area", _("面积（平方米）"), lambda r: r.area, kind="number"),
    Column("load", _("荷载（千牛/平方米）"), lambda r: r.load, kind="number"),
    Column("height", _("层高（米）"), lambda r: r.height, kind="number"),
    Column("clean", _("洁净等级"), lambda r: r.clean_label, filter="choice", group=True),
    Column("power", _("供电（千伏安）"), lambda r: r.power, kind="number"),
    Column("rent", _("租金（元/平方米·月）"), lambda r: r.rent, kind="number"),
    Column("park", _("园区"), lambda r: r.park, filter="choice", group=True),
    Column("completed", _("建成日期"), lambda r: r.completed_on, kind="date"),
    Column("ends", _("到期"), lambda r: r.standing.ends, kind="date"),
)


def plots_table(rows: Iterable[PlotRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """Plots as the page's table, filtered, sorted and grouped as its parameters ask."""
    return Table("plots", PLOTS, rows, params, empty)


def plants_table(rows: Iterable[PlantRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """Floors of standard plants as the page's table."""
    return Table("plants", PLANTS, rows, params, empty)
