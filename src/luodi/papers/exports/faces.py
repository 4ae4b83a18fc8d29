"""Type, colour and measure of official papers, after GB/T 9704-2012 (Party and government organs).

Clause numbers are those of that standard. Fonts are named, never shipped: the reader's machine
has them, or shows its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Length, Mm, RGBColor

from ..rules.wording import BIAO_SONG, FANG_SONG, HEI, KAI, SONG

LATIN = "Times New Roman"
RED, BLACK = RGBColor(0xE6, 0x00, 0x12), RGBColor(0, 0, 0)

SIZE_1, SIZE_2, SIZE_3, SIZE_4, SMALL_4 = 26.0, 22.0, 16.0, 14.0, 12.0
"""一号、二号、三号、四号、小四 in points."""

PAGE = (Mm(210), Mm(297))
TOP, LEFT = Mm(37), Mm(28)
TYPE_AREA = (Mm(156), Mm(225))
"""5.2.1: top margin 37 mm, left 28 mm, type area 156 mm x 225 mm."""

LINES, CHARACTERS = 22, 28
"""5.2.3: 22 lines of 28 characters."""

PITCH = TYPE_AREA[1].pt / LINES
"""Line pitch in points (28.99)."""

GRID_LINE = round(PITCH * 20)
"""The grid's line pitch in twentieths of a point."""

TIGHT = int((TYPE_AREA[0].pt / CHARACTERS - SIZE_3) * 20 - 1) / 20
"""Space between characters of the body (-0.25 pt), so that 28 stand on a line. Set on the runs:
a character grid narrower than the type makes some programs give each character two cells."""

EM = SIZE_3
"""One character of the body, in points."""


@dataclass(frozen=True)
class Face:
    """How a line is set. Lengths in points; `first` indents the first line."""

    font: str = FANG_SONG
    size: float = SIZE_3
    bold: bool = False
    color: RGBColor = BLACK
    align: int = ALIGN.LEFT
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    pitch: float = PITCH
    keep: bool = False
    spacing: float = 0.0
    """Extra space between characters, in points."""


BODY = Face(align=ALIGN.JUSTIFY, first=2 * EM, spacing=TIGHT)
CENTRED = Face(align=ALIGN.CENTER)

COMMON = {
    "unsigned": replace(CENTRED, font=HEI, size=SIZE_4, color=RED),
    "heading1": replace(BODY, font=HEI, keep=True),
    "heading2": replace(BODY, font=KAI, keep=True),
    "heading3": replace(BODY, bold=True, keep=True),
    "heading4": replace(BODY, keep=True),
    "body": BODY,
    "caption": replace(CENTRED, font=HEI, size=SIZE_4, before=8, keep=True),
    "table-head": replace(CENTRED, font=HEI, size=SMALL_4, pitch=18),
    "table-row": Face(size=SMALL_4, pitch=18),
}

REPORT = COMMON | {
    "masthead": replace(
        CENTRED, font=BIAO_SONG, size=38, color=RED, before=10, pitch=52, spacing=3
    ),
    "number": replace(CENTRED, before=8),
    "byline": Face(left=0, right=0, after=2),
    "title": replace(CENTRED, font=BIAO_SONG, size=SIZE_2, before=PITCH, after=PITCH / 2, pitch=34),
    "report-to": Face(size=SIZE_4, first=14, pitch=24),
    "send-to": Face(size=SIZE_4, first=14, pitch=24),
}

NOTICE = COMMON | {
    "masthead": replace(
        CENTRED, font=BIAO_SONG, size=40, color=RED, before=Mm(35).pt - 18, pitch=56, spacing=2
    ),
    "number": replace(CENTRED, before=2 * PITCH),
    "title": replace(CENTRED, font=BIAO_SONG, size=SIZE_2, before=2 * PITCH, after=PITCH, pitch=34),
    "addressee": Face(spacing=TIGHT),
    "attachment": replace(BODY, before=0, first=0, left=5 * EM),
    "signature": Face(align=ALIGN.RIGHT, before=2 * PITCH, keep=True),
    "date": Face(align=ALIGN.RIGHT, right=4 * EM),
    "copy-to": Face(size=SIZE_4, left=14, right=14, pitch=24),
    "printed": Face(size=SIZE_4, left=14, right=14, pitch=24),
}

BRIEF = {
    "unsigned": replace(CENTRED, font=HEI, size=10, color=RED, pitch=14),
    "title": replace(CENTRED, font=BIAO_SONG, size=SIZE_3, before=4, after=2, pitch=22),
    "byline": Face(size=10, pitch=16, after=2),
    "heading1": Face(font=HEI, size=SMALL_4, before=5, pitch=18, keep=True),
    "heading2": Face(font=KAI, size=SMALL_4, before=3, pitch=18, keep=True),
    "heading3": Face(size=SMALL_4, bold=True, pitch=18, keep=True),
    "heading4": Face(size=SMALL_4, pitch=18, keep=True),
    "body": Face(size=11, pitch=16),
    "caption": replace(CENTRED, font=HEI, size=10, pitch=14, keep=True),
    "table-head": replace(CENTRED, font=HEI, size=10, pitch=14),
    "table-row": Face(size=10, pitch=14),
}
"""A one-page brief: not an official paper, so that it may be small."""

FACES = {"progress_report": REPORT, "bulletin": REPORT, "brief": BRIEF}
"""Faces by kind of content; a letter's for the others."""


def faces_of(kind: str) -> dict[str, Face]:
    """How the lines of a kind of content are set."""
    return FACES.get(kind, NOTICE)


PAGE_NUMBER = Face(font=SONG, size=SIZE_4, right=SIZE_4, left=SIZE_4, pitch=18)
"""7.5: 四号 half-width 宋体 between dashes, one character in from the outer edge."""

FOOTER: Length = Mm(22)
THICK, THIN = 8, 6
"""7.4.2: the first and last rule of the tail 0.35 mm, those between 0.25 mm; in 1/8 points."""

RED_RULE = 18
"""The red rule under the head, in 1/8 points; 4 mm below the number (7.2.6)."""


def width_of(said: str) -> float:
    """The width of a text set in the body's size: half a character for Latin letters, digits."""
    return sum(EM if ord(c) > 0x2E80 or c in "“”‘’—…" else EM / 2 for c in said)
