"""A correction note composed from accepted findings: what is printed, why not, what should be.

The words are official and stay Chinese whatever the interface speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from luodi.papers.rules.notices import one_line
from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Head,
    Heading,
    Paragraph,
    Run,
    figure,
    text,
)

FIGURE = re.compile(r"([-−]?\d[\d,]*(?:\.\d+)?)(\D{0,20})")
MOST_QUOTES = 4
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Correction:
    """One accepted finding. `quotes` are (page, heading, words); `page` 0: no pages."""

    finding: str
    kind: str
    message: str
    correction: str
    quotes: tuple[tuple[int, str, str], ...]
    against: tuple[tuple[str, str], ...] = ()
    """Title and sentence of each other document it contradicts."""


@dataclass(frozen=True)
class NoteHead:
    """What a note says of its document and of its office."""

    title: str
    number: str
    issuer: str
    office: str
    year: int


def default_title(head: NoteHead) -> str:
    """The title a note begins with."""
    return f"关于《{head.title}》有关内容的更正建议函"[:200]


def default_opening(head: NoteHead, count: int) -> str:
    """The first paragraph, from what the document says of itself; without corrections, so."""
    if not count:
        return "（目前没有采纳的更正，本函暂不成文。请先在文件检查里采纳至少一条。）"
    number = f"（{head.number}）" if head.number else ""
    places = "两" if count == 2 else chinese(count)
    return (
        f"在研究落实《{head.title}》{number}时，经逐项核对，发现有{places}处内容"
        "前后不一致或疑有差错。现将更正建议函告如下，请予核实。"
    )


DEFAULT_CLOSING = "以上建议妥否，请核实；确需更正的，请按程序更正并将结果函告我单位。"


def compose_note(
    head: NoteHead, corrections: Sequence[Correction], own: Mapping[str, str]
) -> Content:
    """The whole note; the office's own words stand in the places of the default ones."""
    return Content(
        kind="correction_note",
        head=Head(
            title=one_line(own.get("title", ""))[:200] or default_title(head),
            masthead=head.office,
            office=head.office,
            year=head.year,
            addressees=one_line(own.get("addressees", head.issuer)).rstrip("：:")[:400],
            copy_to=one_line(own.get("copy_to", "")).rstrip("。")[:200],
        ),
        blocks=tuple(_blocks(head, corrections, own)),
    )


def _blocks(
    head: NoteHead, corrections: Sequence[Correction], own: Mapping[str, str]
) -> Iterator[Block]:
    yield from _said(own.get("opening", "").strip() or default_opening(head, len(corrections)))
    for number, one in enumerate(corrections, start=1):
        source = f"finding:{one.finding}"
        yield Heading(level=1, text=f"{chinese(number)}、{_where(one)}"[:400], source=source)
        if one.quotes:
            yield Paragraph(runs=(text(f"原文：{_quoted(one)}"),), source=source)
        for title, sentence in one.against:
            said = f"《{title}》：“{sentence.rstrip('。')}”。"
            yield Paragraph(runs=(text(said),), source=source)
        yield Paragraph(runs=(text(f"核对：{one.message}"),), source=source)
        yield Paragraph(runs=tuple(_proposal(one, source)), source=source)
    yield from _said(own.get("closing", "").strip() or DEFAULT_CLOSING)


def _said(words: str) -> Iterator[Block]:
    for line in words.splitlines():
        if line.strip():
            yield Paragraph(runs=(text(line.strip()),))


def _where(one: Correction) -> str:
    """Where it stands, as a heading without a full stop; its kind where there is no place."""
    page, heading, _words = one.quotes[0] if one.quotes else (0, "", "")
    nearest = heading.split(" › ")[-1]
    said = [f"第{page}页" if page else "", f"“{nearest}”部分" if nearest else ""]
    return "".join(said) or one.kind


def _quoted(one: Correction) -> str:
    said = "；".join(
        f"“{words.rstrip('。')}”" for _page, _heading, words in one.quotes[:MOST_QUOTES]
    )
    more = len(one.quotes) - MOST_QUOTES
    return f"{said}等{len(one.quotes)}处。" if more > 0 else f"{said}。"


def _proposal(one: Correction, source: str) -> Iterator[Run]:
    if not one.correction:
        yield text("建议：请核实后更正。")
        return
    yield text("建议：更正为“")
    found = FIGURE.fullmatch(one.correction)
    if found and len(found[1]) <= 60:
        yield figure(f"{one.kind}：建议更正值", found[1], source, found[2])
    else:
        yield text(one.correction)
    yield text("”。")


def chinese(number: int) -> str:
    """A whole number below one hundred in Chinese characters, greater ones in digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")
