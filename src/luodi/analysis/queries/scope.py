"""Which figures a reader may read in the analysis. No other file here decides that.

Inside: what `orgs.queries.visible` gives, so a unit's own series, or the whole city's for the
roles that see it. A released vintage is citable: everybody who works in its city reads it. An open
one is read by anybody. Single rows of enterprises leave this module to nobody but their unit and
the statisticians; to others totals are shown, small ones hidden.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.models import Definition, Indicator, Value
from luodi.orgs.choices import Role
from luodi.orgs.queries import visible
from luodi.orgs.rules import BUSINESS, Viewer

from ..choices import ReleaseStage
from ..models import Release, ReleaseState


def readable_values(viewer: Viewer, moment: Moment) -> QuerySet[Value]:
    """The figures a viewer may read at a moment, rows of enterprises among them: these may only
    be added up, and what `hides_small` says must be hidden."""
    return visible(Value.objects.at(moment), viewer)


def readable_unit(viewer: Viewer, unit: str) -> bool:
    """True where the viewer reads every series of a unit."""
    return viewer.sees_whole_city or unit in viewer.units


def reads_single_rows(viewer: Viewer) -> bool:
    """True for who may read single rows of every enterprise of the city: the statisticians."""
    return viewer.has(Role.STATISTICIAN)


def readable_indicators(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators a viewer may ask about."""
    return visible(Indicator.objects.all(), viewer)


def readable_definitions(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    """Their definitions in force, by name."""
    rows = Definition.objects.at(moment).filter(indicator__in=readable_indicators(viewer))
    return rows.select_related("indicator").order_by("name", "measured_in")


def released_values(release: Release, moment: Moment) -> QuerySet[Value]:
    """The rows a vintage is made of, read at `moment` (its own position, or a later one)."""
    return Value.objects.at(moment).filter(city=release.city)


def releases_for(viewer: Viewer, moment: Moment) -> QuerySet[ReleaseState]:
    """The releases of the viewer's cities, newest first; for every business role."""
    rows = ReleaseState.objects.at(moment).filter(release__city__in=viewer.cities)
    rows = rows.select_related("release", "release__act").order_by("-release__number")
    return rows if viewer.roles & BUSINESS else rows.none()


def release_for(viewer: Viewer, key: str, moment: Moment) -> ReleaseState:
    """A release of the viewer's cities, or `NotFound`."""
    found = releases_for(viewer, moment).filter(release=key).first()
    if found is None:
        raise NotFound(_("没有这次发布。"))
    return found


def open_releases() -> QuerySet[ReleaseState]:
    """What is open to anybody now, newest first."""
    rows = ReleaseState.objects.open().filter(is_open=True, stage=ReleaseStage.RELEASED)
    return rows.select_related("release", "release__act").order_by("-release__act")


def open_release(key: str) -> ReleaseState:
    """An open release, or `NotFound`."""
    found = open_releases().filter(release=key).first()
    if found is None:
        raise NotFound(_("没有这份公开数据，或者它已经撤回。"))
    return found
