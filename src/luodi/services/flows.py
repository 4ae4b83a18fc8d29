"""The life of a request, as a table. Who may make a move is in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from luodi.common.flows import moved
from luodi.kit.flows import Flow, Move, Need, State

DESK, CALLED, FIRM, CLOCK = "desk", "called", "firm", "clock"

RUNNING = ("received", "in_hand", "waiting", "reopened")
OPEN = (*RUNNING, "replied")

WORDS = Need("words", _("要说的话"), "the words")
REASON = Need("reason", _("原因"), "the reason")
STEPS = Need("steps", _("办理步骤和日期"), "the steps with dates")
NOTED = Need(
    "noted",
    _("工作人员代记、还可以更正的评价"),
    "a word noted by staff that still may be put right",
)
SILENCE = Need("silence", _("等待评价的时限已过"), "the time for the firm's word being over")


def _stays(name: str, stages: Collection[str], zh: Any, en: str, **more: Any) -> list[Move]:
    """A move that leaves the stage as it is."""
    return [Move(name, (stage,), stage, zh=zh, en=en, **more) for stage in stages]


def _move(
    name: str,
    sources: tuple[str, ...],
    target: str,
    roles: set[str],
    needs: tuple[Need, ...],
    zh: Any,
    en: str,
) -> Move:
    return Move(name, sources, target, roles, needs, zh, en)


REQUEST = Flow(
    name="request",
    zh=_("企业诉求"),
    states=(
        State("received", _("待响应"), "To be responded to"),
        State("in_hand", _("办理中"), "In hand"),
        State("waiting", _("待企业补充"), "Waiting for the enterprise"),
        State("replied", _("待企业评价"), "Answered, the firm's word awaited"),
        State("reopened", _("不满意重办"), "Reopened, dissatisfied"),
        State("closed", _("已办结"), "Closed"),
        State("withdrawn", _("已撤回"), "Withdrawn", final=True),
    ),
    start="received",
    moves=(
        _move(
            "respond", ("received", "reopened"), "in_hand", {DESK}, (WORDS,),
            _("响应企业"), "respond to the firm",
        ),
        *_stays("call_out", RUNNING, _("吹哨"), "call out offices", roles={DESK}),
        *_stays("arrive", RUNNING, _("报到"), "arrive", roles={CALLED}),
        _move(
            "ask_firm", ("in_hand",), "waiting", {DESK}, (WORDS,),
            _("请企业补充"), "ask the firm",
        ),
        _move(
            "answer_question", ("waiting",), "in_hand", {FIRM, DESK}, (WORDS,),
            _("补充回答"), "answer the question",
        ),
        *_stays(
            "tell_firm", ("in_hand",), _("告知进展"), "tell the firm the news",
            roles={DESK}, requires=(WORDS,),
        ),
        *_stays(
            "give_timetable", ("in_hand",), _("给出时间表"), "give a timetable",
            roles={DESK}, requires=(STEPS, REASON),
        ),
        *_stays(
            "write_note", OPEN, _("内部记录"), "write an internal note",
            roles={DESK, CALLED}, requires=(WORDS,),
        ),
        _move(
            "answer", ("in_hand",), "replied", {DESK}, (WORDS,), _("答复企业"), "answer the firm",
        ),
        _move(
            "accept_answer", ("replied",), "closed", {FIRM, DESK}, (),
            _("评价满意"), "accept the answer",
        ),
        _move(
            "object_to_answer", ("replied",), "reopened", {FIRM, DESK}, (WORDS,),
            _("评价不满意"), "object to the answer",
        ),
        *_stays(
            "replace_word", ("closed", "reopened", "in_hand", "waiting"),
            _("以企业自己的评价为准"), "put the firm's own word in place of a noted one",
            roles={FIRM}, requires=(NOTED,),
        ),
        _move(
            "object_to_noted", ("closed",), "reopened", {FIRM}, (NOTED, WORDS),
            _("更正代记的评价为不满意"), "object in place of a noted word",
        ),
        _move(
            "close_unrated", ("replied",), "closed", {DESK}, (SILENCE,),
            _("未评价办结"), "close without the firm's word",
        ),
        _move("withdraw", RUNNING, "withdrawn", {FIRM}, (REASON,), _("撤回"), "withdraw"),
        *_stays("raise_level", OPEN, _("升级"), "raise the level", roles={CLOCK}),
    ),
)  # fmt: skip


COMPLAINT = Flow(
    name="complaint",
    zh=_("企业投诉"),
    states=(
        State("complained", _("已收到"), "Received"),
        State("looked_into", _("核查中"), "Being looked into"),
        State("settled", _("已答复"), "Answered", final=True),
    ),
    start="complained",
    moves=(
        _move(
            "look_into", ("complained", "looked_into"), "looked_into", {DESK}, (WORDS,),
            _("记下核查情况"), "note what was looked into",
        ),
        _move(
            "settle", ("looked_into",), "settled", {DESK}, (WORDS,),
            _("答复企业"), "answer the firm",
        ),
    ),
)  # fmt: skip


def check(
    move: str,
    stage: str,
    roles: Collection[str],
    present: Mapping[str, Any] | Collection[str] = (),
) -> str:
    """The stage a move of a request leads to; raises the refusal in the words of the flow."""
    return moved(REQUEST, move, stage, roles, present)
