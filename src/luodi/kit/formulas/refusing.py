"""Refusals of formulas, with the place in the text."""

from __future__ import annotations

from typing import Any

from luodi.kit.refusals import Refusal


def refused(code: str, zh: str, en: str, span: tuple[int, int] = (0, 0), **params: Any) -> Refusal:
    """A refusal `formula.<code>`; `params["span"]` is where in the text, half open."""
    return Refusal(f"formula.{code}", zh, en, {"span": span, **params})
