"""Parsing XML and HTML with entities and network off, and small looks at the trees."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

Element = Any
"""An lxml element; lxml carries no types."""


def parse_xml(data: bytes) -> Element:
    """The root of an XML part. External entities are never fetched, internal ones not expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def elements(data: bytes, *names: str) -> Iterator[Element]:
    """Elements of these local names as they end, each emptied behind the caller's back.

    For parts too large to hold as a tree; entities and network are off as in `parse_xml`.
    """
    events: Any = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in events:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def parse_html(text: str) -> Element | None:
    """The root of a page, or None where it holds no element. Its own encoding notes are ignored."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    return etree.fromstring(data, parser)


def local(element: Element) -> str:
    """Tag name without namespace; empty for what is no element (entities)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole(value: str | None, default: int = 0) -> int:
    """A small whole number written in an attribute, else the default."""
    digits = (value or "").strip()
    sound = digits.removeprefix("-").isdecimal() and len(digits) < 10
    return int(digits) if sound else default
