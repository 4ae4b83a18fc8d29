"""A standard-land agreement: kept in the record, reported against, re-checked, and its breach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.changes import changed, same_amount
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.jobs.actions import tell
from luodi.kit.flows import Flow, Step
from luodi.kit.refusals import Refusal as Refused
from luodi.orgs.choices import Role
from luodi.orgs.queries import cities_in_force, people_of_city, people_with
from luodi.orgs.rules import REPORTERS

from ..flows import AGREEMENT
from ..models import Agreement, AgreementState, Project, PromiseResult
from ..queries import (
    AgreementRow,
    Holding,
    agreements_of,
    hold,
    merged_away,
    milestones_at,
    promises_at,
)
from ..queries.agreements import agreement_states
from ..rules.agreements import Milestone, occasion, read_land
from ..rules.details import read_quantity

Upload = tuple[str, bytes]
YEARS = range(2000, 2101)


def set_agreement(
    *,
    project: str,
    title: str,
    signed_on: date,
    land: str,
    promises: Mapping[str, str],
    days: Mapping[str, date | None],
    by: str,
    at: datetime,
    why: str = "",
    seen: int | None = None,
) -> None:
    """Keep what an agreement says, or change it with a reason; `seen` is the state looked at.

    `promises` are items as written in their units, `days` the milestones. A closed agreement stays
    as it is.
    """
    held = _held(project, by)
    now = _state(project, Moment(at))
    if seen is not None and seen != (now.since_id if now else 0):
        raise Conflict(_("这份协议刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    columns = {"title": title.strip()[:120], "signed_on": signed_on} | _terms(
        held, land, promises, days, signed_on, Moment(at)
    )
    if now and not why.strip():
        raise Incomplete(_("改动协议内容，请写明原因。"))
    if now and AGREEMENT.state(now.stage).final:
        raise Conflict(_("这份协议已经办结，不能再改。"))
    if now and not _changed(now, columns):
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "set_agreement",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"changes": now is not None, "promises": columns["promises"],
                 "days": columns["days"]},
        why=why.strip(),
    ) as deed:  # fmt: skip
        if now:
            deed.replace(now, why=why.strip(), **columns)
            return
        agreement = deed.write(Agreement(key=new_key(), project_id=project, **held.scope))
        deed.write(
            AgreementState(
                agreement_id=agreement.key, stage=AGREEMENT.start, why=why.strip(), **columns
            )
        )


def _changed(now: AgreementState, columns: Mapping[str, Any]) -> bool:
    """Whether terms differ from those kept; a promise is one amount at whatever scale."""
    if set(changed(now, columns)) - {"promises"}:
        return True
    before, after = now.promises, columns["promises"]
    return before.keys() != after.keys() or not all(
        same_amount(*before[item], *after[item]) for item in after
    )


def _terms(
    held: Holding,
    land: str,
    promises: Mapping[str, str],
    days: Mapping[str, date | None],
    signed_on: date,
    moment: Moment,
) -> dict[str, Any]:
    """Land, promises and days as columns; raises `Incomplete`."""
    if signed_on > moment.today:
        raise Incomplete(_("签订日期不能晚于今天。"))
    number, scale = read_land(_("协议用地面积"), land)
    kept = {}
    for rule in promises_at(held.project.city, held.state.zone, moment):
        amount = read_quantity(titled(rule), promises.get(rule.key, ""), rule.unit)
        if amount[0] is not None:
            kept[rule.key] = list(amount)
    if not kept:
        raise Incomplete(_("请至少填写一项承诺。"))
    given = [
        (rule, days.get(rule.key))
        for rule in milestones_at(held.project.city, held.state.zone, moment)
    ]
    ordered = [day for _rule, day in given if day]
    if ordered != sorted(ordered) or any(day < signed_on for day in ordered):
        raise Incomplete(_("协议日期先后颠倒：应为签订、开工、投产、达产、复核依次往后。"))
    return {
        "land": number,
        "land_scale": scale,
        "promises": kept,
        "days": {rule.key: day.isoformat() for rule, day in given if day},
    }


def report_result(
    *,
    project: str,
    item: str,
    year: int,
    amount: str,
    evidence: Sequence[Upload],
    by: str,
    at: datetime,
    why: str = "",
    seen: int | None = None,
) -> None:
    """Report what came of a promise in a year, with evidence; a second time with a reason."""
    held = _held(project, by)
    moment = Moment(at)
    state = _state(project, moment)
    if state is None:
        raise NotFound(_("这个项目还没有登记协议。"))
    rule = next(
        (r for r in promises_at(held.project.city, held.state.zone, moment) if r.key == item), None
    )
    if rule is None or item not in state.promises:
        raise Incomplete(_("协议里没有这一项承诺，请重新选择。"))
    if year not in YEARS or year > moment.today.year:
        raise Incomplete(_("年份写得不对，例如 2026。"))
    number, scale = read_quantity(titled(rule), amount, rule.measured_in)
    if number is None:
        raise Incomplete(_("请填写金额或数值。"))
    if not evidence:
        raise Incomplete(_("请附佐证材料。"))
    key = {"agreement": state.agreement, "item": item, "year": year}
    now = PromiseResult.objects.open().filter(**key).first()
    if seen is not None and seen != (now.since_id if now else 0):
        raise Conflict(_("这个数刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    if now and not why.strip():
        raise Incomplete(_("这一项已经报过；要更正，请写明原因。"))
    columns = {"amount": number, "amount_scale": scale, "why": why.strip()}
    with perform(
        "report_result",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"item": item, "year": year, "amount": [number, scale],
                 "corrects": now is not None},
        why=why.strip(),
    ) as deed:  # fmt: skip
        if now:
            deed.replace(now, **columns)
        else:
            deed.write(
                PromiseResult(agreement_id=state.agreement_id, item=item, year=year, **columns)
            )
        deed.payload["files"] = _attach(deed, held, evidence)


def move_agreement(
    *,
    project: str,
    move: str,
    by: str,
    at: datetime,
    why: str = "",
    happened_on: date | None = None,
    until: date | None = None,
    evidence: Sequence[Upload] = (),
    seen: int | None = None,
) -> None:
    """One step of the re-check or of what follows a breach, by the flow of agreements.

    The re-check comes when the project is at capacity, or on its day. A promise that is short or
    can't be told is passed over with a reason only.
    """
    held = _held(project, by)
    moment = Moment(at)
    state = _state(project, moment)
    if state is None:
        raise NotFound(_("这个项目还没有登记协议。"))
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这份协议刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    present = {"evidence": list(evidence), "reason": why, "until": until}
    step = _step(AGREEMENT, state.stage, move, present, held)
    day = happened_on or moment.today
    if day > moment.today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    if until and until <= moment.today:
        raise Incomplete(_("整改期限要晚于今天。"))
    changes: dict[str, Any] = {"stage": step.target, "why": why.strip()}
    if move in ("find_kept", "find_short"):
        _check_recheck(held, move, why, moment)
        changes["rechecked_on"] = day
    if until:
        changes["rectify_by"] = until
    with perform(
        "move_agreement",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"move": move, "from": state.stage, "to": step.target,
                 "happened_on": day.isoformat(), "until": until.isoformat() if until else ""},
        why=why.strip(),
    ) as deed:  # fmt: skip
        deed.replace(state, **changes)
        deed.payload["files"] = _attach(deed, held, evidence)


def _held(project: str, by: str) -> Holding:
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以办理协议。"))
    return held


def _state(project: str, moment: Moment) -> AgreementState | None:
    """The agreement of a project as it stands."""
    mine = Project.objects.filter(key=project)
    return next(iter(agreement_states(mine, moment).values()), None)


def _step(flow: Flow, stage: str, move: str, present: Mapping[str, Any], held: Holding) -> Step:
    """The step of a flow; its refusal in the flow's words."""
    step = flow.move(stage, move, present, held.roles)
    if not isinstance(step, Refused):
        return step
    kinds = {"flow.wrong_role": NotAllowed, "flow.missing": Incomplete}
    english = (get_language() or "").startswith("en")
    sentence = step.says("en" if english else "zh").rstrip("。.")
    raise kinds.get(step.code, Conflict)(sentence + ("." if english else _("。")), step.code)


def _check_recheck(held: Holding, move: str, why: str, moment: Moment) -> None:
    """Refuse a re-check before its time, and one that passes over a broken promise in silence."""
    row = _standing(held.project, moment)
    capacity = next((m for m in row.milestones if m.rule.key == "capacity"), None)
    day = next((m.day for m in row.milestones if m.rule.recheck), None)
    if not (capacity and capacity.done_on) and (day is None or day > moment.today):
        raise Incomplete(_("还没有达产，也没有到复核日期，不能复核。"))
    open_ones = [p for p in row.promised if p.verdict in ("short", "cannot_tell")]
    if move == "find_kept" and open_ones and not why.strip():
        names = listed(titled(one.rule) for one in open_ones)
        said = _("还有没兑现或无法判断的承诺（%(names)s）；仍判合格的，请写明理由。")
        raise Incomplete(said % {"names": names})


def _standing(project: Project, moment: Moment) -> AgreementRow:
    [row] = agreements_of(Project.objects.filter(key=project.key), project.city, moment)
    return row


def _attach(deed: Deed, held: Holding, evidence: Sequence[Upload]) -> list[list[str]]:
    """Keep the files; the lead unit and the zone may open them."""
    files = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=held.scope)
        sharing = [unit for unit in (held.state.lead, held.state.zone) if unit]
        attach(deed=deed, file=file, subject=held.subject, shared_with=sharing)
        deed.touch(subject_key("file", file.key))
        files.append([file.key, file.name])
    return files


def remind_of_milestones(*, by: str, at: datetime) -> int:
    """Tell lead, zone and office of milestones that come near or have passed, once for each.

    So too of a rectification whose deadline has passed. The days before are the pack's. Returns
    how many people were told now.
    """
    told, moment = 0, Moment(at)
    for city in cities_in_force():
        mine = Project.objects.filter(city=city).exclude(key__in=merged_away(moment))
        for one in agreements_of(mine, city, moment):
            if one.row.library == "none" or AGREEMENT.state(one.state.stage).final:
                continue
            for milestone in one.milestones:
                when = occasion(milestone, moment.today)
                if when:
                    told += _tell(one, milestone, when, city, by, at)
            if one.overdue:
                told += _tell_overdue(one, city, by, at)
    return told


def _concerned(one: AgreementRow, city: str) -> list[str]:
    """Those who act for the project's units, and the office."""
    units = dict.fromkeys(unit for unit in (one.row.lead_unit, one.row.zone_unit) if unit)
    people = [person for unit in units for person in people_with(unit, REPORTERS)]
    return [*people, *people_of_city(city, [Role.OFFICE])]


def _tell_overdue(one: AgreementRow, city: str, by: str, at: datetime) -> int:
    words = {"name": one.row.name[:60], "day": one.state.rectify_by}
    return tell(
        people=_concerned(one, city),
        kind="milestone",
        sentence=lambda: _("“%(name)s”协议违约整改期限 %(day)s 已过，还没有报整改情况。") % words,
        subject=subject_key("project", one.key),
        address=f"/projects/{one.key}/agreement/",
        once=f"rectify:{one.state.agreement_id}:{one.state.rectify_by}",
        by=by,
        at=at,
    )


def _tell(
    one: AgreementRow, milestone: Milestone, when: str, city: str, by: str, at: datetime
) -> int:
    def sentence() -> str:
        near = _("“%(name)s”协议约定 %(day)s %(what)s，请提前准备。")
        late = _("“%(name)s”协议约定 %(day)s %(what)s，已经过了，还没有实现。")
        return (late if when == "late" else near) % {
            "name": one.row.name[:60],
            "what": titled(milestone.rule),
            "day": milestone.day.isoformat() if milestone.day else "",
        }

    key = one.state.agreement_id
    return tell(
        people=_concerned(one, city),
        kind="milestone",
        sentence=sentence,
        subject=subject_key("project", one.key),
        address=f"/projects/{one.key}/agreement/",
        once=f"milestone:{key}:{milestone.rule.key}:{milestone.day}:{when}",
        by=by,
        at=at,
    )
