"""Checks on the writing: numbering, brackets and quotation marks, doubled words."""

from __future__ import annotations

import re

from luodi.kit.commitments.measures import Item, walk
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem, Span

_FORMS = ("chapter", "section", "one", "two", "three")
_PAIRS = {"）": "（", "”": "“", "》": "《", "〕": "〔", "］": "［", "】": "【", "」": "「"}
_SIGN = re.compile("[（）“”《》〔〕［］【】「」()]")
_LIST_MARK = re.compile(r"(?:[\da-zA-Z]{1,3}|[一二三四五六七八九十]{1,2})\Z")
_REPEATED = re.compile(
    r"([\u4e00-\u9fff]{3,10})\1|([\u4e00-\u9fff]{4,12})[，、]\2(?=[，、。；])|(的的)(?!确)|([，。；、：])\4"
)


def broken_numbering(reading: Reading) -> list[Problem]:
    """`numbering.broken`: a label that neither begins at one nor follows the one before it.

    A new start at one is left alone: a new section begins that way.
    """
    found = []
    last: dict[str, int] = {}
    for parent in [reading.tree, *walk(reading.tree)]:
        before: dict[str, Item] = {}
        for child in parent.children:
            found += _step(child, before, last, reading)
    return found


def _step(
    item: Item, before: dict[str, Item], last: dict[str, int], reading: Reading
) -> list[Problem]:
    label = item.segment.label if item.segment else None
    if not label or not item.segment or label.form not in _FORMS:
        return []
    form, number = label.form, label.number
    sibling = before.get(form)
    known = (
        sibling.segment.label.number if sibling and sibling.segment and sibling.segment.label else 0
    )
    expected = known + 1
    before[form] = item
    goes_on = last.get(form, 0) + 1
    last[form] = max(number, 0)
    if number in (1, expected, goes_on) or (not sibling and goes_on == 1):
        return []
    para = reading.paragraphs[item.segment.para]
    span = para.hull(label.start, label.end)
    above = (
        sibling.segment.label.text if sibling and sibling.segment and sibling.segment.label else ""
    )
    what = f"前一个是“{above}”" if above else f"应当从 1 或 {goes_on} 开始"
    message = f"编号“{label.text}”接不上：{what}。"
    return [Problem("numbering.broken", "warning", message, (span,), {"label": label.text})]


def unpaired_signs(reading: Reading) -> list[Problem]:
    """`signs.unpaired`: a bracket or quotation mark without its other half.

    Halves that a page or column keeps apart, in two paragraphs, count as paired.
    """
    lonely = [(n, place) for n in reading.text for place in _unpaired(reading.paragraphs[n].text)]
    found = []
    for n, place in lonely:
        para = reading.paragraphs[n]
        if _half_elsewhere(n, para.text[place], lonely, reading):
            continue
        around = para.text[max(0, place - 6) : place + 8]
        message = f"“{para.text[place]}”没有配对：……{around}……"
        span = para.hull(place, place + 1)
        params = {"sign": para.text[place]}
        found.append(Problem("signs.unpaired", "warning", message, (span,), params))
    return found


def _half_elsewhere(n: int, sign: str, lonely: list[tuple[int, int]], reading: Reading) -> bool:
    """Whether the other half stands alone within thirty paragraphs, on the right side."""
    left = dict(_PAIRS.items()) | {")": "("}
    right = {one: other for other, one in left.items()}
    for m, place in lonely:
        other = reading.paragraphs[m].text[place]
        if 0 < n - m <= 30 and left.get(sign) == other:
            return True
        if 0 < m - n <= 30 and right.get(sign) == other:
            return True
    return False


def _unpaired(text: str) -> list[int]:
    open_signs: list[tuple[str, int]] = []
    lonely = []
    for match in _SIGN.finditer(text):
        sign, place = match.group(), match.start()
        sign = {"(": "（", ")": "）"}.get(sign, sign)
        left = _PAIRS.get(sign)
        if left is None:
            open_signs.append((sign, place))
        elif any(one == left for one, _ in open_signs):
            while open_signs:
                one, where = open_signs.pop()
                if one == left:
                    break
                lonely.append(where)
        elif not (sign == "）" and _LIST_MARK.search(text, 0, place)):
            lonely.append(place)
    return sorted(lonely + [where for _, where in open_signs])


def repeated_words(reading: Reading) -> list[Problem]:
    """`word.repeated`: a run of three and more characters written twice in a row."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _REPEATED.finditer(para.text):
            word = next(group for group in match.groups() if group)
            span: Span = para.hull(match.start(), match.end())
            message = f"“{word}”重复出现：{match.group()}"
            found.append(Problem("word.repeated", "warning", message, (span,), {"word": word}))
    return found
