"""Names in WordprocessingML and looks at attributes and switches."""

from __future__ import annotations

from luodi.kit.readers.markup import Element, parse_xml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{WORD}}}"
OFF = frozenset({"0", "false", "off", "none"})


def parse_part(data: bytes) -> Element:
    """The root of a part; the strict flavour is read under the names of the usual one."""
    return parse_xml(data.replace(STRICT, WORD.encode()))


def child(element: Element | None, *path: str) -> Element | None:
    """The first child along a path of names, or None."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element that may be missing."""
    return None if element is None else element.get(W + name)


def is_on(element: Element | None) -> bool:
    """Whether a switch (`w:vanish`) is there and not turned off."""
    return element is not None and element.get(W + "val", "1").lower() not in OFF
