"""The two ways of a claim, as tables of moves."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE, FIRM = "office", "firm"
PROXY = "proxy"
"""The office where the firm has no account: it may note what the firm said."""

REASON = Need("reason", _("理由"), "the reason")
TOLD = Need("reason", _("企业何时、怎样表示的"), "when and how the firm said so")
SINGLE = Need("single", _("同一事项没有重复享受"), "no second claim for the same thing")
CREDIT = Need("credit", _("没有严重失信记录"), "no serious breach of credit on record")
IN_BUSINESS = Need("in_business", _("企业仍在营"), "the firm to be in business")
PAPERS = Need("papers", _("齐全的申报材料"), "all the papers")
BUDGET = Need("budget", _("足够的预算余额"), "enough of the budget left")
AMOUNT = Need("amount", _("核定金额"), "the amount settled")
OTHER = Need("other_eyes", _("审核人以外的人员决定"), "somebody other than who checked it")
OVER = Need("notice_over", _("公示期满"), "the notice to have ended")
QUIET = Need("no_objection", _("异议全部处理完毕"), "all objections to be dealt with")
VOUCHER = Need("voucher", _("拨付日期和凭证号"), "day and voucher of the payment")

PAYING = (
    State("noticed", _("公示中"), "Notice given"),
    State("disbursed", _("已拨付"), "Disbursed", final=True),
    State("dropped", _("已终止"), "Dropped", final=True),
)

AUTOMATIC = Flow(
    name="automatic_claim",
    zh=_("免申即享"),
    en="Had without an application",
    states=(
        State("matched", _("已匹配"), "Matched"),
        State("checked", _("待企业确认"), "To be confirmed by the firm"),
        State("confirmed", _("企业已确认"), "Confirmed by the firm"),
        State("declined", _("企业放弃"), "Declined by the firm", final=True),
        *PAYING,
    ),
    start="matched",
    moves=(
        Move(
            "check", ("matched",), "checked", {OFFICE},
            (SINGLE, CREDIT, IN_BUSINESS, AMOUNT, BUDGET), _("核对通过"), "check",
        ),
        Move("confirm", ("checked",), "confirmed", {FIRM}, (), _("确认享受"), "confirm"),
        Move("decline", ("checked",), "declined", {FIRM}, (REASON,), _("放弃享受"), "decline"),
        Move(
            "confirm_for", ("checked",), "confirmed", {PROXY}, (TOLD,), _("代记企业确认"),
            "note that the firm confirms",
        ),
        Move(
            "decline_for", ("checked",), "declined", {PROXY}, (TOLD,), _("代记企业放弃"),
            "note that the firm declines",
        ),
        Move("notice", ("confirmed",), "noticed", {OFFICE}, (BUDGET,), _("公示"), "give notice"),
        Move(
            "disburse", ("noticed",), "disbursed", {OFFICE},
            (OVER, QUIET, CREDIT, IN_BUSINESS, BUDGET, VOUCHER), _("拨付"), "disburse",
        ),
        Move(
            "drop", ("matched", "checked", "confirmed", "noticed"), "dropped", {OFFICE},
            (REASON,), _("终止"), "drop",
        ),
    ),
)  # fmt: skip

APPLIED = Flow(
    name="applied_claim",
    zh=_("快申快享"),
    en="Had with an application",
    states=(
        State("applied", _("待审核"), "Applied for"),
        State("returned", _("退回补正"), "Returned to be completed"),
        State("checked", _("待核定"), "To be decided"),
        State("decided", _("已核定"), "Decided"),
        State("refused", _("不予兑现"), "Refused", final=True),
        State("withdrawn", _("企业撤回"), "Withdrawn by the firm", final=True),
        *PAYING,
    ),
    start="applied",
    moves=(
        Move(
            "check", ("applied",), "checked", {OFFICE}, (PAPERS, SINGLE, CREDIT, IN_BUSINESS),
            _("审核通过"), "check",
        ),
        Move(
            "send_back", ("applied", "checked"), "returned", {OFFICE}, (REASON,), _("退回补正"),
            "send back",
        ),
        Move(
            "hand_in", ("returned",), "applied", {FIRM, OFFICE}, (PAPERS,), _("重新提交"),
            "hand in again",
        ),
        Move(
            "decide", ("checked",), "decided", {OFFICE}, (OTHER, AMOUNT, BUDGET), _("核定金额"),
            "decide",
        ),
        Move(
            "refuse", ("applied", "checked"), "refused", {OFFICE}, (REASON,), _("不予兑现"),
            "refuse",
        ),
        Move(
            "withdraw", ("applied", "returned", "checked"), "withdrawn", {FIRM}, (), _("撤回申请"),
            "withdraw",
        ),
        Move("notice", ("decided",), "noticed", {OFFICE}, (BUDGET,), _("公示"), "give notice"),
        Move(
            "disburse", ("noticed",), "disbursed", {OFFICE},
            (OVER, QUIET, CREDIT, IN_BUSINESS, BUDGET, VOUCHER), _("拨付"), "disburse",
        ),
        Move("drop", ("decided", "noticed"), "dropped", {OFFICE}, (REASON,), _("终止"), "drop"),
    ),
)  # fmt: skip

FLOWS = {"automatic": AUTOMATIC, "applied": APPLIED}
TAKES_PAPERS = {
    FIRM: frozenset({"applied", "returned"}),
    OFFICE: frozenset({"applied", "returned", "checked"}),
}
"""Stages of an application in which papers may still be put with it, and by whom."""
FOR_FIRM = frozenset({"hand_in"})
"""Moves that the office makes for a firm without an account; they don't wait for the office."""
ENDED = frozenset({"declined", "refused", "withdrawn", "dropped"})
"""Stages in which a claim takes nothing from anybody: another may follow for the same thing."""
SETTLED = frozenset({"checked", "confirmed", "decided", "noticed", "disbursed"})
"""Stages in which an amount that is settled is taken from the budget."""
