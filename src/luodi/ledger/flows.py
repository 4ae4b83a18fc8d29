"""The life of a supervised item, as a table. Who may make a move is in it; packs add needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from luodi.common.flows import moved
from luodi.kit.flows import Flow, Move, Need, State

LEAD, COOPERATING, OFFICE = "lead", "cooperating", "office"

RUNNING = ("in_hand", "reopened")
UNCLOSED = ("assigned", "in_hand", "applied", "reopened")

REASON = Need("reason", _("原因"), "the reason")
OUTCOME = Need("outcome", _("办结情况"), "what came of it")
FEEDBACK = Need("feedback", _("至少一条反馈"), "at least one feedback")
EVIDENCE = Need("evidence", _("佐证材料"), "evidence")
UNTIL = Need("until", _("延期到哪一天"), "the new date")
REQUEST = Need("request", _("待批的延期申请"), "an open request for more time")


def _stays(name: str, stages: Collection[str], zh: Any, en: str, **more: Any) -> list[Move]:
    """A move that leaves the stage as it is."""
    return [Move(name, (stage,), stage, zh=zh, en=en, **more) for stage in stages]


ITEM = Flow(
    name="item",
    zh=_("督办事项"),
    states=(
        State("assigned", _("已交办"), "Assigned"),
        State("in_hand", _("办理中"), "In hand"),
        State("applied", _("申请销号"), "Close-out applied for"),
        State("closed", _("已销号"), "Closed out"),
        State("reopened", _("回头看重开"), "Reopened"),
    ),
    start="assigned",
    moves=(
        Move("acknowledge", ("assigned",), "in_hand", {LEAD}, (), _("签收"), "acknowledge"),
        *_stays("give_feedback", RUNNING, _("反馈"), "give feedback", roles={LEAD, COOPERATING}),
        Move(
            "apply_for_close_out",
            RUNNING,
            "applied",
            {LEAD},
            (FEEDBACK, OUTCOME, EVIDENCE),
            _("申请销号"),
            "apply for close-out",
        ),
        *_stays(
            "ask_extension",
            RUNNING,
            _("申请延期"),
            "ask for more time",
            roles={LEAD},
            requires=(UNTIL, REASON),
        ),
        Move(
            "verify_close_out",
            ("applied",),
            "closed",
            {OFFICE},
            (),
            _("核实销号"),
            "verify close-out",
        ),
        Move(
            "refuse_close_out",
            ("applied",),
            "in_hand",
            {OFFICE},
            (REASON,),
            _("退回销号申请"),
            "refuse close-out",
        ),
        Move("reopen", ("closed",), "reopened", {OFFICE}, (REASON,), _("回头看重开"), "reopen"),
        *_stays(
            "decide_extension",
            UNCLOSED,
            _("批复延期"),
            "decide on more time",
            roles={OFFICE},
            requires=(REQUEST, REASON),
        ),
        Move("reassign", UNCLOSED, "assigned", {OFFICE}, (REASON,), _("改派"), "reassign"),
        *_stays(
            "change_cooperating",
            UNCLOSED,
            _("调整配合单位"),
            "change cooperating units",
            roles={OFFICE},
            requires=(REASON,),
        ),
        *_stays(
            "set_due",
            UNCLOSED,
            _("设定时限"),
            "set the due date",
            roles={OFFICE},
            requires=(REASON,),
        ),
    ),
)


def check(
    move: str,
    stage: str,
    roles: Collection[str],
    present: Mapping[str, Any] | Collection[str] = (),
) -> str:
    """The stage a move of an item leads to; raises the refusal in the words of the flow."""
    return moved(ITEM, move, stage, roles, present)
