"""When an adopted plan is evaluated, and by what tolerance its targets and measures are judged."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luodi.packs.schemas.base import RuleBase, Words


class EvaluationRule(RuleBase):
    """One kind of evaluation: yearly, at mid-term, or at the end of the plan's term.

    It is due on `month`-`day` of the year after the one it is about (at mid-term, of the middle
    year). A target counts as on track where it is short of its pace by no more than `tolerance` per
    cent of it; a measure where a report was accepted within `evidence_days` of the period's end.
    `publishers` are the roles that decide on publication; a count below `least_cell` isn't shown
    to the public.
    """

    title: Words
    title_en: Words
    scope: Literal["yearly", "mid_term", "final"]
    order: int = Field(ge=1)
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=28)
    tolerance: int = Field(ge=0, le=100)
    evidence_days: int = Field(ge=1, le=3650)
    publishers: tuple[Words, ...] = Field(min_length=1)
    least_cell: int = Field(ge=0, le=100)
