"""A paper as a Word file, line by line as `rules.layout` gives it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt

from ..rules import wording
from ..rules.layout import Line, lines_of
from ..rules.snapshot import HARMFUL, Content, Figure, Run
from ..rules.wording import ATTACHMENTS, Issued
from . import faces
from .archives import settled
from .faces import Face
from .marks import (
    add_run,
    add_tab,
    element,
    float_at_foot,
    page_number,
    rule,
    set_paragraph,
    table_borders,
)

SET_AT_FOOT = ("copy-to", "printed")
RED = "E60012"
LONGEST_DAY = wording.chinese_date(date(2026, 12, 31))
FIXED = datetime(2000, 1, 1, tzinfo=UTC)


def write_word(content: Content, issued: Issued | None) -> bytes:
    """The Word file of a paper. Unsigned, it says so on every page and carries no number."""
    document = Document()
    styles = faces.faces_of(content.kind)
    _set_page(document, marked=issued is None and content.kind != "brief")
    lines = lines_of(content, issued)
    foot = [line for line in lines if line.role in SET_AT_FOOT]
    for table, group in groupby((n for n in lines if n not in foot), key=lambda n: n.table):
        if table >= 0:
            _table(document, list(group), styles)
        else:
            for line in group:
                _line(document, line, styles)
    if foot:
        _foot(document, foot, styles)
    _describe(document, content, issued)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _set_page(document: Any, *, marked: bool) -> None:
    """A4, margins, the grid of 22 lines, page numbers odd and even."""
    section = document.sections[0]
    section.page_width, section.page_height = faces.PAGE
    section.top_margin, section.left_margin = faces.TOP, faces.LEFT
    section.right_margin = faces.PAGE[0] - faces.LEFT - faces.TYPE_AREA[0]
    section.bottom_margin = faces.PAGE[1] - faces.TOP - faces.TYPE_AREA[1]
    section.footer_distance = faces.FOOTER
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = element("docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(faces.GRID_LINE))
    document.settings.odd_and_even_pages_header_footer = True
    face = faces.PAGE_NUMBER
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        set_paragraph(footer.paragraphs[0], replace(face, align=align))
        page_number(footer.paragraphs[0], face)
    if marked:
        for header in (section.header, section.even_page_header):
            mark = replace(faces.CENTRED, font=faces.HEI, size=faces.SIZE_4, color=faces.RED)
            set_paragraph(header.paragraphs[0], mark)
            add_run(header.paragraphs[0], wording.UNSIGNED, mark)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = faces.LATIN, Pt(faces.SIZE_3)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), faces.FANG_SONG)


def _line(document: Any, line: Line, styles: dict[str, Face]) -> None:
    face = _fitted(line, styles[line.role])
    if line.role == "report-to":
        _gap(document)
    paragraph = document.add_paragraph()
    set_paragraph(paragraph, face)
    for number, cell in enumerate(line.cells):
        if number:
            stop = faces.TYPE_AREA[0] - Pt(face.right)
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
            add_tab(paragraph, face)
        _runs(paragraph, cell, face)
    _rules(paragraph, line, styles)


def _fitted(line: Line, face: Face) -> Face:
    """The face, fitted to what the line says: long mastheads, attachments, the signature."""
    said = line.text
    if line.role == "masthead":
        room = faces.TYPE_AREA[0].pt / max(1.0, faces.width_of(said) / faces.EM)
        return face if face.size + face.spacing <= room else _smaller(face, room)
    if line.role == "attachment":
        first = said.startswith(ATTACHMENTS)
        return replace(face, first=-3 * faces.EM if first else 0, before=faces.PITCH * first)
    if line.role == "signature":
        return replace(face, right=max(0.0, 4 * faces.EM + _centring(said)))
    return face


def _smaller(face: Face, room: float) -> Face:
    size = max(faces.SIZE_2, room)
    return replace(face, size=round(size * 2 - 0.5) / 2, spacing=0, pitch=size * 1.4)


def _centring(said: str) -> float:
    """How far right of it the signature ends when it is centred on the date (7.3.5.1)."""
    return (faces.width_of(LONGEST_DAY) - faces.width_of(said)) / 2


def _runs(paragraph: Any, cell: Sequence[Run], face: Face) -> None:
    for run in cell:
        if isinstance(run, Figure) or not run.face:
            add_run(paragraph, run.text, face)
        else:
            font = faces.HEI if run.face == 1 else faces.KAI
            add_run(paragraph, run.text, replace(face, font=font))


def _rules(paragraph: Any, line: Line, styles: dict[str, Face]) -> None:
    """The red rule under the head, the black ones of a report's tail."""
    if line.role == "byline" or (line.role == "number" and styles is faces.NOTICE):
        rule(paragraph, "bottom", faces.RED_RULE, RED, space=11 if line.role == "number" else 4)
    elif line.role == "report-to":
        rule(paragraph, "top", faces.THICK, space=4)
    elif line.role == "send-to":
        rule(paragraph, "top", faces.THIN)
        rule(paragraph, "bottom", faces.THICK, space=4)


def _gap(document: Any) -> None:
    """An empty line before the tail."""
    paragraph = document.add_paragraph()
    set_paragraph(paragraph, faces.COMMON["body"])


def _table(document: Any, lines: list[Line], styles: dict[str, Face]) -> None:
    """A ruled table whose head is repeated on each page; figures stand right."""
    table = document.add_table(rows=0, cols=len(lines[0].cells))
    table_borders(table, top=8, bottom=8, left=4, right=4, insideH=4, insideV=4)
    for line in lines:
        row = table.add_row()
        mark = row._tr.get_or_add_trPr()
        mark.append(element("cantSplit"))
        if line.role == "table-head":
            mark.append(element("tblHeader"))
        for place, cell in zip(row.cells, line.cells, strict=True):
            figures = bool(cell) and all(isinstance(run, Figure) for run in cell)
            face = styles[line.role]
            face = replace(face, align=ALIGN.RIGHT) if figures else face
            set_paragraph(place.paragraphs[0], face)
            _runs(place.paragraphs[0], cell, face)
    _gap_after_table(document)


def _gap_after_table(document: Any) -> None:
    paragraph = document.add_paragraph()
    set_paragraph(paragraph, replace(faces.COMMON["body"], pitch=10))


def _foot(document: Any, lines: list[Line], styles: dict[str, Face]) -> None:
    """抄送 and 印发 between rules, at the foot of the last page (7.4)."""
    table = document.add_table(rows=0, cols=1)
    table_borders(table, top=faces.THICK, bottom=faces.THICK, insideH=faces.THIN)
    float_at_foot(table, round(faces.TYPE_AREA[0].pt * 20))
    for line in lines:
        face = styles[line.role]
        paragraph = table.add_row().cells[0].paragraphs[0]
        set_paragraph(paragraph, face)
        for number, cell in enumerate(line.cells):
            if number:
                stop = faces.TYPE_AREA[0] - Pt(face.right + 11)
                paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
                add_tab(paragraph, face)
            _runs(paragraph, cell, face)
    last = document.add_paragraph()
    set_paragraph(last, replace(faces.COMMON["body"], pitch=1))


def _describe(document: Any, content: Content, issued: Issued | None) -> None:
    """Properties of the file: no machine, no hour, nobody's name."""
    about = document.core_properties
    about.author = about.last_modified_by = HARMFUL.sub("", content.head.office)
    about.title = HARMFUL.sub("", content.head.title)
    about.subject = issued.number if issued else wording.UNSIGNED
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = about.last_printed = FIXED
    about.revision = 1
