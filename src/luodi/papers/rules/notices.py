"""From the plain text of a notice to blocks: headings are told by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .snapshot import Block, Content, Head, Heading, Paragraph, text

FIRST = re.compile(r"[一二三四五六七八九十百]{1,4}、")
SECOND = re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]")
ATTACHMENT_LABEL = re.compile(r"^(?:附件[:：]?\s*)?\d{0,2}[.．、]?\s*")
LONGEST_HEADING = 50


def compose_notice(own: Mapping[str, str], office: str, year: int) -> Content:
    """A notice from what its writer typed: title, addressees, body, attachments, copy_to."""
    head = Head(
        title=one_line(own.get("title", ""))[:200],
        masthead=one_line(own.get("masthead", "")) or f"{office}文件",
        office=office,
        year=year,
        addressees=one_line(own.get("addressees", "")).rstrip("：:")[:400],
        attachments=tuple(attachments(own.get("attachments", ""))),
        copy_to=one_line(own.get("copy_to", "")).rstrip("。")[:200],
    )
    return Content(kind="notice", head=head, blocks=tuple(blocks_of(own.get("body", ""))))


def one_line(said: str) -> str:
    """Text on one line."""
    return " ".join(said.split())


def attachments(said: str) -> list[str]:
    """One attachment a line; labels that were typed are dropped, the paper numbers them."""
    lines = (one_line(line) for line in said.splitlines())
    bare = (ATTACHMENT_LABEL.sub("", line, count=1) for line in lines)
    return [line for line in bare if line]


def blocks_of(body: str) -> Iterator[Block]:
    """A heading or paragraph for each line that isn't empty.

    A label 一、 or （一） makes a heading of a short line without a full stop; before a longer
    one it sets the text up to the first 。 as a run-in heading.
    """
    for line in body.splitlines():
        said = line.strip()
        if said:
            yield _block(said)


def _block(said: str) -> Block:
    level = 1 if FIRST.match(said) else 2 if SECOND.match(said) else 0
    stop = said.find("。")
    if not level:
        return Paragraph(runs=(text(said),))
    if stop in (-1, len(said) - 1) and len(said) <= LONGEST_HEADING:
        return Heading(level=level, text=said)
    if 0 < stop < LONGEST_HEADING:
        return Paragraph(runs=(text(said[: stop + 1], level), text(said[stop + 1 :])))
    return Paragraph(runs=(text(said),))
