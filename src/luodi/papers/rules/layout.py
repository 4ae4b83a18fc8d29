"""A paper as the lines that Word prints, in order: what is written out, and compared with later.

Every renderer draws these lines and every comparison reads them, so that neither can know a
line that the other doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .snapshot import Block, Content, Figure, Head, Heading, Paragraph, Run, Table, text
from .wording import (
    ATTACHMENTS,
    COPY_TO,
    INTERNAL_LINE,
    MASTHEAD,
    NO_NUMBER,
    PRINTED,
    REPORT_TO,
    SEND_TO,
    TAIL,
    UNSIGNED,
    UNSIGNED_LINE,
    Issued,
    chinese_date,
)


@dataclass(frozen=True)
class Line:
    """One printed line or table row. `place` says where it is, in words.

    role: unsigned masthead number byline title addressee heading1..heading4 body caption
    table-head table-row attachment signature date report-to send-to copy-to printed
    """

    role: str
    cells: tuple[tuple[Run, ...], ...]
    place: str
    table: int = -1

    @property
    def text(self) -> str:
        """The whole line; cells and the two ends of a byline are parted by tabs."""
        return "\t".join("".join(run.text for run in cell) for cell in self.cells)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures on it, from left to right."""
        return tuple(run for cell in self.cells for run in cell if isinstance(run, Figure))


def lines_of(content: Content, issued: Issued | None) -> list[Line]:
    """All lines of a paper. Without `issued` it says on top that nobody has signed it."""
    if content.kind == "brief":
        return list(_brief(content))
    mark = [] if issued else [_line("unsigned", MASTHEAD, UNSIGNED_LINE)]
    frame = _report if content.is_periodical else _notice
    return [*mark, *frame(content, issued)]


def _line(role: str, place: str, *cells: str) -> Line:
    return Line(role, tuple((text(cell),) for cell in cells), place)


def _report(content: Content, issued: Issued | None) -> Iterator[Line]:
    head = content.head
    yield _line("masthead", MASTHEAD, head.masthead or head.title)
    yield _line("number", MASTHEAD, issued.number if issued else NO_NUMBER)
    yield _line("byline", MASTHEAD, head.office, _day(issued))
    if head.masthead and head.masthead != head.title:
        yield _line("title", MASTHEAD, head.title)
    yield from _blocks(content)
    if head.report_to:
        yield _line("report-to", TAIL, REPORT_TO + head.report_to)
    if head.copy_to:
        yield _line("send-to", TAIL, SEND_TO + head.copy_to)


def _brief(content: Content) -> Iterator[Line]:
    """A page for inside use that nobody signs: a title, whose it is and as of when, the blocks."""
    yield _line("unsigned", MASTHEAD, INTERNAL_LINE)
    yield _line("title", MASTHEAD, content.head.title)
    yield _line("byline", MASTHEAD, content.head.office, content.head.masthead)
    yield from _blocks(content)


def _notice(content: Content, issued: Issued | None) -> Iterator[Line]:
    head = content.head
    yield _line("masthead", MASTHEAD, head.masthead)
    yield _line("number", MASTHEAD, issued.number if issued else NO_NUMBER)
    yield _line("title", MASTHEAD, head.title)
    if head.addressees:
        yield _line("addressee", MASTHEAD, f"{head.addressees}：")
    yield from _blocks(content)
    yield from _attachments(head)
    yield _line("signature", TAIL, head.office)
    yield _line("date", TAIL, _day(issued))
    if head.copy_to:
        yield _line("copy-to", TAIL, f"{COPY_TO}{head.copy_to}。")
    yield _line("printed", TAIL, head.office, _day(issued) + (PRINTED if issued else ""))


def _day(issued: Issued | None) -> str:
    return chinese_date(issued.on) if issued else UNSIGNED


def _attachments(head: Head) -> Iterator[Line]:
    """附件：名称, numbered where there are several (GB/T 9704-2012, 7.3.4)."""
    several = len(head.attachments) > 1
    for number, name in enumerate(head.attachments, start=1):
        label = f"{number}." if several else ""
        said = f"{ATTACHMENTS}{label}{name}" if number == 1 else f"{label}{name}"
        yield _line("attachment", ATTACHMENTS.rstrip("："), said)


def _blocks(content: Content) -> Iterator[Line]:
    place, table = content.head.title, -1
    for block in content.blocks:
        if isinstance(block, Heading):
            place = block.text
        if isinstance(block, Table):
            table += 1
        yield from _block(block, place, table)


def _block(block: Block, place: str, table: int) -> Iterator[Line]:
    if isinstance(block, Heading):
        yield Line(f"heading{block.level}", ((text(block.text),),), place)
    elif isinstance(block, Paragraph):
        yield Line("body", (block.runs,), place)
    else:
        where = f"{place} · {block.caption}" if block.caption else place
        if block.caption:
            yield _line("caption", where, block.caption)
        head = tuple((text(label),) for label in block.head)
        yield Line("table-head", head, where, table)
        for row in block.rows:
            yield Line("table-row", row, where, table)
