"""The year or date a number is about."""

from __future__ import annotations

import re
from bisect import bisect_left

_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d) ?年?(?:\s?[-—~～至到]\s?(?P<to>20\d\d))?年?"
    r"|“?(?P<plan>十[一二三四五六])五(?!”?(?:规划|纲要))”?(?P<part>末|期间|时期|以来|初)?|(?P<span>\d)年(?=\d)"
)
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}


def period_marks(text: str, now: str = "") -> list[tuple[int, str]]:
    """(offset, period) of each mention: 2023, 2021-2025, the last year for 十四五末.

    2022年以来 runs to the year last mentioned, or to `now`.
    """
    marks: list[tuple[int, str]] = []
    for match in _YEAR.finditer(text):
        if match["plan"]:
            first = _PLANS.get(match["plan"])
            if first:
                marks.append((match.start(), _of_plan(first, match["part"] or "期间")))
        elif match["span"]:
            marks.append((match.start(), f"{match['span']}年"))
        elif match["to"]:
            marks.append((match.start(), f"{match['year']}-{match['to']}"))
        elif "年" in match.group():
            known = marks[-1][1][-4:] if marks else now[-4:]
            since = text.startswith("以来", match.end()) and match["year"] < known
            marks.append((match.start(), f"{match['year']}-{known}" if since else match["year"]))
    return marks


def _of_plan(first: int, part: str) -> str:
    if part == "末":
        return str(first + 4)
    return str(first - 1) if part == "初" else f"{first}-{first + 4}"


def period_before(marks: list[tuple[int, str]], place: int, floor: int = 0) -> str:
    """The last period mentioned in text[floor:place], empty if there is none."""
    last = bisect_left(marks, (place, "")) - 1
    return marks[last][1] if last >= 0 and marks[last][0] >= floor else ""
