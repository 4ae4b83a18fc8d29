"""What of an evaluation may be public, and what is kept back with the reason. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.indicators.choices import Purpose

HIDDEN = ("few", "statistics", "enterprise")
"""Why a figure is kept back: too few, official statistics, firms' own reports."""
COUNTED = frozenset("家个户人项座处台套名")
"""Units in which single ones are counted: a small number could give somebody away."""


def kept_back(facts: Mapping[str, str], purpose: str, least: int) -> str:
    """Why the figure of a target isn't published; '' where it is.

    Statistics are the statisticians' to publish; what firms report serves its own purpose; a count
    of fewer than `least` single ones might give somebody away, zero does not.
    """
    if purpose == Purpose.STATISTICS:
        return "statistics"
    if purpose == Purpose.ENTERPRISE:
        return "enterprise"
    digits = facts.get("actual", "").replace(",", "").replace(" ", "")
    if digits and facts.get("unit", "")[-1:] in COUNTED and digits.isdecimal():
        return "few" if 0 < int(digits) < least else ""
    return ""


def target_entry(
    title: str, facts: Mapping[str, str], verdict: str, purpose: str, least: int
) -> dict[str, Any]:
    """A target as the public reads it: its goal, the last figure or why there is none, verdict.

    Where the figure is kept back so is the verdict's working; the verdict itself stands.
    """
    hidden = kept_back(facts, purpose, least)
    shown = bool(facts.get("actual")) and not hidden
    return {
        "title": title,
        "goal": facts.get("goal", ""),
        "unit": facts.get("unit", ""),
        "actual": facts["actual"] if shown else "",
        "period": facts.get("period", "") if shown else "",
        "hidden": hidden if facts.get("actual") else "",
        "verdict": verdict,
    }
