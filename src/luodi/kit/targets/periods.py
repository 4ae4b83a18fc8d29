"""The year or date a number is about.

A mention of time is one of four things. *Frame*: it opens a clause (到2025年，…) and holds until
the next frame, over the ends of sentences. *Local*: it stands inside a clause and holds to the
end of the sentence. *From*: it belongs to the first figure of 由2020年的…提高到… alone. *Base*:
what is compared with (比2020年提高…), never the period of the figure itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

Role = Literal["frame", "local", "from", "base"]

_TIME = re.compile(
    r"(?P<han>[一二][九〇○零][〇○零一二三四五六七八九]{2})年"
    r"|(?P<year>(?:19|20)\d\d) ?年?(?:\s?[-—–~～至到]{1,2}\s?(?P<to>20\d\d))?年?"
    r"|“?(?P<plan>十[一二三四五六])五(?!”?(?:规划|纲要))”?(?P<part>末|期间|时期|以来|初)?|(?P<span>\d)年(?=\d)"
)
_RELATIVE = re.compile(
    r"(?P<near>[今去上本明前]年)(?!级|轻|龄)|(?P<span>(?:今后|未来)(?P<n>[一二三四五六七八九十]|\d)(?:至\d)?年)"
)
_PART = re.compile(
    r"\s?(?:(?P<half>上|下)半年|(?P<three>前三季度)|第?(?P<quarter>[一二三四1-4])季度|(?P<months>\d{1,2})[-—–~至]{1,2}(?P<last>\d{1,2})月份?|(?P<month>\d{1,2})月(?!\d))"
)
_ALONE = re.compile(
    r"(?:上|下)半年|(?:前三|[一二三四]|第[一二三四])季度|\d{1,2}[-—–~至]{1,2}\d{1,2}月|(?<=[至到])\d{1,2}月(?:末|底|份)"
)
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_OPENS = re.compile(
    r"(?:^|[，。；：！？、—\-）)\]〕】.．\s]|[一二三四五六七八九十]是)(?:其中|力争|确保|预计|计划|到|至|截至|截止|在|自|经过|通过|全[市县区省]|我[市县区省]|[“”\s]|和|与)*\Z"
)
_COMPARES = re.compile(r"(?:比|较|相比|相较|与|和|同)(?:于)?(?:[“\s])?\Z")
_COMPARED = re.compile(r"(?:年|末|底|期间|同期)?(?:同期)?(?:相比|持平|的?基础上)")
_PRICES = re.compile(r"[^，。；]{0,4}(?:可比|不变|现行)价")
_TIMES_OF = re.compile(r"(?:恢复[到至]|相当于|达到?|是|为)\Z")
_TIMES_AS = re.compile(r"的?\d+(?:\.\d+)?(?:%|倍)")
_FROM = re.compile(r"(?:由|从)(?:[^，。；、由从]{0,6})\Z")
_RISE = re.compile(
    r"(?:增|长|加|升|高|大|降|少|低|减|缩|短|展|变|跃|扩|压|翻)[^，。；、]{0,2}[到至为]|[，、](?:到|至)"
)
_FOUR = re.compile(r"(?:19|20)\d\d")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NEAR = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


class Mark(NamedTuple):
    """A mention of time at [start, end) of a text and the period it names."""

    start: int
    end: int
    period: str
    role: Role


def period_marks(text: str, now: str = "") -> list[tuple[int, str]]:
    """(offset, period) of each mention: 2023, 2021-2025, the last year for 十四五末.

    2022年以来 runs to the year last mentioned, or to `now`.
    """
    marks: list[tuple[int, str]] = []
    for match in _TIME.finditer(text):
        period = _period(match, text, marks[-1][1] if marks else now)
        if period:
            marks.append((match.start(), period))
    return marks


def time_marks(text: str, now: str = "") -> list[Mark]:
    """Every mention of time with its role and, where the text gives them, half, quarter or month.

    `now` is the year the text calls this year; without it 今年 and 去年 name no period.
    """
    found: list[Mark] = []
    last = now
    for match in _TIME.finditer(text):
        period = _period(match, text, last)
        if period and not _in_title(text, match.start()):
            last = period
            period, end = _with_part(text, match.end(), period)
            role: Role = "local" if match["span"] else _role(text, match.start(), match.end())
            found.append(Mark(match.start(), end, period, role))
    if "年" in text or "季度" in text or "月" in text:
        found = sorted(found + _relative(text, now))
        found = sorted(found + _parts_alone(text, found, now))
    return found


def _period(match: re.Match[str], text: str, last: str) -> str:
    if match["plan"]:
        first = _PLANS.get(match["plan"])
        return _of_plan(first, match["part"] or "期间") if first else ""
    if match["span"]:
        return f"{match['span']}年"
    if match["han"]:
        return match["han"].translate(_HAN_DIGITS)
    if match["to"]:
        return f"{match['year']}-{match['to']}"
    if "年" not in match.group():
        return ""
    known = last[-4:]
    since = text.startswith(("以来", "来"), match.end()) and match["year"] < known
    return f"{match['year']}-{known}" if since else match["year"]


def _of_plan(first: int, part: str) -> str:
    if part == "末":
        return str(first + 4)
    return str(first - 1) if part == "初" else f"{first}-{first + 4}"


def _relative(text: str, now: str) -> list[Mark]:
    year = int(now[-4:]) if now[-4:].isdigit() and len(now) >= 4 else 0
    found = []
    for match in _RELATIVE.finditer(text):
        role = _role(text, match.start(), match.end())
        if match["near"] and year:
            period = str(year + _NEAR[match["near"]])
            period, end = _with_part(text, match.end(), period)
            found.append(Mark(match.start(), end, period, role))
        elif match["near"]:
            found.append(Mark(match.start(), match.end(), "", role))
        else:
            found.append(Mark(match.start(), match.end(), match["span"], role))
    return found


def _parts_alone(text: str, marks: Sequence[Mark], now: str) -> list[Mark]:
    """上半年 without a year takes the year of the mark before it."""
    found = []
    starts = [mark.start for mark in marks]
    for match in _ALONE.finditer(text):
        place = bisect_left(starts, match.start()) - 1
        if place >= 0 and match.start() < marks[place].end:
            continue
        year = (marks[place].period if place >= 0 else "") or now
        if re.fullmatch(r"(?:19|20)\d\d", year[:4]) and year.find("-") != 4:
            period, end = _with_part(text, match.start(), year[:4])
            role = _role(text, match.start(), match.end())
            found.append(Mark(match.start(), max(end, match.end()), period, role))
    return found


def _with_part(text: str, place: int, year: str) -> tuple[str, int]:
    """The half, quarter, month or run of months behind a year: 2024H1, 2024Q3, 2024-01/2024-09."""
    match = _PART.match(text, place) if len(year) == 4 else None
    if not match:
        return year, place
    if match["half"]:
        year += "H1" if match["half"] == "上" else "H2"
    elif match["three"]:
        year = f"{year}-01/{year}-09"
    elif match["quarter"]:
        digit = match["quarter"]
        year += f"Q{digit if digit.isdigit() else '一二三四'.index(digit) + 1}"
    elif match["months"]:
        year = f"{year}-{int(match['months']):02}/{year}-{int(match['last']):02}"
    else:
        year += f"-{int(match['month']):02}"
    return year, match.end()


def _in_title(text: str, place: int) -> bool:
    """Inside 《》, looking back one title's length."""
    before = text[max(0, place - 40) : place]
    return before.rfind("《") > before.rfind("》")


def _role(text: str, start: int, end: int) -> Role:
    before = text[max(0, start - 12) : start]
    if _COMPARES.search(before) or _COMPARED.match(text, end):
        return "base"
    if before.endswith("按") and _PRICES.match(text, end):
        return "base"
    if _TIMES_OF.search(before) and _TIMES_AS.match(text, end):
        return "base"
    if _FROM.search(before) and not text.startswith(("以来", "起", "开始"), end):
        return "from"
    return "frame" if _OPENS.search(before) else "local"


def period_before(marks: list[tuple[int, str]], place: int, floor: int = 0) -> str:
    """The last period mentioned in text[floor:place], empty if there is none."""
    last = bisect_left(marks, (place, "")) - 1
    return marks[last][1] if last >= 0 and marks[last][0] >= floor else ""


def last_year(period: str) -> str:
    """The last year of a period: 2025 of 2021-2025, 2024 of 2024Q1; empty where it names none."""
    found = _FOUR.findall(period)
    return found[-1] if found else ""


def frames_of(marks: Sequence[Mark]) -> list[str]:
    """The periods of the frames of a text, each once, in order."""
    return list(
        dict.fromkeys(mark.period for mark in marks if mark.role == "frame" and mark.period)
    )


def period_of(marks: Sequence[Mark], text: str, place: int, floor: int) -> str | None:
    """The period of the figure at `place` in the sentence that begins at `floor`.

    None where no mention of time reaches it.
    """
    last = bisect_left(marks, (place,)) - 1
    for n in range(last, max(-1, last - 12), -1):
        mark = marks[n]
        if mark.role == "base":
            continue
        if mark.start < floor:
            if mark.role == "frame":
                return mark.period or None
            continue
        if mark.role == "from" and _RISE.search(text, mark.end, place):
            continue
        return mark.period or None
    return None


def base_of(marks: Sequence[Mark], place: int, floor: int) -> str:
    """The period the figure at `place` is compared with: 比2020年提高… gives 2020; empty: none."""
    last = bisect_left(marks, (place,)) - 1
    for n in range(last, max(-1, last - 3), -1):
        if marks[n].start < floor:
            break
        if marks[n].role == "base":
            return marks[n].period
    return ""
