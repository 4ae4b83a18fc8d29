"""A notice printed in the middle of a sentence, as gazettes set it: its lines stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kit.layout.labels import LABEL
from luodi.kit.layout.lines import Line

_TITLE = re.compile(r"(?:[\u4e00-\u9fff\s]{0,24})关于(?:印发|转发|批转|下发|公布|发布)")
_ORGAN = re.compile(r"[\u4e00-\u9fff\s\u3000]{3,40}(?:政府|办公室|办公厅|委员会|管委会|局|厅|部)\Z")
_DATE = re.compile(
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})[\s\u3000]*年[\s\u3000]*[\d一二三四五六七八九十]{1,2}"
    r"[\s\u3000]*月[\s\u3000]*[\d一二三四五六七八九十]{1,3}[\s\u3000]*日\Z"
)
_TAIL = re.compile(r"[日号发布）)】]\Z|抄[\s\u3000]*[送报]")
_HEAD = re.compile(
    r"(?:通知|方案|规划|计划|要点|意见|办法|措施|清单|纲要|号)(?:[（(].{1,14}[）)])?\Z"
)
_CLOSED = "。！？；：:"
_LONGEST = 40


def inserted_notices(lines: Sequence[Line]) -> list[range]:
    """Index ranges of notices, title to date, that cut a sentence in two; in order."""
    found: list[range] = []
    for n, line in enumerate(lines):
        if n and (not found or n >= found[-1].stop) and _TITLE.match(line.text):
            start = _first(lines, n)
            stop = _last(lines, n)
            if start > 0 and 0 < stop < len(lines) and _is_cut(lines[start - 1], lines[stop]):
                found.append(range(start, stop))
    return found


def _first(lines: Sequence[Line], title: int) -> int:
    start = title
    while start > max(0, title - 3) and _ORGAN.match(lines[start - 1].text):
        start -= 1
    return start


def _last(lines: Sequence[Line], title: int) -> int:
    """Index behind the notice's date, 0 where none follows soon or an item comes before it."""
    for n in range(title, min(title + _LONGEST, len(lines))):
        if LABEL.match(lines[n].text):
            return 0
        if _DATE.match(lines[n].text):
            more = n + 1 < len(lines) and lines[n + 1].text.startswith(("（此件", "(此件"))
            return n + (2 if more else 1)
    return 0


def _is_cut(above: Line, below: Line) -> bool:
    """Whether a sentence is open above and goes on below."""
    if above.width < 16 or above.text[-1] in _CLOSED or "\t" in above.text:
        return False
    if _TAIL.search(above.text) or LABEL.match(below.text) or "关于" in below.text[:30]:
        return False
    return not (_ORGAN.match(below.text) or _HEAD.search(below.text))
