"""Word files made part by part, where python-docx has no word for what a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r0" Type="x/other" Target="docProps/core.xml"/>'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts; the same parts always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def part(name: str, inner: str) -> str:
    """An XML part with a root of this name."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{inner}</w:{name}>'


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body (WordprocessingML) and other parts."""
    document = part("document", f"<w:body>{body}</w:body>")
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
            **(parts or {}),
        }
    )


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, number: int, depth: int | None = 0) -> str:
    """A paragraph of a list."""
    level = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return p(text, f'<w:numPr>{level}<w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, style: str, pattern: str, start: int | None = 1, extra: str = "") -> str:
    """A level of a list."""
    first = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{depth}">{first}<w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(number: int, inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def num(number: int, of: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def start_override(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def cell(inner: str, span: int = 1, extra: str = "") -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{extra}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
