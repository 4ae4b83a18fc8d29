"""The life of an evaluation of a plan, as a table."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE, PUBLISHER = "office", "publisher"

REASON = Need("reason", _("理由"), "the reason")
CONCLUSION = Need("conclusion", _("评估结论"), "the conclusion")
SIGNED = Need("signed", _("已签发的评估报告"), "the signed report")

EVALUATION = Flow(
    name="evaluation",
    zh=_("规划评估"),
    states=(
        State("open", _("自评中"), "Self-evaluation"),
        State("judged", _("已评判"), "Judged"),
        State("concluded", _("已有结论"), "Concluded"),
        State("published", _("决定公开"), "To be published", final=True),
        State("withheld", _("决定暂不公开"), "Not to be published yet"),
    ),
    start="open",
    moves=(
        Move("judge", ("open",), "judged", {OFFICE}, (), _("截止自评并评判"), "judge"),
        Move("reopen", ("judged",), "open", {OFFICE}, (REASON,), _("重新开放自评"), "reopen"),
        Move(
            "conclude", ("judged",), "concluded", {OFFICE}, (CONCLUSION,), _("作出结论"), "conclude"
        ),
        Move(
            "publish",
            ("concluded", "withheld"),
            "published",
            {PUBLISHER},
            (SIGNED,),
            _("决定公开"),
            "decide to publish",
        ),
        Move(
            "withhold",
            ("concluded",),
            "withheld",
            {PUBLISHER},
            (REASON,),
            _("暂不公开"),
            "withhold",
        ),
    ),
)
"""What was judged stays: judging again after reopening is another state of the same rows."""
