"""Where a document of a file ends and the next begins: plans, reviews, texts of a news page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.labels import DATELINE
from luodi.kit.outlines.head import NUMBER, tight
from luodi.kit.outlines.items import label_at

_SECTION = re.compile(r"【[^】]{2,30}】\Z")
_FROM_PAGE = re.compile(r"[（(](?:上接|紧接)[^）)]{1,10}[）)]\Z")
_CLOSED = re.compile(r"[。！？；：）)】]\Z")
_OPENS = re.compile(r"(?:(?:19|20)\d\d年|今年|去年|近年|一年来)")
_HEADLINE = 40


def split_documents(paragraphs: Sequence[Paragraph]) -> list[range]:
    """Index ranges of the documents in one file, which is one document unless it says otherwise.

    A second number line begins another plan; 【成绩】 that comes again, another review; a dateline
    (本报讯), another text of a news page.
    """
    starts = {*_numbered(paragraphs), *_reviews(paragraphs), *_news(paragraphs)}
    return [range(a, b) for a, b in itertools.pairwise([*sorted(starts), len(paragraphs)])]


def _numbered(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Starts of documents that have a number line of their own."""
    starts = [0]
    first = ""
    for n, para in enumerate(paragraphs):
        number = tight(para.text)
        if len(number) > 26 or not NUMBER.fullmatch(number):
            continue
        if not first:
            first = number
        elif number != first and n - starts[-1] > 8:
            starts.append(_head_start(paragraphs, n))
            first = number
    return starts


def _head_start(paragraphs: Sequence[Paragraph], number_at: int) -> int:
    """First paragraph of the head a number line stands in: up over title and organ lines."""
    start = number_at
    for n in range(number_at - 1, max(-1, number_at - 7), -1):
        text = paragraphs[n].text.strip()
        if re.search(r"[。；：:，]|\d日", text) or len(text) > 60 or label_at(text):
            break
        start = n
    return start


def _reviews(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Starts of texts whose sections in 【】 begin over again: the paragraph that opens them."""
    starts: list[int] = []
    seen: set[str] = set()
    last = 0
    for n, para in enumerate(paragraphs):
        if para.text[0] != "【" or not _SECTION.match(para.text):
            continue
        name = tight(para.text)
        if name in seen:
            starts.append(_opening(paragraphs, n, last))
            seen = set()
        seen.add(name)
        last = n
    return starts


def _opening(paragraphs: Sequence[Paragraph], section: int, floor: int) -> int:
    """The paragraph above a section that opens its text: with a time, else the one right above."""
    for n in range(section - 1, max(floor, section - 4), -1):
        if label_at(paragraphs[n].text):
            return n + 1
        if _OPENS.match(paragraphs[n].text):
            return n
    return section - 1 if section - 1 > floor else section


def _news(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Starts of the texts of a news page; a headline above the first dateline is above them all."""
    lines = [n for n, para in enumerate(paragraphs) if _begins(para.text)]
    if not lines:
        return []
    starts = []
    above = lines[0] > 0
    for n in lines:
        start = n
        while above and start > 0 and _is_headline(paragraphs[start - 1]):
            start -= 1
        starts.append(start)
    return [start for start in starts if start > 0] if len(lines) > 1 else []


def _begins(text: str) -> bool:
    return bool(DATELINE.match(text) or (text[0] in "（(" and _FROM_PAGE.match(text)))


def _is_headline(para: Paragraph) -> bool:
    text = para.text.strip()
    return (
        para.kind == "text"
        and len(text) <= _HEADLINE
        and "。" not in text
        and not _CLOSED.search(text)
        and not label_at(text)
        and not _begins(text)
    )


def headline_behind(paragraphs: Sequence[Paragraph], whole: range) -> str | None:
    """The headline of a news text printed behind it, its lines parted by a blank; empty: none.

    None where the document is no text of a news page.
    """
    if not _begins(paragraphs[whole.start].text):
        return None
    lines: list[str] = []
    for n in range(whole.stop - 1, max(whole.start, whole.stop - 7), -1):
        if _is_headline(paragraphs[n]):
            lines.insert(0, paragraphs[n].text.strip())
        elif lines:
            break
    return " ".join(lines)
