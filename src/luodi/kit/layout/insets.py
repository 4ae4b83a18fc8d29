"""Boxes (专栏) in text that is wrapped by hand: which lines stand in one, and where it ends.

A box is set at the foot or the head of a column and may cut a sentence; its lines are taken out,
so that the sentence before and behind it joins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.labels import LABEL, number_of
from luodi.kit.layout.lines import WHITE, Line

_W = re.escape(WHITE)
_CAPTION = re.compile(
    rf"(?:续)?专[{_W}]*栏[{_W}]*(?P<number>[\d一二三四五六七八九十]{{1,3}})[{_W}：:]*(?P<title>[^。；，]{{0,40}})\Z"
)
_TITLE_END = re.compile(
    r"(?:工程|项目|重点|指标|计划|行动|清单|任务|体系|布局|目标|举措|方向|平台)\Z"
)
_TOP = ("chapter", "section", "article", "one")
_FORMS = ("one", "two", "three", "dotted", "four", "circle")
_CLOSED = "。！？；：:”）)"
_REACH = 240
NARROW = 8
"""Columns of a line so short that it must be a cell."""


@dataclass(slots=True)
class _Count:
    """How the labels of a box count: the form of its own and the last number."""

    form: str = ""
    number: int = 0

    def takes(self, text: str) -> bool | None:
        """Whether a labelled line belongs to the box; None for a line without a label."""
        match = LABEL.match(text)
        if not match or match.lastgroup == "is":
            return None
        form, number = match.lastgroup or "", number_of(match.group())
        if form == self.form and number == self.number + 1:
            self.number = number
            return True
        if not self.form and number == 1 and form not in _TOP:
            self.form, self.number = form, 1
            return True
        if form not in _FORMS or not self.form:
            return False
        return _FORMS.index(form) > _FORMS.index(self.form) if self.form in _FORMS else False


def find_insets(lines: Sequence[Line], breaks: set[int]) -> list[range]:
    """Ranges of the lines that stand in a box, in order, for text wrapped by hand."""
    captions = [n for n, line in enumerate(lines) if line.text[0] in "专续" and _caption(line)]
    found: list[range] = []
    for place, n in enumerate(captions):
        if found and n < found[-1].stop:
            continue
        twin = captions[place + 1] if place + 1 < len(captions) else -1
        again = twin >= 0 and twin - n < _REACH and _same(lines[n], lines[twin])
        floor = found[-1].stop if found else 0
        start = _start_above(lines, n, floor, breaks) if again else n
        end = twin + 1 if again else _end(lines, n, start, breaks, captions)
        found.append(range(start, end))
    return found


def caption_lines(lines: Sequence[Line], first: int, stop: int) -> int:
    """How many lines from `first` on are the caption: two where the title goes on; 0: none."""
    if not _caption(lines[first]):
        return 0
    if first + 1 >= stop:
        return 1
    title, below = lines[first].text, lines[first + 1]
    goes_on = (
        not _TITLE_END.search(title)
        and bool(_TITLE_END.search(below.text))
        and 8 < below.width <= 40
        and not LABEL.match(below.text)
    )
    return 2 if goes_on else 1


def _caption(line: Line) -> re.Match[str] | None:
    return _CAPTION.match(line.text) if line.width <= 90 else None


def _same(one: Line, two: Line) -> bool:
    first, second = _caption(one), _caption(two)
    return bool(first and second and first["number"] == second["number"])


def _start_above(lines: Sequence[Line], caption: int, floor: int, breaks: set[int]) -> int:
    """Where a box begins whose caption is printed in its middle: at its narrow cells, if any."""
    for n in range(caption - 1, max(floor, caption - 80), -1):
        if is_narrow(lines[n]) and is_narrow(lines[n - 1]):
            while n > floor and is_narrow(lines[n - 1]):
                n -= 1
            return n
        if n in breaks or LABEL.match(lines[n].text):
            break
    return caption


def is_narrow(line: Line) -> bool:
    """A line of a narrow cell, as it stands in the margin of a box."""
    return line.width <= NARROW and line.text[-1] not in "。；：，、" and not LABEL.match(line.text)


def item_starts(lines: Sequence[Line], where: Sequence[int]) -> set[int]:
    """Of the lines of a box, those that begin an item: its labels in order, its run-in heads."""
    count = _Count()
    widest = max((lines[n].width for n in where), default=0)
    found: set[int] = set()
    for place, n in enumerate(where):
        text = lines[n].text
        above = lines[where[place - 1]].text if place else "。"
        headed = text[-1] in "：:" and lines[n].width < widest - 8 and above[-1] in "。；："
        if count.takes(text) or headed:
            found.add(n)
    return found


def _end(
    lines: Sequence[Line], caption: int, start: int, breaks: set[int], captions: Sequence[int]
) -> int:
    """First line behind a box."""
    count, known = _Count(), set(captions)
    first = caption + max(1, caption_lines(lines, caption, len(lines)))
    cuts = start > 0 and _is_open(lines[start - 1])
    paged = any(n in breaks for n in range(first, min(len(lines), first + _REACH)))
    widest = 0
    for n in range(first, min(len(lines), first + _REACH)):
        own = count.takes(lines[n].text)
        if n in known or own is False:
            return n
        if n in breaks and not own and not (not cuts and _is_open(lines[n - 1], widest)):
            return n
        if own is None and not paged and n > first and _is_over(lines, n, widest, cuts, count):
            return n
        widest = max(widest, lines[n].width)
    return first


def _is_over(lines: Sequence[Line], n: int, widest: int, cuts: bool, count: _Count) -> bool:
    """Without page marks: what stands behind the last short line of a box is the text again."""
    above = lines[n - 1]
    ended = above.width < widest - 6 or (bool(count.form) and above.text[-1] in "。；")
    if LABEL.match(above.text) and above.text[-1] not in "。；" and not cuts:
        return False
    return ended and (cuts or above.text[-1] in "。；")


def _is_open(line: Line, widest: int = 24) -> bool:
    """Whether a sentence goes on behind this line."""
    return line.width >= max(24, widest - 6) and line.text[-1] not in _CLOSED
