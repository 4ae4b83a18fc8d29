"""OFD files by GB/T 33190-2016, written for the tests; `faults` says where one isn't by it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from factories.words import zipped

SPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SIZE = 4.233
"""12 points in millimetres."""


class Words(NamedTuple):
    """Text set from a place (millimetres, baseline), letter beside letter or as `delta` says."""

    x: float
    y: float
    text: str
    delta: str | None = None
    ctm: str = ""
    down: str = ""


class Sheet(NamedTuple):
    """A page: what stands on it, what is drawn, how many pictures, the template below it."""

    words: Sequence[Words]
    drawing: str = ""
    pictures: int = 0
    template: bool = False
    inner: str = ""


def text_object(key: int, words: Words) -> str:
    many = len(words.text) - 1
    step = f"g {many} {SIZE}" if many > 1 else str(SIZE)
    delta = words.delta if words.delta is not None else (step if many else "")
    shift = f' DeltaX="{delta}"' if delta else ""
    shift += f' DeltaY="{words.down}"' if words.down else ""
    ctm = f' CTM="{words.ctm}"' if words.ctm else ""
    return (
        f'<ofd:TextObject ID="{key}" Boundary="{words.x} {words.y - SIZE} 150 6" Font="2"'
        f' Size="{SIZE}"{ctm}><ofd:FillColor Value="0 0 0"/>'
        f'<ofd:TextCode X="0" Y="{SIZE}"{shift}>{words.text}</ofd:TextCode></ofd:TextObject>'
    )


def path_object(key: int, data: str, extra: str = 'LineWidth="0.2"') -> str:
    return (
        f'<ofd:PathObject ID="{key}" Boundary="0 0 210 297" {extra}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table_sheet(rows: Sequence[Sequence[str]], left: float = 20, top: float = 30) -> Sheet:
    """A ruled table with rows of 10 mm and columns of 40 mm."""
    wide, high = 40 * len(rows[0]), 10 * len(rows)
    lines = [
        f"M {left} {top + 10 * r} L {left + wide} {top + 10 * r}" for r in range(len(rows) + 1)
    ]
    lines += [
        f"M {left + 40 * c} {top} L {left + 40 * c} {top + high}" for c in range(len(rows[0]) + 1)
    ]
    words = [
        Words(left + 2 + 40 * c, top + 7 + 10 * r, cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell
    ]
    return Sheet(words, " ".join(lines))


def page(sheet: Sheet, first: int) -> str:
    """The Content.xml of a page; objects are numbered from `first`."""
    keys = iter(range(first, first + 10_000))
    inner = "".join(text_object(next(keys), words) for words in sheet.words)
    if sheet.drawing:
        inner += path_object(next(keys), sheet.drawing)
    for _ in range(sheet.pictures):
        inner += f'<ofd:ImageObject ID="{next(keys)}" Boundary="0 0 9 9" ResourceID="3"/>'
    template = '<ofd:Template TemplateID="4" ZOrder="Background"/>' if sheet.template else ""
    return (
        f'{HEAD}<ofd:Page xmlns:ofd="{SPACE}">{template}<ofd:Area><ofd:PhysicalBox>0 0 210 297'
        f'</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="{next(keys)}" Type="Body">'
        f"{inner}{sheet.inner}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(
    sheets: Iterable[Sheet | str],
    *,
    template: Sheet | None = None,
    space: str = SPACE,
    parts: Mapping[str, str | bytes | None] | None = None,
    resources: str = "",
) -> bytes:
    """A package of one document; a page given as text has its lines 8 mm apart.

    `parts` replaces or, with None, takes away parts.
    """
    pages = [one if isinstance(one, Sheet) else lines(one) for one in sheets]
    entries = "".join(
        f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    template_page = (
        '<ofd:TemplatePage ID="4" Name="T" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    )
    made: dict[str, str | bytes | None] = {
        "OFD.xml": f'{HEAD}<ofd:OFD xmlns:ofd="{SPACE}" Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>44f0a6c1b2d34e5f8a9b0c1d2e3f4a5b</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'{HEAD}<ofd:Document xmlns:ofd="{SPACE}"><ofd:CommonData>'
        "<ofd:MaxUnitID>999999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"{template_page}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res xmlns:ofd="{SPACE}" BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
        f'<ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image"><ofd:MediaFile>a.png'
        f"</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>{resources}</ofd:Res>",
    }
    for n, sheet in enumerate(pages):
        made[f"Doc_0/Pages/Page_{n}/Content.xml"] = page(sheet, 1000 + 10_001 * n)
    if template:
        made["Doc_0/Tpls/Tpl_0/Content.xml"] = page(template, 900_000)
    made |= parts or {}
    return zipped(
        {
            name: content.replace(SPACE, space) if isinstance(content, str) else content
            for name, content in made.items()
            if content is not None
        }
    )


def lines(text: str) -> Sheet:
    """A page of lines 8 mm apart."""
    return Sheet([Words(20, 30 + 8 * n, line) for n, line in enumerate(text.split("\n")) if line])


def faults(data: bytes) -> list[str]:
    """Where a package isn't by the standard: targets, numbers, required attributes and elements."""
    found: list[str] = []
    keys: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in sorted(names):
            root = etree.fromstring(archive.read(name))
            for element in root.iter():
                tag = etree.QName(element).localname
                target = element.get("BaseLoc") if tag != "Res" else None
                target = element.text if tag in ("DocRoot", "PublicRes") else target
                if target and posixpath.join(posixpath.dirname(name), target) not in names:
                    found.append(f"{name}: {target} is not there")
                if tag.endswith("Object"):
                    found += [
                        f"{name}: {tag} without {one}"
                        for one in ("ID", "Boundary")
                        if not element.get(one)
                    ]
                if tag == "TextObject" and not (element.get("Font") and element.get("Size")):
                    found.append(f"{name}: text without font or size")
                if element.get("ID") and tag not in ("Template",):
                    keys.append(element.get("ID"))
    found += [f"number {key} comes twice" for key in {key for key in keys if keys.count(key) > 1}]
    return found + [f"{name} is missing" for name in ("OFD.xml",) if name not in names]
