"""Counties and zones with their projects, beside the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import MapPage, MapPlace


def _listed(place: MapPlace) -> str:
    """The list of a place's projects."""
    return f"/projects/?{urlencode({'f_zone': place.name})}"


PLACES = (
    Column("zone", _("落地区域"), lambda p: p.name, href=_listed),
    Column("count", _("项目数"), lambda p: p.total.count, kind="number"),
    Column("investment", _("总投资（万元）"), lambda p: p.total.investment, kind="number"),
    Column("intended", _("框架意向（万元）"), lambda p: p.total.intended, kind="number"),
    Column("without", _("未填金额"), lambda p: p.total.without, kind="number"),
    Column("drawn", _("图上"), lambda p: _("有") if p.drawn else _("没有图形")),
)


def places_table(page: MapPage, params: Mapping[str, str], empty: Any) -> Table:
    """The places of a map, the largest first."""
    return Table("places", PLACES, page.places, params, empty)
