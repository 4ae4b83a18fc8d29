"""A merged enterprise's entries go on under the one it was merged into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.queries import enterprise_for, viewer_of_person
from luodi.orgs.rules import keeps_enterprises

from ..models import EntryState


@dataclass(frozen=True)
class Carried:
    """How many entries went over, and on which registers both stood: those entries stay."""

    moved: int
    staying: tuple[str, ...]


def carry_entries(*, firm: str, into: str, why: str, by: str, at: datetime) -> Carried:
    """Let a merged enterprise's entries go on under its successor (`into`, a key).

    Entries that have ended go along with their history. Where both stand on a register about the
    same matter the old entry stays where it is, to be taken off by a person.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    old = enterprise_for(viewer, firm, moment)
    if not keeps_enterprises(viewer, old.unit):
        raise NotAllowed(_("企业合并由管企业名录的单位登记。"))
    new = enterprise_for(viewer, into, moment)
    if new.city != old.city:
        raise NotFound(_("没有这家企业，或者不归您管。"))
    if new.of_id == firm:
        raise Incomplete(_("合并后的企业不能是它自己。"))
    if new.standing != EnterpriseStanding.IN_BUSINESS:
        raise Closed(_("“%s”已经注销，不能接下登记。") % new.name)
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    states = list(EntryState.objects.open().filter(about=firm).order_by("entry"))
    if not states:
        raise Conflict(_("这家企业名下没有名录登记，不用转。"))
    running = EntryState.objects.open().filter(about=new.of_id, ended=False)
    taken = set(running.values_list("register", "matter"))
    staying = [s for s in states if not s.ended and (s.register, s.matter) in taken]
    going = [state for state in states if state not in staying]
    if not going:
        raise Conflict(_("两家都在这些名录里，没有能转的；请在原来的登记上办理退出。"))
    subjects = [subject_key("register_entry", state.entry_id) for state in going]
    with perform(
        "carry_entries", by=by, at=at, subjects=subjects, why=why.strip(),
        scope={"city": old.city, "zone": old.zone, "unit": old.unit},
        payload={"old": old.name, "new": new.name},
    ) as deed:  # fmt: skip
        deed.mention(*(subject_key("enterprise", key) for key in (firm, new.of_id)))
        for state in going:
            deed.replace(state, about=new.of_id)
    return Carried(len(going), tuple(sorted({state.register for state in staying})))
