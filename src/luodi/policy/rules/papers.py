"""How long a paper that the house holds is offered again."""

from __future__ import annotations

from datetime import date

YEARLY = ("上年度", "上一年度", "上年", "本年度", "当年", "年度")
"""A paper whose name says so is one of its year: next year's is another."""
MOST_FILES = 20
"""Files taken for one paper at a time."""


def valid_until(
    paper: str, handed_on: date, written: date | None, usual: date | None
) -> date | None:
    """The last day a paper is offered again: as written on it; for one of a year the end of the
    year; else the `usual` one by the pack's clock."""
    if written is not None:
        return written
    end = date(handed_on.year, 12, 31)
    if any(word in paper for word in YEARLY):
        return min(end, usual) if usual else end
    return usual
