"""Making a move of a flow, with what refuses it said to the person at the screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from luodi.common.languages import language
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.kit.flows import Flow
from luodi.kit.refusals import Refusal

KINDS = {"flow.wrong_role": NotAllowed, "flow.missing": Incomplete}


def moved(
    flow: Flow,
    move: str,
    stage: str,
    roles: Collection[str],
    present: Mapping[str, Any] | Collection[str] = (),
) -> str:
    """The stage a move leads to; raises the refusal in the words of the flow.

    `NotAllowed` for a wrong role, `Incomplete` where something is missing, else `Conflict`.
    """
    step = flow.move(stage, move, present, roles)
    if not isinstance(step, Refusal):
        return step.target
    lang = language()
    stop = "." if lang == "en" else "。"
    sentence = step.says(lang).removesuffix(stop) + stop
    raise KINDS.get(step.code, Conflict)(sentence, step.code)
