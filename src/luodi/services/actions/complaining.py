"""A firm complains, citing the lists of conduct; the office looks into it and answers."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person

from ..choices import ComplaintFinding, ComplaintStage
from ..flows import COMPLAINT, DESK
from ..models import Complaint, ComplaintState
from ..queries import citable, complained_units, hold_complaint
from ..queries.complaints import cited_of


def complain(
    *, item: str, about: str, text: str, by: str, at: datetime, happened_on: date | None = None
) -> Complaint:
    """Complain about a unit by an item of the list (投诉); read by the office and above alone."""
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.enterprise:
        raise NotAllowed(_("投诉由企业自己提出。"))
    rule = next((one for one in citable(viewer, moment) if one.key == item), None)
    if rule is None:
        raise Incomplete(_("请选择违反了清单的哪一条。"))
    if about not in dict(complained_units(viewer.city, moment)):
        raise Incomplete(_("请选择投诉哪个单位。"))
    if not text.strip():
        raise Incomplete(_("请写明发生了什么。"))
    if happened_on and happened_on > moment.today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    scope = {"city": viewer.city, "enterprise": viewer.enterprise}
    row = Complaint(
        key=new_key(), item=item, cited=cited_of(rule), about=about, text=text.strip(),
        happened_on=happened_on, **scope,
    )  # fmt: skip
    with perform(
        "complain", by=by, at=at, scope=scope, subjects=[subject_key("complaint", row.key)]
    ) as deed:
        deed.lock()
        same = Complaint.objects.filter(text=row.text, item=item, about=about, **scope)
        if same.exists():
            raise Conflict(_("这件投诉已经收到了，不用再交；在“我的投诉”里可以看到。"))
        deed.write(row)
        deed.write(ComplaintState(complaint_id=row.key, stage=ComplaintStage.COMPLAINED))
    return row


def look_into(*, complaint: str, note: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Note what was looked into (核查); neither the firm nor the unit meant sees it."""
    row, state = _held(complaint, by, seen)
    stage = moved(COMPLAINT, "look_into", state.stage, {DESK}, {"words": note})
    said = "\n\n".join(one for one in (state.note, note.strip()) if one)
    with perform(
        "look_into", by=by, at=at, scope={"city": row.city, "enterprise": row.enterprise},
        subjects=[subject_key("complaint", row.key)],
    ) as deed:  # fmt: skip
        deed.replace(state, stage=stage, note=said)


def settle_complaint(
    *, complaint: str, finding: str, answer: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Answer the firm: borne out, in part, or not (答复)."""
    row, state = _held(complaint, by, seen)
    stage = moved(COMPLAINT, "settle", state.stage, {DESK}, {"words": answer})
    if finding not in ComplaintFinding.values:
        raise Incomplete(_("请选择核查结果。"))
    with perform(
        "settle_complaint", by=by, at=at,
        scope={"city": row.city, "enterprise": row.enterprise},
        subjects=[subject_key("complaint", row.key)],
    ) as deed:  # fmt: skip
        deed.replace(state, stage=stage, finding=finding, answer=answer.strip())


def _held(complaint: str, by: str, seen: int | None) -> tuple[Complaint, ComplaintState]:
    viewer = viewer_of_person(by)
    held = hold_complaint(viewer, complaint, seen)
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("投诉由专班办公室核查和答复。"))
    return held
