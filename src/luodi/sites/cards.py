"""What the register of sites shows on an enterprise's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.doors import Card, table_card
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .models import Occupation, Site
from .queries.rows import plant_rows, plot_rows
from .tables import address


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """The plots and floors it holds; nothing where it holds none."""
    held = Occupation.objects.at(moment).filter(holder=subject_key("enterprise", key))
    sites = Site.objects.at(moment).filter(key__in=held.values("site"), city__in=viewer.cities)
    rows = [*plot_rows(sites, moment), *plant_rows(sites, moment)]
    rows = [row for row in rows if row.standing.holder]
    if not rows:
        return None
    heads = [_("地块或厂房"), _("占用状态"), _("所在区域"), _("面积"), _("到期")]
    cells = [
        [
            (row.name, "" if viewer.enterprise else address(row)), (row.state, ""),
            (row.zone, ""), (row.area, ""), (row.standing.ends, ""),
        ]
        for row in rows
    ]  # fmt: skip
    return table_card(_("用地用房"), heads, cells, "", 60)
