"""A merged firm's claims go on under its successor."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import enterprises_served, viewer_of_person

from ..flows import ENDED, FLOWS, OFFICE
from ..models import PolicyClaimState
from ..queries.addressed import firm_called
from ..queries.claiming import is_in_business
from ..queries.holding import hold_claim


def hand_over_claim(*, claim: str, into: str, why: str, seen: int, by: str, at: datetime) -> None:
    """Let a running claim of a firm that was merged go on under its successor (`into`: full name
    or credit code): by the office in charge. The old firm sees it no more.

    Refused while the firm is in business, for a successor that isn't, and where that one has a
    claim for the same thing already.
    """
    held, moment = hold_claim(claim, by, seen), Moment(at)
    if OFFICE not in held.roles:
        raise NotAllowed(_("承继由主管单位登记。"))
    if FLOWS[held.claim.mode].state(held.state.stage).final:
        raise Closed(_("这笔兑现已经结束，不用转。"))
    if is_in_business(held.state.holder, moment):
        raise Closed(_("企业仍在营，不用转给别的企业。"))
    firms = enterprises_served(viewer_of_person(by), moment).filter(city=held.claim.city)
    new = firm_called(firms, into)
    if not is_in_business(new.key, moment):
        raise Closed(_("“%(name)s”已不在营，不能承继。") % {"name": new.name})
    if not why.strip():
        raise Incomplete(_("请写明依据，例如合并登记的文件。"))
    firms_named = [subject_key("enterprise", key) for key in (held.state.holder, new.key)]
    with perform(
        "hand_over_policy_claim",
        by=by,
        at=at,
        subjects=[held.subject, *firms_named],
        scope=held.scope,
        payload={"number": held.claim.number, "firm": new.name},
        why=why.strip(),
    ) as deed:
        deed.lock()
        same = PolicyClaimState.objects.open().filter(
            PolicyClaimState.held_by([new.key]), claim__thing=held.claim.thing
        )
        if same.exclude(stage__in=ENDED).exists():
            raise Conflict(_("“%(name)s”同一事项已有兑现，不重复享受。") % {"name": new.name})
        deed.replace(held.state, firm=new.key, why=why.strip())


def carry_claims(*, deed: Deed, firm: str, into: str) -> None:
    """Let a merged firm's running claims go on under its successor, in the deed of the merger,
    which holds the lock.

    One for a thing that the successor has a claim for stays where it is: the office decides.
    """
    live = PolicyClaimState.objects.open().exclude(stage__in=ENDED).select_related("claim")
    here = live.filter(PolicyClaimState.held_by([into])).values_list("claim__thing", flat=True)
    taken = set(here)
    for state in live.filter(PolicyClaimState.held_by([firm])).order_by("claim"):
        claim = state.claim
        if claim.thing in taken or FLOWS[claim.mode].state(state.stage).final:
            continue
        deed.replace(state, firm=into)
        deed.touch(subject_key("policy_claim", claim.key))
