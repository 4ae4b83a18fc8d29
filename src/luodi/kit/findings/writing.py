"""Checks on the writing: numbering, brackets and quotation marks, doubled words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from luodi.kit.commitments.tree import Item, walk
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem

_FORMS = ("chapter", "section", "article", "one", "two", "three")
_PAIRS = {"）": "（", "”": "“", "》": "《", "〕": "〔", "］": "［", "】": "【", "」": "「"}
_RIGHT = {left: right for right, left in _PAIRS.items()}
_WIDE = {"(": "（", ")": "）"}
_SIGN = re.compile("[（）“”《》〔〕［］【】「」()]")
_LIST_MARK = re.compile(r"(?:[\da-zA-Z]{1,3}|[一二三四五六七八九十]{1,2})\Z")
_REPEATED = re.compile(r"([\u4e00-\u9fff]{3,10})\1")
_LISTED = re.compile(r"[，、]([\u4e00-\u9fff]{4,12})(?=[，、。；])")
_PARTICLES = re.compile(r"(的的)(?!确)|(了了)(?![解然])|(和和)(?![美睦气])|(与与|及及|为为)")
_VERBS = re.compile(
    r"(推进|加强|推动|促进|提升|完善|实施|开展|落实|提高|强化|加快|集聚|深化|优化|打造|构建|全面)\1"
    r"|(服务|产业|企业|项目|工作|管理)\2(?=体系|平台|机制|水平|能力)"
)
_INLINE = re.compile(r"(?:(?<=[。；：，,;:])|\A)(?P<n>[一二三四五六七八九十]{1,2})是(?![否指一])")
_ORDER = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)}


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
    code = _code_of(number, known)
    message = f"编号“{label.text}”{_FAULTS[code]}：{what}。"
    return [finding(code, message, (span,), {"label": label.text})]


_FAULTS = {
    "numbering.duplicated": "重复",
    "numbering.skipped": "跳号",
    "numbering.broken": "接不上",
}


def _code_of(number: int, known: int) -> str:
    if known and number == known:
        return "numbering.duplicated"
    return "numbering.skipped" if known and number > known + 1 else "numbering.broken"


def inline_numbering(reading: Reading) -> list[Problem]:
    """The same for 一是…二是… inside a paragraph; a new 一是 begins a new list."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        before = 0
        for match in _INLINE.finditer(para.text) if "是" in para.text else ():
            number = _ORDER.get(match["n"], 0)
            if before and number and number not in (1, before + 1):
                found.append(_inline(para, match, number, before))
            before = number
    return found


def _inline(para: Paragraph, match: re.Match[str], number: int, before: int) -> Problem:
    code = _code_of(number, before)
    above = "一二三四五六七八九十"[before - 1]
    message = f"编号“{match.group()}”{_FAULTS[code]}：前一个是“{above}是”。"
    span = para.hull(*match.span())
    return finding(code, message, (span,), {"label": match.group()})


def unpaired_signs(reading: Reading) -> list[Problem]:
    """`signs.unpaired`: a bracket or quotation mark without its other half.

    Halves that a page or column keeps apart, in two paragraphs, count as paired.
    """
    lonely = [(n, at) for n in reading.text for at in _unpaired(reading.paragraphs[n].text)]
    where: dict[str, list[int]] = {}
    for n, place in lonely:
        where.setdefault(reading.paragraphs[n].text[place], []).append(n)
    return [
        _lonely(reading.paragraphs[n], place)
        for n, place in lonely
        if not _half_elsewhere(n, reading.paragraphs[n].text[place], where)
    ]


def _lonely(para: Paragraph, place: int) -> Problem:
    sign, around = para.text[place], para.text[max(0, place - 6) : place + 8]
    message = f"“{sign}”没有配对：……{around}……"
    span = para.hull(place, place + 1)
    return finding("signs.unpaired", message, (span,), {"sign": sign})


def _half_elsewhere(n: int, sign: str, where: dict[str, list[int]]) -> bool:
    """Whether the other half stands alone within thirty paragraphs, on the right side."""
    if sign in _PAIRS:
        halves, low, high = where.get(_PAIRS[sign], []), n - 30, n - 1
    else:
        halves, low, high = where.get(_RIGHT.get(sign, ""), []), n + 1, n + 30
    first = bisect_left(halves, low)
    return first < len(halves) and halves[first] <= high


def _unpaired(text: str) -> list[int]:
    open_signs: list[tuple[str, int]] = []
    counts: Counter[str] = Counter()
    lonely = []
    for match in _SIGN.finditer(text):
        sign, place = _WIDE.get(match.group(), match.group()), match.start()
        left = _PAIRS.get(sign)
        if left is None:
            open_signs.append((sign, place))
            counts[sign] += 1
        elif counts[left]:
            while (one := open_signs.pop())[0] != left:
                lonely.append(one[1])
                counts[one[0]] -= 1
            counts[left] -= 1
        elif not (sign == "）" and _LIST_MARK.search(text[max(0, place - 3) : place])):
            lonely.append(place)
    return sorted(lonely + [where for _, where in open_signs])


def repeated_words(reading: Reading) -> list[Problem]:
    """`word.repeated`: a run of three and more characters written twice in a row."""
    found = []
    rare = [pattern for pattern in (_PARTICLES, _VERBS) if pattern.search(reading.words)]
    for n in reading.text:
        para = reading.paragraphs[n]
        here = 0
        for start, end, word in sorted(_repeats(para.text, rare)):
            if start < here:
                continue
            here = end
            said = para.text[start:end]
            message = f"“{word}”重复出现：{said}"
            found.append(
                finding("word.repeated", message, (para.hull(start, end),), {"word": word})
            )
    return found


def _repeats(text: str, rare: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) of what is written twice, in no fixed order."""
    for pattern in (_REPEATED, *rare):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), next(one for one in match.groups() if one)
    for match in _LISTED.finditer(text):
        word, place = match[1], match.start()
        if place >= len(word) and text.startswith(word, place - len(word)):
            yield place - len(word), match.end(), word
