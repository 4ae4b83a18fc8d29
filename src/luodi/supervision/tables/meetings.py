"""Meetings, decisions and instructions as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import DecisionRow, InstructionRow, MeetingRow

MEETINGS = (
    Column("light", _("灯"), lambda r: r.light, kind="light", filter="choice"),
    Column(
        "title", _("会议"), lambda r: r.title, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("kind", _("类别"), lambda r: r.kind_label, filter="choice", group=True),
    Column("organ", _("召开机构"), lambda r: r.organ, filter="choice", group=True),
    Column("stage", _("状态"), lambda r: r.stage_label, filter="choice", group=True),
    Column("starts", _("会议时间"), lambda r: r.starts_at, kind="date"),
    Column("due", _("最迟召开"), lambda r: r.due_on, kind="date"),
    Column("place", _("地点"), lambda r: r.place, filter="text"),
    Column("topics", _("议题"), lambda r: r.topics, kind="number"),
    Column("carried", _("其中结转"), lambda r: r.carried or None, kind="number"),
    Column("decisions", _("议定事项"), lambda r: r.decisions or None, kind="number"),
)

DECISIONS = (
    Column("light", _("灯"), lambda r: r.light, kind="light", filter="choice", group=True),
    Column(
        "text", _("议定事项"), lambda r: r.text, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("lead", _("牵头单位"), lambda r: r.lead, filter="choice", group=True),
    Column("joint", _("配合单位"), lambda r: r.joint, filter="text"),
    Column("due", _("完成时限"), lambda r: r.due_on, kind="date"),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    Column("item", _("督办编号"), lambda r: r.item_number, filter="text"),
    Column(
        "meeting", _("会议"), lambda r: r.meeting_title,
        filter="choice", group=True, href=lambda r: f"/supervision/meetings/{r.meeting}/",
    ),
    Column("held", _("会议日期"), lambda r: r.held_on, kind="date"),
)  # fmt: skip

INSTRUCTIONS = (
    Column("light", _("灯"), lambda r: r.light, kind="light", filter="choice", group=True),
    Column(
        "text", _("批示原文"), lambda r: r.text, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("leader", _("批示领导"), lambda r: r.leader, filter="choice", group=True),
    Column("given", _("批示日期"), lambda r: r.given_on, kind="date"),
    Column("reply", _("要求回复"), lambda r: r.reply_by, kind="date"),
    Column("lead", _("承办单位"), lambda r: r.lead, filter="choice", group=True),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    Column("item", _("督办编号"), lambda r: r.number, filter="text"),
)


def meetings_table(rows: Iterable[MeetingRow], params: Mapping[str, str]) -> Table:
    """Meetings, the newest turn first."""
    empty = _("还没有会议。按规则到了开启日，会议会带着议程出现在这里；也可以登记专题会议。")
    return Table("meetings", MEETINGS, rows, params, empty)


def decisions_table(rows: Iterable[DecisionRow], params: Mapping[str, str]) -> Table:
    """Decisions over all meetings, with the state of the item each became."""
    empty = _("还没有议定事项。在会议页上记下，立项以后在这里跟踪到销号。")
    return Table("decisions", DECISIONS, rows, params, empty)


def instructions_table(rows: Iterable[InstructionRow], params: Mapping[str, str]) -> Table:
    """Instructions with the state of the item each became."""
    empty = _("还没有领导批示。登记以后在这里跟踪到回复和销号。")
    return Table("instructions", INSTRUCTIONS, rows, params, empty)
