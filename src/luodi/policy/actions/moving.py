"""Claims go on by their flow, up to the payment; notes and objections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import due_for

from ..choices import ObjectionStage
from ..flows import FIRM, FLOWS, OFFICE
from ..models import ArticleState, ClaimNote, ClaimObjection, ClaimObjectionState
from ..queries.claiming import present_for
from ..queries.holding import HeldClaim, hold_claim
from ..rules import money, read_money

NOTICED = "policy.noticed"
"""What the clock of the notice starts with."""


def move_claim(
    *,
    claim: str,
    move: str,
    seen: int,
    by: str,
    at: datetime,
    why: str = "",
    amount: str = "",
    materials: Sequence[str] = (),
    paid_on: date | None = None,
    voucher: str = "",
) -> None:
    """Make a move of a claim's flow. What it must have is looked up here, not taken on trust.

    `amount` settles the sum where the move settles one; `materials` complete the papers of an
    application handed in again; `paid_on` and `voucher` belong to the payment.
    """
    held = hold_claim(claim, by, seen)
    changes = _changes(held, move, amount, materials, paid_on, voucher, at)
    flow = FLOWS[held.claim.mode]
    with perform(
        "move_policy_claim",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("enterprise", held.state.holder)],
        scope=held.scope,
        payload={"move": move, "number": held.claim.number, "mode": held.claim.mode},
        why=why.strip(),
    ) as deed:
        deed.lock()
        present = present_for(held, changes, by, at) | {"reason": why.strip()}
        stage = moved(flow, move, held.state.stage, held.roles, present)
        if stage == "noticed":
            changes |= _notice(held, at)
        deed.replace(held.state, stage=stage, why=why.strip(), **changes)


def _changes(
    held: HeldClaim,
    move: str,
    amount: str,
    materials: Sequence[str],
    paid_on: date | None,
    voucher: str,
    at: datetime,
) -> dict[str, Any]:
    """The columns a move sets, from what was typed."""
    changes: dict[str, Any] = {}
    settles = move == "decide" or (move == "check" and held.claim.mode == "automatic")
    if settles and amount.strip():
        changes["amount"] = _settled(held, amount)
    if move == "check":
        changes["checked_by"] = held.viewer.person
    if move == "hand_in":
        changes["materials"] = list(dict.fromkeys([*held.state.materials, *materials]))
    if move == "disburse":
        if paid_on and paid_on > Moment(at).today:
            raise Incomplete(_("拨付日期不能晚于今天。"))
        until = held.state.notice_until
        if paid_on and until and at > until and paid_on < Moment(until).today:
            raise Incomplete(_("拨付日期不能早于公示期满。"))
        changes |= {"paid_on": paid_on, "voucher": voucher.strip()[:60]}
    return changes


def _settled(held: HeldClaim, written: str) -> int | None:
    """The sum settled: no more than was asked for, nor than the article gives at most."""
    amount, asked = read_money(written), held.state.asked
    article = ArticleState.objects.open().get(article=held.claim.article_id)
    if amount is not None and asked is not None and amount > asked:
        raise Incomplete(_("核定金额超过了申请金额 %(most)s。") % {"most": money(asked)})
    most = None if article.each else article.amount
    if amount is not None and most is not None and amount > most:
        raise Incomplete(_("核定金额超过了这一条的上限 %(most)s。") % {"most": money(most)})
    return amount


def _notice(held: HeldClaim, at: datetime) -> Mapping[str, Any]:
    until, working = due_for(held.claim, NOTICED, at)
    if until is None:
        raise Incomplete(_("本市的规则包没有公示期限的时限规则，不能开始公示。"))
    return {"notice_until": until, "notice_working": working}


def note_on_claim(*, claim: str, text: str, by: str, at: datetime) -> None:
    """Note something for the office itself: the firm never reads it."""
    held = hold_claim(claim, by)
    if OFFICE not in held.roles:
        raise NotAllowed(_("内部备注由主管单位填写。"))
    if not text.strip():
        raise Incomplete(_("请写明备注内容。"))
    inside = {"city": held.claim.city, "unit": held.claim.unit}
    with perform(
        "note_on_policy_claim", by=by, at=at, subjects=[held.subject], scope=inside
    ) as deed:
        deed.write(ClaimNote(claim_id=claim, text=text.strip(), **inside))


def object_to_claim(*, claim: str, who: str, text: str, by: str, at: datetime) -> None:
    """Take down an objection while the notice runs; the payment waits until it is answered."""
    held = hold_claim(claim, by)
    if OFFICE not in held.roles or FIRM in held.roles:
        raise NotAllowed(_("异议由主管单位登记。"))
    until = held.state.notice_until
    if held.state.stage != "noticed" or until is None or at > until:
        raise Closed(_("现在不在公示期，不能登记异议。"))
    if not who.strip() or not text.strip():
        raise Incomplete(_("请写明异议人和异议内容。"))
    inside = {"city": held.claim.city, "unit": held.claim.unit}
    key = new_key()
    with perform(
        "object_to_policy_claim", by=by, at=at, subjects=[held.subject], scope=inside
    ) as deed:
        one = ClaimObjection(
            key=key, claim_id=claim, who=who.strip()[:120], text=text.strip(), **inside
        )
        deed.write(one)
        deed.write(ClaimObjectionState(objection_id=key, stage=ObjectionStage.OPEN))
        deed.replace(held.state)


def answer_objection(
    *, claim: str, objection: str, upheld: bool, answer: str, by: str, at: datetime
) -> None:
    """Say what became of an objection. One that is upheld ends the claim by its own move."""
    held = hold_claim(claim, by)
    if OFFICE not in held.roles:
        raise NotAllowed(_("异议由主管单位处理。"))
    rows = ClaimObjectionState.objects.open().filter(objection=objection, objection__claim=claim)
    row = rows.first()
    if row is None:
        raise NotFound(_("没有这条异议。"))
    if row.stage != ObjectionStage.OPEN:
        raise Conflict(_("这条异议已经处理过。"))
    if not answer.strip():
        raise Incomplete(_("请写明处理意见。"))
    stage = ObjectionStage.UPHELD if upheld else ObjectionStage.REJECTED
    inside = {"city": held.claim.city, "unit": held.claim.unit}
    with perform(
        "answer_policy_objection",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=inside,
        payload={"stage": str(stage)},
    ) as deed:
        deed.replace(row, stage=stage, answer=answer.strip())
        deed.replace(held.state)
