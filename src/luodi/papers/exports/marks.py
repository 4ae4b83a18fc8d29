"""The few pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ..rules.snapshot import HARMFUL
from .faces import LATIN, Face


def element(tag: str, **attributes: object) -> Any:
    """An element of the w: namespace with w: attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_paragraph(paragraph: Paragraph, face: Face) -> None:
    """Alignment, indents, exact line pitch of a line."""
    shape = paragraph.paragraph_format
    shape.alignment = face.align
    shape.first_line_indent = Pt(face.first)
    shape.left_indent, shape.right_indent = Pt(face.left), Pt(face.right)
    shape.space_before, shape.space_after = Pt(face.before), Pt(face.after)
    shape.line_spacing = Pt(face.pitch)
    shape.widow_control = False
    shape.keep_with_next = face.keep
    shape.page_break_before = False


def add_run(paragraph: Paragraph, said: str, face: Face) -> Run:
    """A run of text: never a field or code; line breaks and tabs inside become spaces."""
    run = paragraph.add_run(" ".join(HARMFUL.sub("", said).splitlines()).replace("\t", " "))
    set_run(run, face)
    return run


def set_run(run: Run, face: Face) -> None:
    """Fonts for Latin and East Asian letters alike, or the reader's machine decides."""
    run.font.size = Pt(face.size)
    run.font.bold = face.bold
    run.font.color.rgb = face.color
    run.font.name = LATIN
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), face.font)
    fonts.set(qn("w:hint"), "eastAsia")
    if face.spacing:
        run._element.rPr.append(element("spacing", val=round(face.spacing * 20)))


def add_tab(paragraph: Paragraph, face: Face) -> None:
    """A tab as a run of its own."""
    run = paragraph.add_run()
    run.add_tab()
    set_run(run, face)


def rule(paragraph: Paragraph, edge: str, size: int, color: str = "000000", space: int = 1) -> None:
    """A rule above or below a paragraph; `size` in 1/8 points, `space` in points."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
            "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi",
            "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:rPr",
        )  # fmt: skip
    borders.append(element(edge, val="single", sz=size, space=space, color=color))


def page_number(paragraph: Paragraph, face: Face) -> None:
    """— 1 —"""
    add_run(paragraph, "— ", face)
    run = paragraph.add_run()
    set_run(run, face)
    for kind in ("begin", None, "separate", "text", "end"):
        if kind is None:
            code = element("instrText")
            code.text = "PAGE"
            run._element.append(code)
        elif kind == "text":
            shown = element("t")
            shown.text = "1"
            run._element.append(shown)
        else:
            run._element.append(element("fldChar", fldCharType=kind))
    add_run(paragraph, " —", face)


def float_at_foot(table: Any, width: int) -> None:
    """Set a table at the foot of its page's type area (the tail of a notice, 7.4)."""
    properties = table._tbl.tblPr
    place = element(
        "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin",
        tblpX=0, tblpYSpec="bottom",
    )  # fmt: skip
    style = properties.find(qn("w:tblStyle"))
    if style is None:
        properties.insert(0, place)
    else:
        style.addnext(place)
    place.addnext(element("tblOverlap", val="never"))
    widths = properties.find(qn("w:tblW"))
    if widths is None:
        widths = element("tblW")
        place.getnext().addnext(widths)
    widths.set(qn("w:w"), str(width))
    widths.set(qn("w:type"), "dxa")


def table_borders(table: Any, **sizes: int) -> None:
    """Rules of a table by edge (top, bottom, insideH, left, right, insideV); 0 is none."""
    borders = element("tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = sizes.get(edge, 0)
        kind = "single" if size else "nil"
        borders.append(element(edge, val=kind, sz=size, space=0, color="000000"))
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)
