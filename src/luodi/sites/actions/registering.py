"""A plot or a floor of a standard plant comes into the register."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of, viewer_of_person

from ..choices import SiteKind
from ..models import PlantState, PlotState, Site
from ..queries import check_unique
from ..rules import Details, check_details, keeps_sites

PLACES = frozenset({UnitKind.ZONE, UnitKind.COUNTY})
"""Kinds of unit that land and plants lie in."""


def register_site(
    *, city: str, zone: str, kind: str, details: Details, by: str, at: datetime
) -> Site:
    """Register a plot or a floor in a zone or county. The office anywhere, a zone its own.

    Refuses a name that another site of the kind has in the same zone.
    """
    viewer = viewer_of_person(by)
    if city not in viewer.cities or not keeps_sites(viewer, city, zone):
        raise NotAllowed(_("只能登记本区域的载体；其他的请专班办公室登记。"))
    if kind not in SiteKind.values:
        raise NotFound(_("没有这种载体，请从列表里选择。"))
    if not zone:
        raise Incomplete(_("请选择所在开发区或县区。"))
    known = units_of(city, Moment(at)).filter(kind__in=PLACES).values_list("of", flat=True)
    if zone not in set(known):
        raise NotFound(_("没有这个开发区或县区，请从列表里选择。"))
    checked = check_details(kind, details)
    scope = {"city": city, "zone": zone}
    site = Site(key=new_key(), kind=kind, **scope)
    with perform(
        "register_site",
        by=by,
        at=at,
        subjects=[subject_key("site", site.key)],
        scope=scope,
        payload={"kind": kind},
    ) as deed:
        deed.lock()
        check_unique(site, checked)
        deed.write(site)
        model = PlotState if kind == SiteKind.PLOT else PlantState
        deed.write(model(site_id=site.key, **checked))
    return site
