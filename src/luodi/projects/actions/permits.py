"""The permits of a project: its type chosen, steps recorded, wrong records withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import units_of
from luodi.packs import work_calendar
from luodi.packs.schemas import PermitRule

from ..choices import PermitStep
from ..models import PermitTrack, ProjectPermit
from ..queries import Holding, hold, hold_for_permits
from ..queries.permit_forecast import known_of
from ..queries.permits import permits_at, types_at
from ..rules.permits import DAY_OF, check_step, due_of
from .evidence import Upload, attach_evidence


def track_permits(
    *,
    project: str,
    type: str,
    by: str,
    at: datetime,
    agent: str = "",
    combined: bool = False,
    seen: int | None = None,
) -> None:
    """Say of which type a project is, which unit does its paperwork, and whether one report serves.

    `seen` is the position of what the form showed, 0 where there was nothing.
    """
    held, moment = hold(project, by), Moment(at)
    if not held.roles:
        raise NotAllowed(_("项目类型和办理方式由牵头单位、落地区域或专班办公室确定。"))
    city = held.project.city
    if type not in {rule.key for rule in types_at(held.rules(moment), moment)}:
        raise NotFound(_("没有这个项目类型，请从列表里选择。"))
    known = set(units_of(city, moment).values_list("of", flat=True))
    if agent and agent not in known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    there = PermitTrack.objects.open().filter(project=project).first()
    if seen is not None and seen != (there.since_id if there else 0):
        raise Conflict(_("这个项目的手续刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    said = {"type": type, "agent": agent, "combined": combined}
    if there and all(getattr(there, name) == value for name, value in said.items()):
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "track_permits", by=by, at=at, subjects=[held.subject], scope=held.scope, payload=said
    ) as deed:
        if there:
            deed.replace(there, **said)
        else:
            deed.write(PermitTrack(project_id=project, **said))


def record_permit(
    *,
    project: str,
    permit: str,
    step: str,
    by: str,
    at: datetime,
    day: date | None = None,
    why: str = "",
    evidence: Sequence[Upload] = (),
) -> None:
    """Record a step of a permit on a day. Taken in, its due instant is computed at once.

    Refuses a permit the project's type doesn't have, a step that can't follow, days out of order.
    """
    (held, agent), moment = hold_for_permits(project, by), Moment(at)
    rule = _rule(held, permit, moment)
    there = ProjectPermit.objects.open().filter(project=project, permit=permit).first()
    day = day or moment.today
    check_step(rule, known_of(there) if there else None, step, day, moment.today, why)
    row: dict[str, Any] = {"step": step, "why": why.strip()}
    if step in DAY_OF:
        row[DAY_OF[PermitStep(step)]] = day
    if step == PermitStep.TAKEN_IN:
        calendar = work_calendar(held.rules(moment))
        row["due_at"], row["working"] = due_of(rule, day, calendar)
    payload = {
        "permit": permit,
        "title": rule.title,
        "title_en": rule.title_en,
        "step": step,
        "happened_on": day.isoformat(),
    }
    with perform(
        "record_permit",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload=payload,
        why=why.strip(),
    ) as deed:
        if there:
            deed.replace(there, **row)
        else:
            deed.write(ProjectPermit(project_id=project, permit=permit, **row))
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence, also=agent)


def _rule(held: Holding, permit: str, moment: Moment) -> PermitRule:
    """The rule of a permit that the project's type has."""
    track = PermitTrack.objects.open().filter(project=held.project).first()
    if track is None:
        raise Incomplete(_("请先选择项目类型，才知道要办哪些手续。"))
    for rule in permits_at(held.rules(moment), moment, track.type):
        if rule.key == permit:
            return rule
    raise NotFound(_("这一类型的项目没有这项手续，请从列表里选择。"))


def withdraw_permit(*, project: str, permit: str, why: str, by: str, at: datetime) -> None:
    """Take back what was recorded of a permit, with a reason: as if nothing had been recorded."""
    held, _agent = hold_for_permits(project, by)
    there = ProjectPermit.objects.open().filter(project=project, permit=permit).first()
    if there is None:
        raise NotFound(_("这项手续还没有登记。"))
    if not why.strip():
        raise Incomplete(_("撤回登记，请写明原因。"))
    rules = permits_at(held.rules(Moment(at)), Moment(at))
    rule = next((rule for rule in rules if rule.key == permit), None)
    payload = {
        "permit": permit,
        "title": rule.title if rule else permit,
        "title_en": rule.title_en if rule else permit,
    }
    with perform(
        "withdraw_permit",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload=payload,
        why=why.strip(),
    ) as deed:
        deed.close(there)
