"""What the handling office says and does: respond, call out, ask, tell, give time, answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs import actions as orgs
from luodi.orgs.queries import units_of

from ..choices import FilePurpose, Part, ReplyKind
from ..flows import DESK, check
from ..models import CallOut, FirmQuestion, InternalNote, Reply, Timetable
from ..queries import Holding, check_near, hold, met_by, named_clock, recounted
from ..rules import check_steps
from .files import Upload, keep_files

Step = tuple[str, date | None]


def respond(
    *,
    request: str,
    text: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Respond to the firm (响应): it is heard, by whom, and what comes next."""
    held = hold(request, by, seen)
    stage = check("respond", held.state.stage, held.roles, {"words": text})
    with perform(
        "respond", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"text": text.strip(), "unit": held.unit},
    ) as deed:  # fmt: skip
        _say(deed, held, ReplyKind.RESPONSE, text, evidence)
        _meet(deed, held, ("responded",))
        deed.replace(held.state, stage=stage)


def tell_firm(
    *,
    request: str,
    text: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Tell the firm how far it has come (告知进展)."""
    held = hold(request, by, seen)
    check("tell_firm", held.state.stage, held.roles, {"words": text})
    with perform(
        "tell_firm", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"text": text.strip(), "unit": held.unit},
    ) as deed:  # fmt: skip
        _say(deed, held, ReplyKind.NEWS, text, evidence)
        _meet(deed, held, ("told",))


def ask_firm(
    *,
    request: str,
    text: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Ask the firm for what is missing (请企业补充); clocks that pause stand still from now on."""
    held = hold(request, by, seen)
    stage = check("ask_firm", held.state.stage, held.roles, {"words": text})
    changed = recounted(held, at, paused_from=at)
    with perform(
        "ask_firm", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"text": text.strip(), "unit": held.unit},
    ) as deed:  # fmt: skip
        deed.write(FirmQuestion(request_id=request, text=text.strip(), asked_at=at))
        keep_files(
            deed=deed,
            subject=held.subject,
            scope=held.scope,
            evidence=evidence,
            purpose=FilePurpose.SAID,
        )
        deed.replace(held.state, stage=stage)
        for row, changes in changed:
            deed.replace(row, **changes)


def give_timetable(
    *,
    request: str,
    steps: Sequence[Step],
    reason: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Give the firm a timetable (时间表): steps with dates; the last one is the new limit."""
    held = hold(request, by, seen)
    given = [(text.strip(), day) for text, day in steps if text.strip() or day]
    check("give_timetable", held.state.stage, held.roles, {"steps": given, "reason": reason})
    fault = check_steps(given, Moment(at).today)
    if fault:
        raise Incomplete(_faults()[fault])
    days = [day for _, day in given if day is not None]
    check_near(days[-1], Moment(at))
    changed = recounted(held, at, agreed_on=days[-1])
    plain = [[text, day.isoformat()] for text, day in given if day is not None]
    with perform(
        "give_timetable", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"steps": plain, "until": days[-1].isoformat(), "unit": held.unit},
        why=reason.strip(),
    ) as deed:  # fmt: skip
        deed.write(
            Timetable(
                request_id=request,
                round=held.state.round,
                reason=reason.strip(),
                steps=plain,
                until_on=days[-1],
            )
        )
        for row, changes in changed:
            deed.replace(row, **changes)
        keep_files(
            deed=deed,
            subject=held.subject,
            scope=held.scope,
            evidence=evidence,
            purpose=FilePurpose.SAID,
        )


def _faults() -> dict[str, str]:
    return {
        "none": _("请写出办理步骤和日期。"),
        "undated": _("每一步都要有日期。"),
        "unworded": _("每一步都要写明做什么。"),
        "past": _("时间表的日期不能早于今天。"),
        "order": _("时间表的日期应从早到晚。"),
    }


def answer(
    *,
    request: str,
    text: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Answer the firm (答复): what came of it. The firm's own word closes the request."""
    held = hold(request, by, seen)
    stage = check("answer", held.state.stage, held.roles, {"words": text})
    rate_by, _working = named_clock(held.request, "rating", at)
    with perform(
        "answer", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"text": text.strip(), "unit": held.unit},
    ) as deed:  # fmt: skip
        _say(deed, held, ReplyKind.ANSWER, text, evidence)
        _meet(deed, held, ("told", "settled"))
        deed.replace(held.state, stage=stage, rate_by=rate_by)


def write_note(
    *, request: str, text: str, by: str, at: datetime, evidence: Sequence[Upload] = ()
) -> None:
    """Write something for the offices alone (内部记录); the firm never sees it."""
    held = hold(request, by)
    check("write_note", held.state.stage, held.roles, {"words": text})
    with perform(
        "write_note", by=by, at=at, subjects=[held.subject], scope=held.inner_scope,
        payload={"text": text.strip(), "unit": held.unit or held.state.lead},
    ) as deed:  # fmt: skip
        deed.write(InternalNote(request_id=request, unit=held.unit, text=text.strip()))
        keep_files(
            deed=deed,
            subject=held.subject,
            scope=held.inner_scope,
            evidence=evidence,
            purpose=FilePurpose.INNER,
        )


def call_out(
    *,
    request: str,
    lead: str,
    called: Sequence[str],
    task: str,
    by: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Call offices out (吹哨): one leads, each has its own clock until it arrives (报到)."""
    held = hold(request, by, seen)
    check("call_out", held.state.stage, held.roles)
    leader = lead or held.state.lead
    units = [unit for unit in dict.fromkeys([leader, *called]) if unit]
    _check_units(held, units, at)
    there = {call.unit: call for call in held.calls}
    fresh = [unit for unit in units if unit not in there and unit != held.desk]
    if not fresh and leader == held.state.lead:
        raise Conflict(_("这些单位已经吹过哨了。"))
    due_at, working = named_clock(held.request, "arrival", at)
    with perform(
        "call_out", by=by, at=at, subjects=[held.subject], scope=held.inner_scope,
        payload={
            "lead": leader, "called": [u for u in fresh if u != leader], "text": task.strip(),
        },
    ) as deed:  # fmt: skip
        for unit in fresh:
            deed.write(
                CallOut(
                    request_id=request,
                    unit=unit,
                    part=Part.LEAD if unit == leader else Part.COOPERATING,
                    task=task.strip(),
                    called_at=at,
                    due_at=due_at,
                    working=working,
                )
            )
        for call in held.calls:
            part = Part.LEAD if call.unit == leader else Part.COOPERATING
            if call.part != part:
                deed.replace(call, part=part)
        if leader != held.state.lead:
            deed.replace(held.state, lead=leader)


def _check_units(held: Holding, units: Sequence[str], at: datetime) -> None:
    known = set(units_of(held.request.city, Moment(at)).values_list("of", flat=True))
    if set(units) - known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))


def arrive(*, request: str, by: str, at: datetime) -> None:
    """Say that one's office is there and takes its part (报到)."""
    held = hold(request, by)
    check("arrive", held.state.stage, held.roles)
    waiting = [c for c in held.calls if c.arrived_at is None and c.unit == held.unit]
    if not waiting:
        raise Conflict(_("您单位已经报到，或者没有被吹哨。"))
    with perform(
        "arrive", by=by, at=at, subjects=[held.subject], scope=held.inner_scope,
        payload={"unit": held.unit},
    ) as deed:  # fmt: skip
        for call in waiting:
            deed.replace(call, arrived_at=deed.at)


def erase_caller(*, request: str, why: str, by: str, at: datetime) -> None:
    """Erase name and telephone of who called (删去来电人), by the handling office."""
    held = hold(request, by)
    if DESK not in held.roles:
        raise NotAllowed(_("联系人由承办单位或专班办公室删去。"))
    orgs.erase_caller(subject=held.subject, scope=held.inner_scope, by=by, at=at, why=why)


def _say(deed: Deed, held: Holding, kind: ReplyKind, text: str, evidence: Sequence[Upload]) -> None:
    deed.write(
        Reply(
            request_id=held.request.key,
            round=held.state.round,
            kind=kind,
            unit=held.unit or held.state.lead,
            text=text.strip(),
        )
    )
    keep_files(
        deed=deed,
        subject=held.subject,
        scope=held.scope,
        evidence=evidence,
        purpose=FilePurpose.SAID,
    )


def _meet(deed: Deed, held: Holding, ends: tuple[str, ...]) -> None:
    for row in met_by(held, ends):
        deed.replace(row, met_at=deed.at)
