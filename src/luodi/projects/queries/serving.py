"""Who serves a project, and what was seen on the spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.documents.queries import attachments_of
from luodi.orgs.queries import names_of, people_rows
from luodi.orgs.rules import Viewer

from ..choices import Seeing, Serving
from ..models import ProjectFirm, ProjectState, ServiceMember, SiteVisit
from ..rules import MILLION
from .heads import ProjectHead, project_head

PICTURES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Member:
    """A person of the task force, or the sponsor official."""

    person: str
    name: str
    part: str
    label: str


@dataclass(frozen=True)
class Visit:
    """One record from the spot. `pictures` and `files` are key and name of what may be opened."""

    day: date
    label: str
    who: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    text: str
    pictures: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ServicePage:
    """A project's people and visits. `days` since somebody was there; None where nobody was."""

    head: ProjectHead
    members: tuple[Member, ...]
    visits: tuple[Visit, ...]
    days: int | None
    may_name: bool
    may_record: bool


def service_page(key: str, viewer: Viewer, moment: Moment) -> ServicePage | None:
    """Who serves a project within the viewer's scope, and its visits, the latest first."""
    head = project_head(key, viewer, moment)
    if head is None:
        return None
    members = list(ServiceMember.objects.at(moment).filter(project=key).order_by("part", "since"))
    rows = SiteVisit.objects.at(moment).filter(project=key).select_related("act")
    visits = list(rows.order_by("-visited_on", "-act"))
    people = names_of({m.person for m in members} | {v.act.by for v in visits})
    files = attachments_of(subject_key("project", key), viewer, moment)
    readable = set(files.values_list("file_id", flat=True))
    mine = any(m.person == viewer.person for m in members)
    return ServicePage(
        head=head,
        members=tuple(
            Member(m.person, people.get(m.person, "—"), m.part, str(Serving(m.part).label))
            for m in members
        ),
        visits=tuple(_visit(v, people, readable) for v in visits),
        days=(moment.today - visits[0].visited_on).days if visits else None,
        may_name="office" in head.roles,
        may_record=bool(head.roles) or (mine and not moment.is_past),
    )


def _visit(visit: SiteVisit, people: dict[str, str], readable: set[str]) -> Visit:
    files = [(key, name) for key, name in visit.act.payload.get("files", []) if key in readable]
    pictures = [one for one in files if one[1].lower().endswith(PICTURES)]
    return Visit(
        day=visit.visited_on,
        label=str(Seeing(visit.kind).label),
        who=people.get(visit.act.by, "—"),
        place=visit.place,
        latitude=None if visit.latitude is None else Decimal(visit.latitude) / MILLION,
        longitude=None if visit.longitude is None else Decimal(visit.longitude) / MILLION,
        text=visit.text,
        pictures=tuple(pictures),
        files=tuple(one for one in files if one not in pictures),
    )


def site_visits_of_firms(
    firms: Iterable[str], moment: Moment
) -> dict[str, tuple[tuple[date, str, str], ...]]:
    """The fact `firm.site_visits`: day, unit and project's name of each visit (走访) to a site.

    Of the projects that a firm of the register carries; looking at progress (现场进度) is none.
    """
    rows = ProjectFirm.objects.at(moment).filter(enterprise__in=set(firms))
    carried = dict(rows.values_list("project", "enterprise"))
    if not carried:
        return {}
    seen = SiteVisit.objects.at(moment).filter(project__in=carried, kind=Seeing.VISIT)
    names = dict(
        ProjectState.objects.at(moment).filter(project__in=carried).values_list("project", "name")
    )
    found: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    for project, day, unit in seen.order_by("act").values_list("project", "visited_on", "unit"):
        found[carried[project]].append((day, unit, names.get(project, "")))
    return {firm: tuple(calls) for firm, calls in found.items()}


def people_to_name(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key, and name with unit and post, of everybody posted in the viewer's cities."""
    found: dict[str, str] = {}
    for row in people_rows(viewer, moment):
        found.setdefault(row.key, f"{row.name}　{row.unit} {row.title or row.role}")
    return sorted(found.items(), key=lambda one: one[1])
