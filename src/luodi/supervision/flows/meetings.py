"""The life of a meeting, as a table."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE = "office"

REASON = Need("reason", _("原因"), "the reason")
DAY = Need("day", _("会议时间"), "the day and hour")
UNITS = Need("units", _("参会单位"), "the units called")
ATTENDANCE = Need("attendance", _("出席情况"), "who attended")
MINUTES = Need("minutes", _("会议纪要"), "the minutes")
SIGNED = Need("signed", _("已签发的会议纪要"), "signed minutes")
SETTLED = Need("settled", _("每项议题的处理结果"), "what became of every topic")
OPENED = Need("opened", _("议定事项立项"), "an item for every decision")

MEETING = Flow(
    name="meeting",
    zh=_("会议"),
    states=(
        State("planned", _("待召集"), "To be called"),
        State("called", _("已通知"), "Called"),
        State("postponed", _("已推迟"), "Postponed"),
        State("held", _("已召开"), "Held"),
        State("minuted", _("纪要已成稿"), "Minuted"),
        State("ended", _("已结束"), "Ended", final=True),
        State("cancelled", _("已取消"), "Cancelled", final=True),
    ),
    start="planned",
    moves=(
        Move(
            "call",
            ("planned", "called", "postponed"),
            "called",
            {OFFICE},
            (DAY, UNITS),
            _("召集会议"),
            "call the meeting",
        ),
        Move(
            "postpone",
            ("planned", "called"),
            "postponed",
            {OFFICE},
            (REASON,),
            _("推迟"),
            "postpone",
        ),
        Move(
            "cancel",
            ("planned", "called", "postponed"),
            "cancelled",
            {OFFICE},
            (REASON,),
            _("取消会议"),
            "cancel the meeting",
        ),
        Move(
            "hold",
            ("called",),
            "held",
            {OFFICE},
            (ATTENDANCE,),
            _("登记召开"),
            "record it as held",
        ),
        Move(
            "minute",
            ("held", "minuted"),
            "minuted",
            {OFFICE},
            (MINUTES,),
            _("纪要定稿送审"),
            "freeze the minutes",
        ),
        Move(
            "rework",
            ("minuted",),
            "held",
            {OFFICE},
            (REASON,),
            _("退回补记"),
            "go back to noting",
        ),
        Move(
            "end",
            ("minuted",),
            "ended",
            {OFFICE},
            (SIGNED, SETTLED, OPENED),
            _("结束会议"),
            "end the meeting",
        ),
    ),
)
"""A meeting. What is open of its decisions is followed in the ledger, after its end too."""
