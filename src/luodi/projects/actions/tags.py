"""The office says that a project has a tag, or hasn't."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound

from ..models import ProjectTag
from ..queries import hold, tags_at

DECISIONS = ("give", "deny", "leave")


def decide_tag(
    *,
    project: str,
    tag: str,
    decision: str,
    why: str,
    by: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a tag, deny it, or leave it to its criteria again, with a reason: the office.

    `seen` is the position of the decision the page showed, 0 for none.
    """
    held = hold(project, by)
    if "office" not in held.roles:
        raise NotAllowed(_("标签由专班办公室认定。"))
    rules = tags_at(held.project.city, Moment(at))
    rule = next((one for one in rules if one.key == tag), None)
    if rule is None or decision not in DECISIONS:
        raise NotFound(_("没有这个标签，请刷新后再选。"))
    if not why.strip():
        raise Incomplete(_("认定、否定或撤回标签，请写明依据。"))
    now = ProjectTag.objects.open().filter(project=project, tag=tag).first()
    if seen is not None and seen != (now.since_id if now else 0):
        raise Conflict(_("这个标签刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    given = None if decision == "leave" else decision == "give"
    if given == (now.given if now else None):
        raise Conflict(_("这个标签已经是这样。"))
    with perform(
        "decide_tag",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"tag": tag, "decision": decision, "title": rule.title, "title_en": rule.title_en},
        why=why.strip(),
    ) as deed:
        if now and given is None:
            deed.close(now)
        elif now:
            deed.replace(now, given=given, why=why.strip())
        else:
            deed.write(ProjectTag(project_id=project, tag=tag, given=given, why=why.strip()))
