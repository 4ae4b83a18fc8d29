"""Paragraph styles as far as numbering and hidden text need them."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kit.readers.markup import Element
from luodi.kit.readers.word.names import W, child, is_on, value

DEPTH = 32
"""Styles based on one another, at most; also ends a circle."""


@dataclass(frozen=True)
class Style:
    """One style: its base, the list it names and whether it hides text."""

    base: str | None
    number: str | None
    depth: str | None
    hidden: bool


class Styles:
    """The styles of styles.xml."""

    def __init__(self, root: Element | None) -> None:
        elements = [] if root is None else root.findall(W + "style")
        self._styles = {value(e, "styleId") or "": _style(e) for e in elements}
        self.default = next((value(e, "styleId") for e in elements if _is_default(e)), None)

    def chain(self, name: str | None) -> list[tuple[str, Style]]:
        """A style and those it is based on, nearest first."""
        found: list[tuple[str, Style]] = []
        while name is not None and name in self._styles and len(found) < DEPTH:
            style = self._styles[name]
            found.append((name, style))
            name = style.base
        return found

    def hides(self, name: str | None) -> bool:
        """Whether a style hides its text."""
        return any(style.hidden for _, style in self.chain(name))

    def lists(self) -> dict[str, str]:
        """The list each style names, for lists that point to a style."""
        return {name: s.number for name, s in self._styles.items() if s.number is not None}


def _style(element: Element) -> Style:
    numbering = child(element, "pPr", "numPr")
    return Style(
        base=value(child(element, "basedOn")),
        number=value(child(numbering, "numId")),
        depth=value(child(numbering, "ilvl")),
        hidden=is_on(child(element, "rPr", "vanish")),
    )


def _is_default(element: Element) -> bool:
    return value(element, "type") == "paragraph" and value(element, "default") in ("1", "true")
