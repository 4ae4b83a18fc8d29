"""What is known of a site changes; what was known stays in the record."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.refusals import Incomplete, NotAllowed

from ..queries import check_unique, hold
from ..rules import Details, check_details


def revise_site(
    *, site: str, details: Details, by: str, at: datetime, why: str = "", seen: int | None = None
) -> None:
    """Change what is known of a plot or a floor; its geometry stays as it is."""
    held = hold(site, by, seen)
    if not held.keeper:
        raise NotAllowed(_("只有专班办公室和所在区域可以修改载体。"))
    checked = check_details(held.site.kind, details)
    said = changed(held.state, checked)
    if not said:
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "revise_site",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"changed": said},
        why=why.strip(),
    ) as deed:
        deed.lock()
        check_unique(held.site, checked)
        deed.replace(held.state, **checked)
