"""What is known of a project changes; what was known stays in the record."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.refusals import Incomplete, NotAllowed

from ..choices import Signing
from ..queries import hold, roles_in
from ..rules import Details, check_details
from .opening import check_known

ORDER = (Signing.NONE, Signing.FRAMEWORK, Signing.CONTRACT)


def revise_project(
    *, project: str, details: Details, by: str, at: datetime, why: str = "", seen: int | None = None
) -> None:
    """Change what is known of a project. Taking a signing back needs a reason.

    A unit can't hand a project to another one: that is the office's.
    """
    held = hold(project, by, seen)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以修改项目。"))
    checked = check_details(details)
    if any(checked[name] != getattr(held.state, name) for name in ("lead", "zone", "mode")):
        check_known(city=held.project.city, checked=checked, by=by, at=at)
    if not roles_in(held.viewer, held.project.city, checked["lead"], checked["zone"]):
        raise NotAllowed(_("不能把项目改到别的单位；请专班办公室调整。"))
    taken_back = ORDER.index(checked["signing"]) < ORDER.index(held.state.signing)
    if taken_back and not why.strip():
        raise Incomplete(_("签约形式往回改，请写明原因。"))
    said = changed(held.state, checked)
    if not said:
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "revise_project",
        by=by,
        at=at,
        subjects=[held.subject],
        scope={"city": held.project.city, "zone": checked["zone"], "unit": checked["lead"]},
        payload={"changed": said},
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, **checked)
