"""Adoption brings policies; whoever comes next with a claim is told; once a day what begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed
from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import handlers_of, people_of_enterprise
from luodi.orgs.signals import enterprise_merged

from .actions import adopt_articles, announce_due, carry_claims
from .flows import FIRM, FLOWS, FOR_FIRM, OFFICE
from .models import PolicyClaimState

CLOCK = "system:clock"
FROM_HOUR = 8
"""Nobody is told before eight in the morning."""


def adopt_policies(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Articles of a policy that people accepted come into the library."""
    adopt_articles(deed=deed, document=document, cards=cards, at=at)


@receiver(acted, dispatch_uid="policy.claims")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """Put a step of claims into the inboxes of those who come next."""
    if act.verb not in (
        "move_policy_claim",
        "apply_for_policy",
        "match_firms",
        "hand_over_policy_claim",
        "merge_enterprise",
    ):
        return
    keys = [s.partition(":")[2] for s in act.subjects if s.startswith("policy_claim:")]
    states = PolicyClaimState.objects.open().filter(claim__in=keys).select_related("claim")
    for state in states:
        _tell_next(state, act)


def _tell_next(state: PolicyClaimState, act: Act) -> None:
    claim = state.claim
    moves = [m for m in FLOWS[claim.mode].moves if state.stage in m.sources and m.name != "drop"]
    roles = {role for move in moves if move.name != "withdraw" for role in move.roles}
    if all(move.name in FOR_FIRM for move in moves if OFFICE in move.roles):
        roles.discard(OFFICE)
    final = FLOWS[claim.mode].state(state.stage).final
    people: list[str] = []
    entered = act.verb in ("apply_for_policy", "hand_over_policy_claim", "merge_enterprise")
    if FIRM in roles or final or entered or state.stage == "noticed":
        people += [person for person, _n in people_of_enterprise(state.holder, Moment(act.at))]
    if OFFICE in roles and state.stage != "noticed" and claim.unit:
        people += handlers_of(claim.unit)

    def sentence() -> str:
        label = FLOWS[claim.mode].state(state.stage).label(language())
        words = {"number": claim.number, "stage": label, "thing": claim.thing[:80]}
        return _("%(number)s %(thing)s：%(stage)s") % words

    tell(
        people=[person for person in people if person != act.by],
        kind="policy",
        sentence=sentence,
        subject=subject_key("policy_claim", claim.key),
        address=reverse("policy_claim", args=[claim.key]),
        by="system:policy",
        at=act.at,
        once=f"claim:{claim.key}:{act.position}",
    )


@receiver(enterprise_merged, dispatch_uid="policy.merged")
def follow_mergers(
    sender: Any, deed: Deed, old: EnterpriseState, new: EnterpriseState, **kwargs: Any
) -> None:
    """Running claims of a merged firm go on under the other, in the act of the merger."""
    carry_claims(deed=deed, firm=old.of_id, into=new.of_id)


_looked_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="policy.announce")
def announce_daily(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Once a day tell firms of what began to hold, and of what they have come to fit."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR or _looked_on.get("") == moment.today:
        return
    announce_due(by=CLOCK, at=at)
    _looked_on[""] = moment.today
