"""Who serves a project is named or released; what they saw on the spot is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person, visible

from ..choices import Seeing, Serving
from ..models import Project, ServiceMember, SiteVisit
from ..queries import hold
from ..rules import read_place
from .evidence import Upload, attach_evidence


def name_member(*, project: str, person: str, part: str, by: str, at: datetime) -> None:
    """Name a person of the task force, or the sponsor official (by the office).

    Only somebody who may see the project: being named opens nothing that a post doesn't.
    """
    held = hold(project, by)
    if "office" not in held.roles:
        raise NotAllowed(_("专班成员和包联领导由专班办公室确定。"))
    if part not in Serving.values:
        raise Incomplete(_("请选择是专班成员还是包联领导。"))
    theirs = viewer_of_person(person)
    if not visible(Project.objects.filter(key=project), theirs).exists():
        raise Incomplete(_("这位同志的岗位看不到这个项目，不能承担；请先调整牵头单位或落地区域。"))
    if ServiceMember.objects.open().filter(project=project, person=person, part=part).exists():
        raise Conflict(_("已经是了，不用再定。"))
    with perform(
        "name_member",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("person", person)],
        scope=held.scope,
        payload={"person": person, "part": part},
    ) as deed:
        deed.write(ServiceMember(project_id=project, person=person, part=part))


def release_member(
    *, project: str, person: str, part: str, why: str, by: str, at: datetime
) -> None:
    """End a person's part in a project, with a reason (by the office)."""
    held = hold(project, by)
    if "office" not in held.roles:
        raise NotAllowed(_("专班成员和包联领导由专班办公室确定。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    open_ones = ServiceMember.objects.open()
    member = open_ones.filter(project=project, person=person, part=part).first()
    if member is None:
        raise NotFound(_("没有这一位，或者已经调整。"))
    with perform(
        "release_member",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("person", person)],
        scope=held.scope,
        payload={"person": person, "part": part},
        why=why.strip(),
    ) as deed:
        deed.close(member)


def record_visit(
    *,
    project: str,
    kind: str,
    by: str,
    at: datetime,
    visited_on: date | None = None,
    place: str = "",
    latitude: str = "",
    longitude: str = "",
    text: str = "",
    evidence: Sequence[Upload] = (),
) -> None:
    """Record what was seen on the spot: words, or photos, or both."""
    held = hold(project, by)
    serves = ServiceMember.objects.open().filter(project=project, person=by).exists()
    if not held.roles and not serves:
        raise NotAllowed(_("只有牵头单位、落地区域、专班办公室和服务这个项目的人可以记录。"))
    if kind not in Seeing.values:
        raise Incomplete(_("请选择是走访还是现场进度。"))
    if not text.strip() and not evidence:
        raise Incomplete(_("请写明看到的情况，或者附上照片。"))
    day = visited_on or Moment(at).today
    if day > Moment(at).today:
        raise Incomplete(_("日期不能晚于今天。"))
    north, east = read_place(latitude, longitude)
    seen = {"project": project, "kind": kind, "visited_on": day, "text": text.strip()}
    if not evidence and SiteVisit.objects.filter(act__by=by, **seen).exists():
        raise Conflict(_("已经记过同样的情况，没有再写。"))
    with perform(
        "record_visit",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"kind": kind, "happened_on": day.isoformat(), "place": place.strip()[:120]},
    ) as deed:
        deed.write(
            SiteVisit(
                project_id=project,
                kind=kind,
                visited_on=day,
                place=place.strip()[:120],
                latitude=north,
                longitude=east,
                text=text.strip(),
                **held.scope,
            )
        )
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence)
