"""The life of a letter to one unit, and of a measure that puts right what it is about."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE, UNIT, LEADER = "office", "unit", "leader"

REASON = Need("reason", _("原因"), "the reason")
SIGNED = Need("signed", _("已签发编号的文稿"), "a signed and numbered text")
UNSIGNED = Need(
    "unsigned",
    _("还在拟稿的文稿（送审的请先退回，已签发的只能作废）"),
    "a text still in draft (one at check is sent back first, a signed one can only be cancelled)",
)
TEXT = Need("text", _("回告内容"), "the answer")
FOUND = Need("found", _("复查情况"), "what the look found")
UNTIL = Need("until", _("整改期限"), "the deadline")
VERIFIED = Need("verified", _("整改措施全部核实"), "every measure verified")
TALKED = Need("talked", _("约谈记录"), "the record of the talk")
DONE = Need("done", _("完成情况"), "what was done")
EVIDENCE = Need("evidence", _("佐证材料"), "evidence")

LETTER = Flow(
    name="letter",
    zh=_("督导函件"),
    states=(
        State("drafted", _("拟稿中"), "In draft"),
        State("issued", _("已印发待签收"), "Issued, not signed for"),
        State("signed_for", _("已签收待回告"), "Signed for, to be answered"),
        State("answering", _("回告待审签"), "Answer waits for its signature"),
        State("answered", _("已回告待复查"), "Answered, to be re-checked"),
        State("rectifying", _("限期再整改"), "To be rectified again"),
        State("rechecked", _("复查合格"), "Found good"),
        State("closed", _("已办结"), "Closed"),
        State("withdrawn", _("已撤回"), "Withdrawn", final=True),
        State("cancelled", _("已作废"), "Cancelled", final=True),
    ),
    start="drafted",
    moves=(
        Move("issue_letter", ("drafted",), "issued", {OFFICE}, (SIGNED,), _("印发"), "issue"),
        Move(
            "withdraw_letter",
            ("drafted",),
            "withdrawn",
            {OFFICE},
            (UNSIGNED, REASON),
            _("撤回拟稿"),
            "withdraw the draft",
        ),
        Move(
            "cancel_letter",
            ("drafted", "issued", "signed_for", "answering", "answered", "rectifying"),
            "cancelled",
            {OFFICE},
            (SIGNED, REASON),
            _("作废"),
            "cancel",
        ),
        Move("sign_for_letter", ("issued",), "signed_for", {UNIT}, (), _("签收"), "sign for"),
        Move(
            "write_answer",
            ("signed_for",),
            "answering",
            {UNIT},
            (TEXT,),
            _("拟写回告"),
            "write the answer",
        ),
        Move(
            "return_answer",
            ("answering",),
            "signed_for",
            {LEADER},
            (REASON,),
            _("退回重写回告"),
            "send the answer back",
        ),
        Move(
            "sign_answer",
            ("answering",),
            "answered",
            {LEADER},
            (),
            _("审签回告"),
            "sign the answer",
        ),
        Move(
            "refuse_answer",
            ("answered",),
            "signed_for",
            {OFFICE},
            (REASON,),
            _("退回回告"),
            "refuse the answer",
        ),
        Move(
            "pass_recheck",
            ("answered", "rectifying"),
            "rechecked",
            {OFFICE},
            (VERIFIED, TALKED, FOUND),
            _("复查合格"),
            "find good",
        ),
        Move(
            "fail_recheck",
            ("answered", "rectifying", "rechecked", "closed"),
            "rectifying",
            {OFFICE},
            (FOUND, UNTIL),
            _("复查不合格，限期再整改"),
            "find wanting: rectify again",
        ),
        Move("close_letter", ("rechecked",), "closed", {OFFICE}, (), _("办结"), "close"),
    ),
)
"""A letter. Drafting, checking and signing its text are the paper's own flow; from the issue on it
is the unit's too. A later look reopens also what was closed."""

RECTIFICATION = Flow(
    name="rectification",
    zh=_("整改措施"),
    states=(
        State("planned", _("整改中"), "Under way"),
        State("reported", _("已报完成待核实"), "Reported done, to be verified"),
        State("verified", _("已核实"), "Verified"),
        State("dropped", _("不再需要"), "Not needed any more", final=True),
    ),
    start="planned",
    moves=(
        Move(
            "report_rectification",
            ("planned",),
            "reported",
            {UNIT},
            (DONE, EVIDENCE),
            _("报完成"),
            "report it done",
        ),
        Move(
            "verify_rectification",
            ("reported",),
            "verified",
            {OFFICE},
            (),
            _("核实"),
            "verify",
        ),
        Move(
            "send_back_rectification",
            ("reported", "verified"),
            "planned",
            {OFFICE},
            (REASON,),
            _("退回再整改"),
            "send back",
        ),
        Move(
            "drop_rectification",
            ("planned",),
            "dropped",
            {OFFICE},
            (REASON,),
            _("不再需要"),
            "drop",
        ),
    ),
)
"""A measure of rectification: the unit reports it done with evidence, the office verifies."""
