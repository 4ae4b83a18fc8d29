"""What happened to a meeting, in plain sentences: one table from verbs to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.moments import LOCAL

from ..choices import AgendaStage

Words = Mapping[str, Any]


def _opened(said: Words) -> str:
    if "due_on" in said:
        return _("按日历开启，议题 %(topics)s 项，应于 %(due_on)s 前召开。") % said
    return _("登记专题会议。")


def _called(said: Words) -> str:
    begins = datetime.fromisoformat(said["starts_at"]).astimezone(LOCAL)
    words = {"when": f"{begins:%Y-%m-%d %H:%M}", "place": said["place"], "units": said["units"]}
    return _("通知 %(units)s 个单位参会：%(when)s，%(place)s。") % words


def _settled(said: Words) -> str:
    how = AgendaStage(said["how"]).label
    return _("议题“%(title)s”：%(how)s。") % {"title": said["title"], "how": how}


SENTENCES: Mapping[str, Callable[[Words], str]] = {
    "open_meeting": _opened,
    "call_meeting": _called,
    "postpone_meeting": lambda said: _("推迟。"),
    "cancel_meeting": lambda said: _("取消。"),
    "hold_meeting": lambda said: _("登记召开。"),
    "rework_meeting": lambda said: _("退回补记。"),
    "end_meeting": lambda said: _("结束。"),
    "minute_meeting": lambda said: _("纪要定稿送审。"),
    "add_topic": lambda said: _("增加议题：%(title)s。") % said,
    "move_topic": lambda said: _("调整议题顺序：%(title)s。") % said,
    "settle_topic": _settled,
    "mark_attendance": lambda said: _("登记出席情况 %(n)s 个单位。") % {"n": len(said["marks"])},
    "note_decision": lambda said: _("议定：%(text)s。") % said,
    "revise_decision": lambda said: _("修改议定事项：%(text)s。") % said,
    "take_back_decision": lambda said: _("撤销议定事项：%(text)s。") % said,
    "open_items": lambda said: _("议定事项立项 %(items)s 件。") % said,
}
"""Every verb that may touch a meeting."""
