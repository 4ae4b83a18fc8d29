"""Reading a docx: its parts, its notes and what was left out."""

from __future__ import annotations

from lxml import etree

from luodi.kit.problems import Problem
from luodi.kit.readers.archives import Archive
from luodi.kit.readers.markup import Element
from luodi.kit.readers.sentences import Refusal, tell
from luodi.kit.readers.sources import Draft, Limits
from luodi.kit.readers.word.body import Walk
from luodi.kit.readers.word.names import W, child, parse_part, value
from luodi.kit.readers.word.numbering import Lists
from luodi.kit.readers.word.styles import Styles
from luodi.kit.readers.writing import Writer

RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
ASIDE = {"word/numbering.xml": "自动编号", "word/styles.xml": "样式", "word/footnotes.xml": "脚注",
         "word/endnotes.xml": "尾注"}  # fmt: skip


class Parts:
    """The parts of a docx; a broken one beside the body is left out and said."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.problems: list[Problem] = []

    def body(self) -> Element:
        data = self._archive.part(self._main())
        body = None if data is None else child(parse_part(data), "body")
        if body is None:
            raise Refusal("source.damaged")
        return body

    def aside(self, name: str) -> Element | None:
        data = self._archive.part(name)
        try:
            return None if data is None else parse_part(data)
        except etree.XMLSyntaxError:
            self.problems.append(tell("source.part_unread", part=ASIDE.get(name, "页眉页脚")))
            return None

    def _main(self) -> str:
        """The part the package names as its document."""
        data = self._archive.part("_rels/.rels")
        related = () if data is None else parse_part(data).iter(RELATED)
        for relation in related:
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
        return "word/document.xml"

    def headers(self) -> tuple[str, ...]:
        """The lines of all running heads and feet."""
        lines: list[str] = []
        for name in self._archive.names("word/header", ".xml") + self._archive.names(
            "word/footer", ".xml"
        ):
            root = self.aside(name)
            paragraphs = () if root is None else root.iter(W + "p")
            lines += ["".join(t.text or "" for t in p.iter(W + "t")) for p in paragraphs]
        return tuple(lines)


def read_docx(data: bytes, limits: Limits) -> Draft:
    """Read a Word document.

    The text holds a line per paragraph with the label its numbering prints, boxes behind the
    paragraph they hang on, tables row by row, foot and end notes at the end. Deleted revisions
    and hidden text are left out and counted; macros and embedded objects are never opened.
    """
    parts = Parts(Archive(data, limits))
    styles = Styles(parts.aside("word/styles.xml"))
    lists = Lists(parts.aside("word/numbering.xml"), styles.lists())
    writer = Writer(limits.chars)
    walk = Walk(writer, lists, styles)
    walk.blocks(parts.body())
    for name in ("footnotes", "endnotes"):
        _notes(walk, parts.aside(f"word/{name}.xml"), name[:-1])
    headers = parts.headers()
    text = writer.text
    return Draft(
        text=text,
        pages=((0, len(text)),),
        tables=writer.tables,
        headers=headers,
        problems=(*parts.problems, *_left_out(walk)),
    )


def _notes(walk: Walk, root: Element | None, kind: str) -> None:
    for note in () if root is None else root.findall(W + kind):
        if value(note, "type") not in SEPARATORS:
            walk.blocks(note)


def _left_out(walk: Walk) -> list[Problem]:
    counts = (("source.revisions", walk.deleted), ("source.hidden_text", walk.hidden))
    return [tell(code, count=count) for code, count in counts if count]
