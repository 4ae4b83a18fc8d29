"""Who carries a project is recorded, and how that firm grows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import enterprises_of
from luodi.orgs.rules import Viewer, plain_code

from ..models import ProjectFirm
from ..queries import hold
from ..rules import GROWTH, check_growth
from .evidence import Upload, attach_evidence


def record_firm(
    *,
    project: str,
    enterprise: str,
    threshold: str,
    by: str,
    at: datetime,
    days: dict[str, date | None],
    why: str = "",
    evidence: Sequence[Upload] = (),
    seen: int = 0,
) -> None:
    """Record the firm that carries a project by its 统一社会信用代码 or full name, and its days.

    `days` are those of `GROWTH`. `seen` is the position of the record shown, 0 where there was
    none. A change of the firm, or a day taken back or moved, needs a reason.
    """
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以登记承担企业。"))
    known = ProjectFirm.objects.open().filter(project=held.project).first()
    if (known.since_id if known else 0) != seen:
        raise Conflict(_("承担企业刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    check_growth(days, Moment(at).today)
    key, name = _enterprise(held.viewer, enterprise, Moment(at))
    found = {
        "enterprise": key,
        "threshold": threshold,
        **{name: days.get(name) for name in GROWTH},
    }
    if known:
        _check_change(known, found, why)
    said = {name: day.isoformat() for name in GROWTH if (day := days.get(name))}
    with perform(
        "record_firm",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("enterprise", key)],
        scope=held.scope,
        payload={"enterprise": key, "name": name, "threshold": threshold, "days": said},
        why=why.strip(),
    ) as deed:
        if known:
            deed.replace(known, **found)
        else:
            deed.write(ProjectFirm(project_id=project, **found))
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence)


def _enterprise(viewer: Viewer, written: str, moment: Moment) -> tuple[str, str]:
    """Key and name of the one enterprise in the viewer's scope that is meant."""
    said = written.strip()
    if not said:
        raise Incomplete(_("请填写承担企业的统一社会信用代码或全称。"))
    meant = Q(name=said) | Q(credit_code=plain_code(said))
    found = list(enterprises_of(viewer, moment).filter(meant).values_list("of", "name")[:2])
    if not found:
        raise Incomplete(
            _("企业名录里没有“%(name)s”，或者不归您管；请先登记这家企业。") % {"name": said}
        )
    if len(found) > 1:
        raise Incomplete(
            _("企业名录里有不止一家“%(name)s”，请填统一社会信用代码。") % {"name": said}
        )
    return found[0]


def _check_change(known: ProjectFirm, found: dict[str, Any], why: str) -> None:
    changed = [name for name, value in found.items() if getattr(known, name) != value]
    if not changed:
        raise Incomplete(_("没有改动任何内容。"))
    taken_back = any(getattr(known, name) for name in changed)
    if taken_back and not why.strip():
        raise Incomplete(_("改动已登记的企业或日期，请写明原因。"))
