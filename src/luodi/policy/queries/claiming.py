"""What is present for a move of a claim: looked up from the record, never taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luodi.common.moments import Moment
from luodi.kit.eligibility import judge
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState

from ..choices import ObjectionStage
from ..flows import ENDED, SETTLED
from ..models import ArticleState, ClaimObjectionState, PolicyClaimState
from ..rules import Catalogue
from .catalogue import catalogue
from .facts import dossiers
from .holding import HeldClaim
from .library import ArticleRow, spent_on

CREDIT = "bad_credit"
"""The fact of the catalogue that stops a payment."""


def present_for(
    held: HeldClaim, changes: Mapping[str, Any], by: str, at: datetime
) -> dict[str, Any]:
    """The facts of a claim that its flow may ask for, with what is about to be changed."""
    state, moment = held.state, Moment(at)
    article = ArticleState.objects.open().get(article=held.claim.article_id)
    amount = changes.get("amount", state.amount)
    papers = set(changes.get("materials", state.materials))
    checked_by = changes.get("checked_by", state.checked_by)
    return {
        "single": not _claimed_elsewhere(held),
        "credit": not _has_bad_credit(held, moment),
        "in_business": is_in_business(state.holder, moment),
        "papers": papers >= set(article.materials),
        "amount": amount is not None,
        "budget": _enough(held, article, amount, moment),
        "other_eyes": checked_by != by,
        "notice_over": state.notice_until is not None and at > state.notice_until,
        "no_objection": not _standing(held),
        "voucher": bool(changes.get("voucher")) and changes.get("paid_on") is not None,
    }


def _claimed_elsewhere(held: HeldClaim) -> bool:
    claim = held.claim
    rows = PolicyClaimState.objects.open().filter(
        PolicyClaimState.held_by([held.state.holder]), claim__thing=claim.thing
    )
    return rows.exclude(stage__in=ENDED).exclude(claim=claim).exists()


def _has_bad_credit(held: HeldClaim, moment: Moment) -> bool:
    """Whether a serious breach of credit is on record: by a register, or by an office."""
    known, firm = catalogue(held.claim.city, moment), held.state.holder
    found = dossiers([firm], known, moment)[firm].get(CREDIT)
    return found is not None and found.value is True


def is_in_business(enterprise: str, moment: Moment) -> bool:
    """Whether an enterprise is in business at a moment."""
    rows = EnterpriseState.objects.at(moment).filter(of=enterprise)
    return rows.filter(standing=EnterpriseStanding.IN_BUSINESS).exists()


def _enough(held: HeldClaim, article: ArticleState, amount: int | None, moment: Moment) -> bool:
    """Whether the budget holds the sum; without a budget it does."""
    if article.budget is None or amount is None:
        return article.budget is None
    spent = spent_on([article.article_id], moment).get(article.article_id, 0)
    return amount <= article.budget - spent + _own(held)


def _own(held: HeldClaim) -> int:
    """What this claim itself has taken of the budget so far."""
    taken = held.state.stage in SETTLED and held.state.amount is not None
    return held.state.amount or 0 if taken else 0


def _standing(held: HeldClaim) -> bool:
    """Whether an objection waits, or was upheld: neither may be paid over."""
    rows = ClaimObjectionState.objects.open().filter(objection__claim=held.claim)
    return rows.exclude(stage=ObjectionStage.REJECTED).exists()


def working_of(
    row: ArticleRow, facts: Mapping[str, Any], known: Catalogue, moment: Moment
) -> dict[str, Any]:
    """The answer of the conditions on the day, in both languages, with the rule's position."""
    condition = row.condition
    if condition is None:
        return {"verdict": "unruled", "on": moment.today.isoformat()}
    answer = judge(condition, facts)
    return {
        "verdict": answer.verdict,
        "on": moment.today.isoformat(),
        "rule": row.rule.since_id if row.rule else 0,
        "reasons": [
            {"zh": one.says(known.facts), "en": one.says(known.facts, "en")}
            for one in answer.reasons
        ],
        "missing": list(answer.missing),
    }
