"""A site as an action finds it: its open state, who holds it, and what the person may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.doors import facts, find_subject
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, NotFound
from luodi.orgs.queries import due_for, may_see, viewer_of_person, visible
from luodi.orgs.queries import name_of as person_name
from luodi.orgs.rules import Viewer

from ..choices import Hold, SiteKind
from ..models import Occupation, PlantState, PlotState, Site
from ..rules import FREE, Standing, keeps_sites

RESERVED = "site.reserved"
"""What the clock of a reservation starts with."""


@dataclass(frozen=True)
class Held:
    """One site with its open state; `viewer` is the person in it, `keeper` whether it's theirs."""

    site: Site
    state: PlotState | PlantState
    viewer: Viewer
    keeper: bool

    @property
    def subject(self) -> str:
        """The key under which acts name the site."""
        return subject_key("site", self.site.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope columns of what is written about it."""
        return {"city": self.site.city, "zone": self.site.zone}

    @property
    def name(self) -> str:
        """What it is called."""
        return name_of(self.state)


def name_of(state: PlotState | PlantState) -> str:
    """A plot's name, or a floor's building and floor."""
    return f"{state.building} {state.floor}" if isinstance(state, PlantState) else state.name


def states_of(kind: str) -> Any:
    """The states of a kind of site."""
    return PlotState.objects if kind == SiteKind.PLOT else PlantState.objects


def hold(site: str, by: str, seen: int | None = None) -> Held:
    """The site as `by` finds it; `NotFound` outside of the person's scope.

    `seen` is the position of the state a form was filled from: `Conflict` where it has changed.
    """
    viewer = viewer_of_person(by)
    found = visible(Site.objects.filter(key=site), viewer).first()
    if found is None:
        raise NotFound(_("没有这个载体，或者它不在您的范围内。"))
    state = states_of(found.kind).open().get(site=found)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这个载体刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return Held(found, state, viewer, keeps_sites(viewer, found.city, found.zone))


def occupation_of(site: str) -> Occupation | None:
    """The open occupation of a site, whether it has run out or not."""
    return Occupation.objects.open().filter(site=site).first()


def present_holder(holder: str, at: datetime) -> str:
    """Who a holder is now: what was held for a project that has been merged is its survivor's."""
    source = facts.get("project.goes_on_as")
    found = source([holder], Moment(at)) if source and holder else {}
    return str(found.get(holder, holder))


def holder_for(holder: str, viewer: Viewer) -> tuple[str, str] | None:
    """Title and address of a holder; None where the viewer may not see it or it is gone."""
    found = find_subject(holder) if holder else None
    if found is None or not may_see(viewer, dict(found.scope)):
        return None
    return found.title, found.address


def said_of(name: str, held: Standing, viewer: Viewer) -> str:
    """Who holds a site since when, in a sentence for somebody who came too late."""
    if held.state == FREE:
        return _("“%(name)s”现在空闲。") % {"name": name}
    seen = holder_for(held.holder, viewer)
    words = {
        "name": name,
        "who": person_name(held.by),
        "at": _instant(held.at),
        "for": seen[0] if seen else _("另一个项目或企业（不在您的范围内）"),
        "until": _instant(held.expires_at),
    }
    if held.state == Hold.RESERVED:
        return _(
            "“%(name)s”已由%(who)s于 %(at)s 为“%(for)s”预留，%(until)s 到期；没有为您预留。"
        ) % (words)
    return _("“%(name)s”已由%(who)s于 %(at)s 登记给“%(for)s”使用；没有为您办理。") % words


def _instant(at: datetime | None) -> str:
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") if at else "—"


def reservation_ends(site: Site, at: datetime) -> tuple[datetime | None, dict[str, Any]]:
    """When a reservation made at an instant runs out by the clock of the site's place, with its
    working."""
    return due_for(site, RESERVED, at)


def notes_in_words(working: dict[str, Any]) -> tuple[str, ...]:
    """The steps by which an end was counted, in the reader's language."""
    return tuple(note[language()] for note in working.get("notes", []))


def check_unique(site: Site, columns: Mapping[str, Any]) -> None:
    """Refuse a name, a number, or a building with floor, that another site of the zone has."""
    others = states_of(site.kind).open().filter(site__zone=site.zone, site__city=site.city)
    others = others.exclude(site=site.key)
    if site.kind == SiteKind.PLANT:
        if others.filter(building=columns["building"], floor=columns["floor"]).exists():
            raise Conflict(_("这个区域已经有同一楼栋、同一楼层的厂房，请检查是否重复登记。"))
        return
    if others.filter(name=columns["name"]).exists():
        raise Conflict(_("这个区域已经有同名的地块，请换一个名称或检查是否重复登记。"))
    if columns["number"] and others.filter(number=columns["number"]).exists():
        raise Conflict(_("这个区域已经有宗地编号相同的地块，请检查是否重复登记。"))
