"""The life of an application for good-faith exemption, as a table."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

APPLICANT, REVIEWER, DECIDER = "applicant", "reviewer", "decider"
BODY = {REVIEWER, DECIDER}

REASON = Need("reason", _("理由"), "the reason")
FINDINGS = Need("findings", _("逐项审核意见"), "a finding on each condition")
ALL_HOLD = Need("all_hold", _("各项条件均符合"), "every condition found to hold")

EXEMPTION = Flow(
    name="exemption",
    zh=_("容错认定"),
    states=(
        State("applied", _("待受理"), "Applied for"),
        State("reviewing", _("审核中"), "Under review"),
        State("granted", _("予以容错"), "Granted"),
        State("refused", _("不予容错"), "Refused", final=True),
        State("dropped", _("已撤回申请"), "Application withdrawn", final=True),
        State("revoked", _("已撤销认定"), "Revoked", final=True),
    ),
    start="applied",
    moves=(
        Move("take_up", ("applied",), "reviewing", BODY, (), _("受理"), "take up"),
        Move("send_back", ("reviewing",), "applied", BODY, (REASON,), _("退回补正"), "send back"),
        Move(
            "grant",
            ("reviewing",),
            "granted",
            {DECIDER},
            (FINDINGS, ALL_HOLD, REASON),
            _("予以容错"),
            "grant",
        ),
        Move("refuse", ("reviewing",), "refused", {DECIDER}, (REASON,), _("不予容错"), "refuse"),
        Move(
            "drop",
            ("applied", "reviewing"),
            "dropped",
            {APPLICANT},
            (REASON,),
            _("撤回申请"),
            "withdraw the application",
        ),
        Move("revoke", ("granted",), "revoked", {DECIDER}, (REASON,), _("撤销认定"), "revoke"),
    ),
)
"""Granted stands until it is revoked; a refused application is followed by another one."""
