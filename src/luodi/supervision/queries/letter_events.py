"""What happened to a letter, in words: its own acts, and those of its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of
from luodi.papers.choices import DEEDS as PAPER_DEEDS

LETTER_VERBS: Mapping[str, Any] = {
    "draft_letter": gettext_lazy("起草函件"),
    "withdraw_letter": gettext_lazy("撤回拟稿"),
    "issue_letter": gettext_lazy("印发"),
    "cancel_letter": gettext_lazy("作废"),
    "sign_for_letter": gettext_lazy("签收"),
    "write_answer": gettext_lazy("拟写回告"),
    "return_answer": gettext_lazy("退回重写回告"),
    "sign_answer": gettext_lazy("审签回告"),
    "refuse_answer": gettext_lazy("退回回告"),
    "arrange_talk": gettext_lazy("安排约谈"),
    "record_talk": gettext_lazy("记录约谈"),
    "plan_rectification": gettext_lazy("提出整改措施"),
    "report_rectification": gettext_lazy("报完成"),
    "verify_rectification": gettext_lazy("核实"),
    "send_back_rectification": gettext_lazy("退回再整改"),
    "drop_rectification": gettext_lazy("不再需要"),
    "pass_recheck": gettext_lazy("复查合格"),
    "fail_recheck": gettext_lazy("复查不合格，限期再整改"),
    "close_letter": gettext_lazy("办结"),
    "open_item": gettext_lazy("立项督办"),
}
"""Verbs of acts on letters, as a timeline says them."""

INSIDE = frozenset({"write_answer", "return_answer"})
"""What happens inside the unit before its leader signs: its own business."""


@dataclass(frozen=True)
class LetterEvent:
    """A line of a letter's timeline. `files` are key and name."""

    position: int
    at: datetime
    who: str
    what: str
    why: str = ""
    detail: str = ""
    files: tuple[tuple[str, str], ...] = ()


def letter_events(key: str, moment: Moment, *, since: int, inside: bool) -> list[LetterEvent]:
    """The acts on a letter, oldest first.

    `since` is the act of its issue for those who see it only from then on (0: all); `inside` says
    whether the viewer is of the unit, whose unsigned answer is its own.
    """
    words = {**PAPER_DEEDS, **LETTER_VERBS}
    acts = [
        act
        for act in acts_on(subject_key("letter", key), moment).filter(verb__in=words)
        if act.position >= since or act.verb == "sign_paper"
        if inside or act.verb not in INSIDE
    ]
    people = names_of(act.by for act in acts)
    return [
        LetterEvent(
            position=act.position,
            at=act.at,
            who=people.get(act.by, _("系统") if act.by.startswith("system:") else "—"),
            what=str(words[act.verb]),
            why=act.why,
            detail=_detail(act),
            files=tuple((file, name) for file, name in act.payload.get("files", [])),
        )
        for act in acts
    ]


def _detail(act: Act) -> str:
    said: dict[str, Any] = act.payload
    if act.verb == "draft_letter":
        return _("按规则起草") if said.get("rule") else _("由办公室起草")
    if act.verb == "sign_paper":
        return _("编号 %s") % said["number"]
    if act.verb == "sign_answer" and said.get("late"):
        return _("超过回告时限 %s 天") % said["late"]
    if act.verb == "fail_recheck":
        return _("整改期限 %s") % said["until"]
    return str(said.get("measure") or said.get("number") or "")
