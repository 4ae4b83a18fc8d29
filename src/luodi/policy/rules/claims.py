"""What a claim is called, and what is paid for by it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

ONCE = "一次性"
"""An article that says so is had once and for all, not once a year."""
MOST = 80


def thing_of(thing: str, about: str, text: str, today: date) -> str:
    """What is paid for: the article's thing, what the firm names, and the year unless the text
    of the article says that it is had once and for all.

    The same name in wide letters or with other blanks is the same thing.
    """
    year = "" if ONCE in text else str(today.year)
    named = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", about)).strip()[:MOST]
    return " · ".join(part for part in (thing[:MOST], named, year) if part)


def number_of(year: int, serial: int) -> str:
    """The number of a claim; it keeps it through to the payment."""
    return f"兑现〔{year}〕{serial}号"
