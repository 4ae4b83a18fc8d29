"""Who looks after a firm is named or released; requests and visits follow a firm that moves or
merges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprise_for, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import OVER
from ..models import RequestState, Sponsorship, VisitState
from ..queries import desk_of, firm_to_ask, scope_of_firm, sponsors_to_choose


def name_sponsor(*, firm: str, person: str, by: str, at: datetime) -> None:
    """Name the leader who looks after a firm (包联), by its home or the office."""
    viewer, moment = viewer_of_person(by), Moment(at)
    state = firm_to_ask(viewer, firm, moment)
    _check_home(viewer, state)
    if person not in dict(sponsors_to_choose(viewer, moment)):
        raise Incomplete(_("请从列表里选择包联领导。"))
    if Sponsorship.objects.open().filter(enterprise=firm, person=person).exists():
        raise Conflict(_("已经是了，不用再定。"))
    subjects = [subject_key("enterprise", firm), subject_key("person", person)]
    scope = scope_of_firm(state)
    with perform("name_sponsor", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.write(Sponsorship(person_id=person, **scope))


def release_sponsor(*, firm: str, person: str, why: str, by: str, at: datetime) -> None:
    """End a leader's care for a firm, with a reason."""
    viewer, moment = viewer_of_person(by), Moment(at)
    state = enterprise_for(viewer, firm, moment)
    _check_home(viewer, state)
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    row = Sponsorship.objects.open().filter(enterprise=firm, person=person).first()
    if row is None:
        raise NotFound(_("没有这位包联领导。"))
    subjects = [subject_key("enterprise", firm), subject_key("person", person)]
    with perform(
        "release_sponsor", by=by, at=at, subjects=subjects, scope=scope_of_firm(state),
        why=why.strip(),
    ) as deed:  # fmt: skip
        deed.close(row)


def _check_home(viewer: Viewer, state: EnterpriseState) -> None:
    if not (viewer.has(Role.OFFICE) or viewer.acts_for(state.unit, *UNIT_ROLES)):
        raise NotAllowed(_("包联领导由企业所在开发区、县区或专班办公室确定。"))


def carry_requests(*, deed: Deed, firm: str, into: str) -> None:
    """Let a merged firm's requests and visits go on under the one it is part of now.

    They keep their numbers and histories; only the other sees them from now on, and the visits
    count as its own. What still runs is handed to its home's desk by `hand_over_requests`.
    """
    for state in RequestState.objects.open().filter(firm=firm).order_by("request"):
        deed.replace(state, firm=into)
        deed.touch(subject_key("request", state.request_id))
    visits = VisitState.objects.open().filter(VisitState.of_firms([firm]))
    for visit in visits.select_related("visit").order_by("visit"):
        deed.replace(visit, firm=into)
        deed.touch(subject_key("visit", visit.visit_id))


def hand_over_requests(*, firms: Sequence[str], by: str, at: datetime) -> int:
    """Hand the running requests of firms to the desk of the zone or county they have now.

    Where the old desk led, the new one leads; offices that were called out stay; limits run on.
    The old desk goes on reading. Returns how many.
    """
    homes = dict(EnterpriseState.objects.open().filter(of__in=firms).values_list("of", "unit"))
    states = RequestState.objects.open().filter(firm__in=homes).exclude(stage__in=OVER)
    moved = 0
    for state in states.select_related("request").order_by("request"):
        old, new = desk_of(state.request, state), homes[state.firm]
        if not new or old == new:
            continue
        lead = new if state.lead == old else state.lead
        with perform(
            "hand_over_request", by=by, at=at,
            subjects=[subject_key("request", state.request_id)],
            scope={"city": state.request.city, "unit": new, "enterprise": state.firm},
            payload={"old": old, "unit": new},
        ) as deed:  # fmt: skip
            deed.replace(state, desk=new, lead=lead)
        moved += 1
    return moved
