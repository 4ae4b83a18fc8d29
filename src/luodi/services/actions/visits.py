"""Visits are planned, logged, cancelled; what was found becomes a request or a supervised item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import UNIT_ROLES

from ..choices import FilePurpose, VisitKind, VisitStage
from ..models import Visit, VisitState
from ..queries import (
    VisitHolding,
    beyond_sentence,
    check_near,
    firm_to_ask,
    hold_visit,
    scope_of_firm,
)
from .asking import ask
from .files import Upload, keep_files

VISITORS = (Role.OFFICE, *UNIT_ROLES)


def plan_visit(
    *,
    firm: str,
    kind: str,
    purpose: str,
    on: date | None,
    by: str,
    at: datetime,
    led_by: str = "",
    wish: str = "",
) -> Visit:
    """Plan a visit to a firm (走访计划). Beyond the pack's number only with the firm's wish."""
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.has(*VISITORS):
        raise NotAllowed(_("走访由开发区、县区和专班办公室登记。"))
    state = firm_to_ask(viewer, firm, moment)
    _check(kind, purpose, on, moment)
    assert on is not None
    if on < moment.today:
        raise Incomplete(_("计划的日期已经过去；已经去过的，请直接登记走访情况。"))
    return _write(
        scope_of_firm(state), viewer.unit, kind, by, at,
        VisitState(stage=VisitStage.PLANNED, purpose=purpose.strip(), on=on, led_by=led_by,
                   wish=wish.strip()),
    )  # fmt: skip


def log_new_visit(
    *,
    firm: str,
    kind: str,
    purpose: str,
    on: date | None,
    summary: str,
    by: str,
    at: datetime,
    led_by: str = "",
    wish: str = "",
    beyond: str = "",
    evidence: Sequence[Upload] = (),
) -> Visit:
    """Log a visit that was made without a plan (登记走访).

    What happened is recorded in any case: beyond the pack's number without the firm's wish it
    needs `beyond`, the reason, and is shown as one too many.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.has(*VISITORS):
        raise NotAllowed(_("走访由开发区、县区和专班办公室登记。"))
    state = firm_to_ask(viewer, firm, moment)
    _check(kind, purpose, on, moment)
    assert on is not None
    if on > moment.today:
        raise Incomplete(_("走访日期不能晚于今天；还没去的，请登记计划。"))
    if not summary.strip():
        raise Incomplete(_("请写明走访情况。"))
    said = beyond_sentence(firm, state.city, kind, on, moment)
    if said and not wish.strip() and not beyond.strip():
        raise Incomplete(said + _("已经去了的，请写明企业意愿，或写明超次的原因。"))
    return _write(
        scope_of_firm(state), viewer.unit, kind, by, at,
        VisitState(stage=VisitStage.VISITED, purpose=purpose.strip(), on=on, led_by=led_by,
                   wish=wish.strip(), beyond=beyond.strip() if said else "",
                   summary=summary.strip()),
        evidence,
    )  # fmt: skip


def _check(kind: str, purpose: str, on: date | None, moment: Moment) -> None:
    if kind not in VisitKind.values:
        raise Incomplete(_("请选择是走访还是检查。"))
    if not purpose.strip():
        raise Incomplete(_("请写明走访事由。"))
    if on is None:
        raise Incomplete(_("请填写日期。"))
    check_near(on, moment)


def _write(
    scope: dict[str, str],
    of_unit: str,
    kind: str,
    by: str,
    at: datetime,
    state: VisitState,
    evidence: Sequence[Upload] = (),
) -> Visit:
    visit = Visit(key=new_key(), kind=kind, of_unit=of_unit, **scope)
    state.visit_id = visit.key
    verb = "plan_visit" if state.stage == VisitStage.PLANNED else "log_visit"
    inner = {name: scope[name] for name in ("city", "zone", "unit")}
    with perform(
        verb, by=by, at=at, scope=inner,
        subjects=[subject_key("visit", visit.key), subject_key("enterprise", scope["enterprise"])],
        payload={"purpose": state.purpose, "on": state.on.isoformat(), "kind": kind},
    ) as deed:  # fmt: skip
        deed.lock()
        _check_first(visit, state, Moment(at))
        deed.write(visit)
        deed.write(state)
        keep_files(
            deed=deed,
            subject=deed.subjects[0],
            scope=inner,
            evidence=evidence,
            purpose=FilePurpose.INNER,
        )
    return visit


def _check_first(visit: Visit, state: VisitState, moment: Moment) -> None:
    """Refuse what was entered already, and a plan beyond the number that nobody wished for."""
    twins = VisitState.objects.open().filter(
        VisitState.of_firms([visit.enterprise]), visit__of_unit=visit.of_unit,
        visit__kind=visit.kind, on=state.on, purpose=state.purpose,
    )  # fmt: skip
    if twins.exclude(stage=VisitStage.CANCELLED).exists():
        raise Conflict(_("这次走访已经登记过了，请在走访列表里查看。"))
    if state.stage == VisitStage.PLANNED and not state.wish:
        beyond = beyond_sentence(visit.enterprise, visit.city, visit.kind, state.on, moment)
        if beyond:
            raise Incomplete(beyond + _("再去须企业自己提出，请写明企业意愿。"))


def log_visit(
    *,
    visit: str,
    on: date | None,
    summary: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Log what came of a planned visit (登记走访情况)."""
    held = _held(visit, by, seen)
    if held.state.stage != VisitStage.PLANNED:
        raise Closed(_("这次走访已经登记或取消了。"))
    if on is None or on > Moment(at).today:
        raise Incomplete(_("走访日期不能晚于今天；还没去的，请登记计划。"))
    check_near(on, Moment(at))
    if not summary.strip():
        raise Incomplete(_("请写明走访情况。"))
    with perform(
        "log_visit", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"on": on.isoformat(), "purpose": held.state.purpose, "kind": held.visit.kind},
    ) as deed:  # fmt: skip
        deed.replace(held.state, stage=VisitStage.VISITED, on=on, summary=summary.strip())
        keep_files(
            deed=deed,
            subject=held.subject,
            scope=held.scope,
            evidence=evidence,
            purpose=FilePurpose.INNER,
        )


def cancel_visit(*, visit: str, why: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Cancel a planned visit, with the reason (取消)."""
    held = _held(visit, by, seen)
    if held.state.stage != VisitStage.PLANNED:
        raise Closed(_("这次走访已经登记或取消了。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    with perform(
        "cancel_visit", by=by, at=at, subjects=[held.subject], scope=held.scope, why=why.strip()
    ) as deed:
        deed.replace(held.state, stage=VisitStage.CANCELLED)


def note_problem(
    *,
    visit: str,
    title: str,
    text: str,
    by: str,
    at: datetime,
    category: str = "",
    lead: str = "",
    due_on: date | None = None,
) -> str:
    """Take down on the spot what a visit found; the subject it became.

    With a `lead` unit it is a supervised item (due by `due_on` or the pack's clock), else a
    request of the firm in a `category`.
    """
    held = _held(visit, by)
    if held.state.stage == VisitStage.CANCELLED:
        raise Conflict(_("这次走访已经取消，不能再记问题。"))
    if lead:
        item = open_item(
            city=held.visit.city, source=Source.VISIT, title=title, content=text, lead=lead,
            due_on=due_on, clock="" if due_on else "item-handle", about=held.subject, by=by, at=at,
        )  # fmt: skip
        return subject_key("item", item.key)
    asked = ask(
        firm=held.state.of_firm, category=category, title=title, text=text or title,
        channel="visit", source=held.subject, by=by, at=at,
    )  # fmt: skip
    return subject_key("request", asked.key)


def _held(visit: str, by: str, seen: int | None = None) -> VisitHolding:
    held = hold_visit(visit, by, seen)
    if not held.may_act:
        raise NotAllowed(_("这次走访由去的单位或企业所在开发区、县区办理。"))
    return held
