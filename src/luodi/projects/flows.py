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
