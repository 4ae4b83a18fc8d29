"""Geometries of plots come in from GeoJSON, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import viewer_of_person

from ..choices import SiteKind
from ..models import PlotState, Site
from ..queries import draw_plan
from ..rules import keeps_sites


@dataclass(frozen=True)
class Imported:
    """How many plots came in, were redrawn, and were left out."""

    new: int
    redrawn: int
    left: int


def draw_plots(
    *, city: str, zone: str, text: str, looked_at: str, by: str, at: datetime, site: str = ""
) -> Imported:
    """Take the features of a GeoJSON file that nothing speaks against; one act for all of them.

    `looked_at` is the token of the plan the person saw: `Conflict` where it would come out
    otherwise by now. Read under the write lock, so that no two files put plots on one another.
    """
    viewer = viewer_of_person(by)
    if city not in viewer.cities or not keeps_sites(viewer, city, zone):
        raise NotAllowed(_("只能导入本区域的地块；其他的请专班办公室导入。"))
    scope = {"city": city, "zone": zone}
    with perform("draw_plots", by=by, at=at, scope=scope) as deed:
        deed.lock()
        plan = draw_plan(city, zone, text, site)
        if plan.token != looked_at:
            raise Conflict(_("地块刚刚有了变化，导入的结果会不同；请再看一遍，文件内容还在。"))
        if not plan.good:
            raise Incomplete(_("没有可以导入的图形。"))
        for line in plan.good:
            if line.state is not None:
                deed.touch(subject_key("site", line.state.site_id))
                deed.replace(line.state, **line.columns)
            else:
                key = new_key()
                deed.touch(subject_key("site", key))
                deed.write(Site(key=key, kind=SiteKind.PLOT, **scope))
                deed.write(PlotState(site_id=key, **line.columns))
        new = sum(line.state is None for line in plan.good)
        deed.payload.update(new=new, redrawn=len(plan.good) - new)
    return Imported(new, len(plan.good) - new, len(plan.refused))
