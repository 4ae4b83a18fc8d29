"""Drawings on the pages of projects, and what projects show on other pages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.common.charts import Area, area_map
from luodi.common.doors import Card, table_card
from luodi.common.moments import Moment
from luodi.common.tables import DASH, shown
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from .models import Project, ProjectFirm
from .queries import MEASURES, MapPage, MapPlace, map_value
from .queries.rows import rows_of

YI = Decimal(10_000)
"""So many 万元 are 亿元."""


def map_drawing(page: MapPage) -> SafeString:
    """The map of a page: each place with its name and figure; '' where the pack draws none."""
    areas = [
        Area(
            place.name,
            _short(place, page.measure),
            place.rings,
            place.shade if place.total.count else None,
        )
        for place in page.areas
    ]
    return area_map(str(MEASURES[page.measure]), areas)


def _short(place: MapPlace, measure: str) -> str:
    """A count as it is; an amount in 亿元 to one place, rounded half up; a dash where no project
    there has told one."""
    value = map_value(place.total, measure)
    if measure == "count":
        return shown(value)
    if place.total.count == place.total.without:
        return DASH
    return shown((Decimal(value) / YI).quantize(Decimal("0.1"), ROUND_HALF_UP))


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """The projects it carries, for the offices; nothing where it carries none."""
    carried = ProjectFirm.objects.at(moment).filter(enterprise=key).values("project")
    mine = visible(Project.objects.at(moment).filter(key__in=carried), viewer)
    rows = rows_of(mine, viewer.city, moment) if not viewer.enterprise else []
    if not rows:
        return None
    heads = [_("项目"), _("阶段"), _("牵头单位"), _("总投资（万元）")]
    cells = [
        [
            (row.name, reverse("project", args=[row.key])),
            (row.stage_label, ""),
            (row.lead, ""),
            (row.investment, ""),
        ]
        for row in rows
    ]
    return table_card(_("承担的项目"), heads, cells, "", 50)
