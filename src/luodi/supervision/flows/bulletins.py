"""The life of a bulletin up to its paper, and of what a zone contests."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE, ZONE = "office", "zone"

BULLETIN = Flow(
    name="bulletin",
    zh=_("通报"),
    states=(
        State("opened", _("待汇总"), "To be composed"),
        State("previewed", _("预告核对"), "With the zones to check"),
        State("frozen", _("已定稿"), "Frozen"),
    ),
    start="opened",
    moves=(
        Move(
            "preview",
            ("opened", "previewed"),
            "previewed",
            {OFFICE},
            (Need("zones", _("开发区"), "zones"),),
            _("发各开发区核对"),
            "send to the zones to check",
        ),
        Move(
            "freeze",
            ("previewed", "frozen"),
            "frozen",
            {OFFICE},
            (),
            _("定稿送审"),
            "freeze",
        ),
    ),
)
"""A bulletin. Checking, signing, numbering and issuing are those of its paper."""

REASON = Need("reason", _("理由"), "the reason")
ANSWER = Need("answer", _("答复"), "the answer")

CONTEST = Flow(
    name="contest",
    zh=_("通报异议"),
    states=(
        State("raised", _("待答复"), "To be answered"),
        State("upheld", _("异议成立"), "Upheld"),
        State("rejected", _("异议不成立"), "Rejected"),
        State("withdrawn", _("已撤回"), "Withdrawn"),
    ),
    start="raised",
    moves=(
        Move("uphold", ("raised",), "upheld", {OFFICE}, (ANSWER,), _("认定成立"), "uphold"),
        Move("reject", ("raised",), "rejected", {OFFICE}, (ANSWER,), _("认定不成立"), "reject"),
        Move("withdraw", ("raised",), "withdrawn", {ZONE}, (), _("撤回"), "withdraw"),
        Move("raise_again", ("withdrawn",), "raised", {ZONE}, (REASON,), _("再提"), "raise again"),
    ),
)
"""A contest. Upheld, the datum is corrected by its own office through the usual ways."""
