"""The life of a filing, as a table: handed in, looked at, accepted or returned, corrected.

Nobody but the respondent stands in a move that brings figures. A reviewer accepts, returns, or
asks for a correction, each without a figure.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

RESPONDENT, CHECKER, REVIEWER = "respondent", "checker", "reviewer"

WRITABLE = frozenset({"open", "returned", "correcting"})
"""Where the respondent's draft may be typed and handed in."""

REASON = Need("reason", _("理由"), "a reason")
FIGURES = Need("figures", _("至少一个数"), "at least one figure")
ONE_LEVEL = Need("one_level", _("初审"), "the first check")
TWO_LEVELS = Need("two_levels", _("两级审核的报表"), "a form with two levels of review")
ACCEPTED_ONCE = Need("accepted_once", _("已验收过的版本"), "an edition accepted before")

FILING = Flow(
    name="filing",
    zh=_("报表"),
    en="Filing",
    states=(
        State("open", _("待填报"), "To be filled in"),
        State("submitted", _("已报送"), "Submitted"),
        State("checked", _("已初审"), "Checked"),
        State("accepted", _("已验收"), "Accepted"),
        State("returned", _("已退回"), "Returned"),
        State("correcting", _("更正中"), "Being corrected"),
    ),
    start="open",
    moves=(
        Move(
            "submit",
            ("open", "returned", "correcting"),
            "submitted",
            {RESPONDENT},
            (FIGURES,),
            _("报送"),
            "submit",
        ),
        Move(
            "check",
            ("submitted",),
            "checked",
            {CHECKER},
            (TWO_LEVELS,),
            _("初审通过"),
            "pass the first check",
        ),
        Move("accept", ("submitted",), "accepted", {REVIEWER}, (ONE_LEVEL,), _("验收"), "accept"),
        Move("accept", ("checked",), "accepted", {REVIEWER}, (), _("验收"), "accept"),
        Move(
            "return",
            ("submitted",),
            "returned",
            {CHECKER, REVIEWER},
            (REASON,),
            _("退回"),
            "return",
        ),
        Move("return", ("checked",), "returned", {REVIEWER}, (REASON,), _("退回"), "return"),
        Move(
            "correct",
            ("accepted",),
            "correcting",
            {RESPONDENT, REVIEWER},
            (REASON,),
            _("更正"),
            "correct",
        ),
        Move(
            "keep",
            ("correcting", "returned"),
            "accepted",
            {RESPONDENT},
            (ACCEPTED_ONCE,),
            _("放弃更正"),
            "keep what was accepted",
        ),
    ),
)
