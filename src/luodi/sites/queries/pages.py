"""One site as its page shows it, and sites as search finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.orgs.queries import name_of as person_name
from luodi.orgs.queries import names_of, source_in_words, visible
from luodi.orgs.rules import Viewer

from ..choices import SiteKind, Tenure
from ..models import Occupation, PlantState, PlotState, Site
from ..rules import FIELDS, MEASURED, keeps_sites
from ..rules.drawing import mu_of
from .holding import holder_for, name_of, notes_in_words, states_of
from .rows import PlantRow, PlotRow, plant_rows, plot_rows


@dataclass(frozen=True)
class Event:
    """One act in words."""

    at: datetime
    who: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Occupied:
    """Who holds the site, in words; `holder` is None where the viewer may not see it."""

    occupation: Occupation
    who: str
    holder: tuple[str, str] | None
    tenure: str
    working: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class SitePage:
    """`seen` is the position of the state shown: forms send it back, so nobody overwrites."""

    row: PlotRow | PlantRow
    site: Site
    state: PlotState | PlantState
    seen: int
    measured: Decimal | None
    keeper: bool
    occupied: Occupied | None
    timeline: tuple[Event, ...]

    @property
    def is_plot(self) -> bool:
        """Whether it is a plot."""
        return self.site.kind == SiteKind.PLOT


def site_page(key: str, viewer: Viewer, moment: Moment) -> SitePage | None:
    """A site within the viewer's scope as known at the moment; None for anything else."""
    mine = Site.objects.at(moment).filter(key=key)
    site = visible(mine, viewer).first()
    if site is None:
        return None
    state = states_of(site.kind).at(moment).get(site=site)
    rows: Any = plot_rows if site.kind == SiteKind.PLOT else plant_rows
    [row] = rows(Site.objects.filter(key=key), moment)
    occupation = Occupation.objects.at(moment).filter(site=site).first()
    live = occupation if occupation and row.standing.holder else None
    keeper = keeps_sites(viewer, site.city, site.zone) and not moment.is_past
    return SitePage(
        row=row,
        site=site,
        state=state,
        seen=state.since_id,
        measured=mu_of(getattr(state, "measured", None)),
        keeper=keeper,
        occupied=_occupied(live, viewer) if live else None,
        timeline=tuple(_events(acts_on(subject_key("site", key), moment))),
    )


def _occupied(occupation: Occupation, viewer: Viewer) -> Occupied:
    written = occupation.working.get("source", "")
    source = source_in_words(written)
    owner = occupation.working.get("owner", "")
    return Occupied(
        occupation=occupation,
        who=person_name(occupation.held_by),
        holder=holder_for(occupation.holder, viewer),
        tenure=str(Tenure(occupation.tenure).label) if occupation.tenure else "",
        working=notes_in_words(occupation.working),
        source=" · ".join(part for part in (owner, source) if part),
    )


SENTENCES = {
    "register_site": gettext_lazy("登记载体。"),
    "draw_plots": gettext_lazy("由 GeoJSON 导入图形。"),
    "reserve_site": gettext_lazy("预留，%(until)s 到期。"),
    "take_site": gettext_lazy("登记使用：%(tenure)s。"),
    "release_site": gettext_lazy("释放为空闲。"),
}


def _events(acts: Any) -> list[Event]:
    acts = list(acts)
    people = names_of(act.by for act in acts)
    return [Event(act.at, people.get(act.by, "—"), _sentence(act), act.why) for act in acts]


def _sentence(act: Act) -> str:
    payload = act.payload
    if act.verb == "revise_site":
        named = {**MEASURED, **FIELDS}
        fields = listed(str(named.get(name, name)) for name in payload.get("changed", []))
        return _("修改：%(fields)s。") % {"fields": fields}
    if act.verb not in SENTENCES:
        return act.verb
    tenure = payload.get("tenure", "")
    words = {
        "until": payload.get("until", "—"),
        "tenure": str(Tenure(tenure).label) if tenure in Tenure.values else "—",
    }
    return str(SENTENCES[act.verb]) % words


def find_site(key: str) -> Found | None:
    """The finder of the subject kind `site`: title, address, words, and whose it is."""
    site = Site.objects.filter(key=key).first()
    if site is None:
        return None
    state = states_of(site.kind).open().filter(site=key).first()
    if state is None:
        return None
    body = getattr(state, "number", "") or ""
    return Found(
        name_of(state),
        reverse("site", args=[key]),
        str(SiteKind(site.kind).label),
        body,
        {"city": site.city},
    )
