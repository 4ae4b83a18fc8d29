"""The way of a paper: drafted, checked, signed and numbered, filed back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from luodi.common.languages import language
from luodi.common.refusals import Closed, Incomplete, Refusal
from luodi.kit.flows import Flow, Move, Need, State, Step

from .choices import ISSUED, PaperStage

REASON = Need("reason", _("退回理由"), "the reason")
SNAPSHOT = Need("snapshot", _("定稿"), "a frozen text")
FILE = Need("file", _("回存的 Word 文件"), "the Word file")

PAPER = Flow(
    "paper",
    [
        State("drafted", _("拟稿中"), "in draft"),
        State("at_check", _("待审核"), "waiting to be checked"),
        State("checked", _("待签发"), "waiting to be signed"),
        State("signed", _("已签发"), "signed"),
        State("filed", _("已归档"), "filed"),
    ],
    start="drafted",
    moves=[
        Move("freeze", ["drafted"], "at_check", {"drafter"}, [SNAPSHOT], _("定稿送审"), "freeze"),
        Move("check", ["at_check"], "checked", {"checker"}, [SNAPSHOT], _("审核"), "check"),
        Move("sign", ["checked"], "signed", {"signer"}, [SNAPSHOT], _("签发"), "sign"),
        Move(
            "send_back",
            ["at_check", "checked"],
            "drafted",
            {"checker", "signer"},
            [REASON],
            _("退回重拟"),
            "send back",
        ),
        Move("file_back", ["signed", "filed"], "filed", {"drafter"}, [FILE], _("回存核对"), "file"),
    ],
    zh=_("文稿"),
)


def step(stage: str, move: str, parts: frozenset[str], facts: Mapping[str, Any]) -> Step:
    """The step `move` makes from `stage` for somebody who plays `parts` in the paper.

    Raises the refusal of the table as a sentence in the reader's language.
    """
    answer = PAPER.move(stage, move, facts, parts)
    if isinstance(answer, Step):
        return answer
    kind = {"flow.missing": Incomplete, "flow.wrong_state": Closed}.get(answer.code, Refusal)
    raise kind(answer.says(language()), answer.code)


def is_issued(stage: str) -> bool:
    """True once a paper is signed: from then on it may be seen outside its office."""
    return PaperStage(stage) in ISSUED
