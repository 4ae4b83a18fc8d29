"""An enterprise becomes part of another one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound

from ..choices import EnterpriseStanding
from ..models import EnterpriseState
from ..queries import enterprise_for, merged_sentence, viewer_of_person
from ..rules import keeps_enterprises
from ..signals import enterprise_merged


@transaction.atomic
def merge_enterprise(*, enterprise: str, into: str, why: str, by: str, at: datetime) -> int:
    """Enter that an enterprise was merged into another one (吸收合并), in business and in sight.

    What modules keep of it goes on under the other in the same act, with numbers and histories.
    Returns how many things went over.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    old = enterprise_for(viewer, enterprise, moment)
    if not keeps_enterprises(viewer, old.unit):
        raise NotAllowed(_("企业合并由管企业名录的单位登记。"))
    new = enterprise_for(viewer, into, moment)
    if new.city != old.city:
        raise NotFound(_("没有这家企业，或者不归您管。"))
    if new.of_id == enterprise:
        raise Incomplete(_("合并后的企业不能是它自己。"))
    if old.merged_into:
        raise Conflict(merged_sentence(old, moment))
    _check_successor(new)
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    firms = [subject_key("enterprise", key) for key in (enterprise, into)]
    scope = {"city": old.city, "zone": old.zone, "unit": old.unit, "enterprise": enterprise}
    with perform(
        "merge_enterprise", by=by, at=at, subjects=firms, scope=scope, why=why.strip(),
        payload={"old": old.name, "new": new.name},
    ) as deed:  # fmt: skip
        deed.lock()
        new.refresh_from_db()
        _check_successor(new)
        deed.replace(old, standing=EnterpriseStanding.MERGED, merged_into=into)
        enterprise_merged.send(sender=None, deed=deed, old=old, new=new)
        return len(deed.subjects) - len(firms)


def _check_successor(new: EnterpriseState) -> None:
    """Refuse one that isn't in business, or whose state another act has ended meanwhile."""
    if new.standing != EnterpriseStanding.IN_BUSINESS:
        raise Closed(_("“%s”现在不是在营企业，不能并入。") % new.name)
    if new.until_id is not None:
        raise Conflict(_("别人刚刚先做了这一步，请刷新后再看；您填的内容没有写入。"))
