"""The life of what is raised about a project, as a table."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

LEAD, ZONE, OFFICE = "lead", "zone", "office"

REASON = Need("reason", _("原因"), "the reason")

PROBLEM = Flow(
    name="problem",
    zh=_("项目问题"),
    states=(
        State("raised", _("待交办"), "Raised"),
        State("declined", _("不予交办"), "Declined"),
        State("withdrawn", _("已撤回"), "Withdrawn", final=True),
    ),
    start="raised",
    moves=(
        Move("decline", ("raised",), "declined", {OFFICE}, (REASON,), _("不予交办"), "decline"),
        Move(
            "reopen", ("declined",), "raised", {OFFICE}, (REASON,), _("重新受理"), "take up again"
        ),
        Move("withdraw", ("raised",), "withdrawn", {LEAD, ZONE}, (REASON,), _("撤回"), "withdraw"),
    ),
)
"""A problem. That it was dispatched is no state here: a supervised item about it says so."""

EVIDENCE = Need("evidence", _("佐证材料"), "evidence")
UNTIL = Need("until", _("整改期限"), "the deadline")

AGREEMENT = Flow(
    name="agreement",
    zh=_("标准地协议"),
    states=(
        State("running", _("履约中"), "Running"),
        State("kept", _("复核合格"), "Kept", final=True),
        State("found_short", _("复核不达标"), "Found short"),
        State("notified", _("已告知违约"), "Notified of the breach"),
        State("rectifying", _("限期整改"), "Rectifying"),
        State("rectified", _("已报整改"), "Rectification reported"),
        State("liable", _("追究违约责任"), "Held liable", final=True),
    ),
    start="running",
    moves=(
        Move("find_kept", ("running",), "kept", {OFFICE}, (EVIDENCE,), _("复核合格"), "find kept"),
        Move(
            "find_short",
            ("running",),
            "found_short",
            {OFFICE},
            (EVIDENCE, REASON),
            _("复核不达标"),
            "find short",
        ),
        Move(
            "notify_breach",
            ("found_short",),
            "notified",
            {OFFICE},
            (EVIDENCE,),
            _("告知违约"),
            "notify of the breach",
        ),
        Move(
            "order_rectification",
            ("notified",),
            "rectifying",
            {OFFICE},
            (UNTIL, REASON),
            _("责令限期整改"),
            "order rectification",
        ),
        Move(
            "report_rectification",
            ("rectifying",),
            "rectified",
            {LEAD, ZONE},
            (EVIDENCE, REASON),
            _("报整改情况"),
            "report rectification",
        ),
        Move(
            "find_rectified",
            ("rectified",),
            "kept",
            {OFFICE},
            (EVIDENCE,),
            _("复查合格"),
            "find rectified",
        ),
        Move(
            "refuse_rectification",
            ("rectified",),
            "rectifying",
            {OFFICE},
            (UNTIL, REASON),
            _("退回再整改"),
            "send back to rectify",
        ),
        Move(
            "find_liable",
            ("rectifying", "rectified"),
            "liable",
            {OFFICE},
            (EVIDENCE, REASON),
            _("追究违约责任"),
            "hold liable",
        ),
    ),
)
"""A standard-land agreement: its re-check at capacity, and what follows a breach."""
