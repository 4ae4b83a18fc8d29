"""What the office does: verify or refuse a close-out, reopen, decide on time, reassign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.documents.actions import attach
from luodi.documents.models import Attachment
from luodi.orgs.queries import units_of

from ..choices import PartyRole
from ..flows import check
from ..models import Party
from ..queries import Holding, due_of, hold
from ..rules import EXTENDED, end_of_day, in_order, working_on_day


def verify_close_out(
    *, item: str, by: str, at: datetime, note: str = "", seen: int | None = None
) -> None:
    """Verify on the spot or by the evidence, and close the item (核实销号)."""
    held = hold(item, by, seen)
    target = check("verify_close_out", held.state.stage, held.roles)
    with perform(
        "verify_close_out",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"note": note.strip()},
    ) as deed:
        deed.replace(held.state, stage=target, closed_at=deed.at)
        _drop_request(deed, held)


def refuse_close_out(
    *, item: str, reason: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Send an application for close-out back with the reason (退回)."""
    _move("refuse_close_out", item=item, reason=reason, by=by, at=at, seen=seen)


def reopen(*, item: str, reason: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Reopen a closed item after a later look (回头看), with what was found."""
    _move("reopen", item=item, reason=reason, by=by, at=at, seen=seen, changes={"closed_at": None})


def _move(
    verb: str,
    *,
    item: str,
    reason: str,
    by: str,
    at: datetime,
    seen: int | None,
    changes: dict[str, Any] | None = None,
) -> None:
    """A move of the office that needs nothing but a reason."""
    held = hold(item, by, seen)
    target = check(verb, held.state.stage, held.roles, {"reason": reason})
    with perform(
        verb, by=by, at=at, subjects=[held.subject], scope=held.scope, why=reason.strip()
    ) as deed:
        deed.replace(held.state, stage=target, **(changes or {}))


def decide_extension(*, item: str, granted: bool, decision: str, by: str, at: datetime) -> None:
    """Grant or refuse the open request for more time, in words; granting moves the due instant."""
    held = hold(item, by)
    request = held.open_request
    present = {"request": bool(request), "reason": decision}
    check("decide_extension", held.state.stage, held.roles, present)
    assert request is not None
    payload = {"granted": granted, "until": request.asked_until.isoformat()}
    with perform(
        "decide_extension",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload=payload,
        why=decision.strip(),
    ) as deed:
        deed.replace(request, granted=granted, decision=decision.strip())
        if granted:
            _lengthen(deed, held, request.asked_until)


def _lengthen(deed: Deed, held: Holding, until: date) -> None:
    notes = held.state.due_working.get("notes", [])
    working = working_on_day(until, EXTENDED)
    working["notes"] = [*notes, *working["notes"]]
    deed.replace(held.state, due_at=end_of_day(until), due_working=working)


def set_due(
    *,
    item: str,
    reason: str,
    by: str,
    at: datetime,
    due_on: date | None = None,
    clock: str = "",
    seen: int | None = None,
) -> None:
    """Set, change or (with neither day nor clock) take away the due instant, with the reason."""
    held = hold(item, by, seen)
    check("set_due", held.state.stage, held.roles, {"reason": reason})
    due_at, working = due_of(held.item.city, held.lead.unit, due_on, clock, None, at)
    shown = due_at.astimezone(LOCAL).date().isoformat() if due_at else ""
    with perform(
        "set_due",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"due": shown},
        why=reason.strip(),
    ) as deed:
        deed.replace(held.state, due_at=due_at, due_working=working)


def reassign(
    *,
    item: str,
    lead: str,
    reason: str,
    by: str,
    at: datetime,
    cooperating: Iterable[str] | None = None,
    seen: int | None = None,
) -> None:
    """Give the item to another lead (改派), who signs for it anew."""
    held = hold(item, by, seen)
    target = check("reassign", held.state.stage, held.roles, {"reason": reason})
    if lead == held.lead.unit:
        raise Incomplete(_("新的牵头单位与现在相同。"))
    kept = [p.unit for p in held.cooperating] if cooperating is None else cooperating
    partners = in_order(kept, without=lead)
    _check_units(held, [lead, *partners], at)
    with perform(
        "reassign",
        by=by,
        at=at,
        subjects=[held.subject],
        scope={"city": held.item.city, "unit": lead},
        payload={"lead": lead, "from": held.lead.unit, "cooperating": partners},
        why=reason.strip(),
    ) as deed:
        deed.replace(held.state, stage=target)
        _drop_request(deed, held)
        _reseat(deed, held, {lead: PartyRole.LEAD, **dict.fromkeys(partners, "cooperating")})


def change_cooperating(
    *, item: str, cooperating: Iterable[str], reason: str, by: str, at: datetime
) -> None:
    """Change who cooperates; the lead stays."""
    held = hold(item, by)
    check("change_cooperating", held.state.stage, held.roles, {"reason": reason})
    partners = in_order(cooperating, without=held.lead.unit)
    _check_units(held, partners, at)
    with perform(
        "change_cooperating",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"cooperating": partners},
        why=reason.strip(),
    ) as deed:
        wanted = {held.lead.unit: PartyRole.LEAD, **dict.fromkeys(partners, "cooperating")}
        _reseat(deed, held, wanted)


def _drop_request(deed: Deed, held: Holding) -> None:
    """A request for more time ends undecided where the item is closed or goes to another unit."""
    request = held.open_request
    if request:
        deed.close(request)


def _reseat(deed: Deed, held: Holding, wanted: dict[str, str]) -> None:
    """End the parties that go or change their part, and write the new ones."""
    now = {party.unit: party for party in held.parties}
    for unit, party in now.items():
        if wanted.get(unit) != party.role:
            deed.close(party)
    for unit, role in wanted.items():
        if unit not in now or now[unit].role != role:
            deed.write(Party(item_id=held.item.key, unit=unit, role=role))
    _share_evidence(deed, held, set(wanted) - set(now))


def _share_evidence(deed: Deed, held: Holding, units: set[str]) -> None:
    """Whoever joins may open what was handed in before."""
    rows = Attachment.objects.filter(subject=held.subject).select_related("file").order_by("pk")
    for file in {row.file_id: row.file for row in rows}.values() if units else ():
        attach(deed=deed, file=file, subject=held.subject, shared_with=sorted(units))


def _check_units(held: Holding, units: list[str], at: datetime) -> None:
    known = set(units_of(held.item.city, Moment(at)).values_list("of", flat=True))
    if not set(units) <= known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
