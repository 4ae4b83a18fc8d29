"""Signs Word keeps in the private area for its symbol fonts, as characters people can read."""

from __future__ import annotations

SIGNS = {
    0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF070: "□", 0xF071: "❑", 0xF075: "◆", 0xF076: "❖",
    0xF0A1: "○", 0xF0A7: "▪", 0xF0A8: "□", 0xF0AB: "★", 0xF0B2: "✧", 0xF0B7: "•", 0xF0D8: "➢",
    0xF0E0: "→", 0xF0F0: "⇨", 0xF0FB: "☒", 0xF0FC: "✔", 0xF0FD: "☒", 0xF0FE: "☑", 0xF052: "☑",
    0xF0A3: "□", 0xF02A: "□", 0xF053: "☒",
}  # fmt: skip
"""Wingdings, Wingdings 2 and Symbol, the signs met in official papers."""


def shown(text: str) -> str:
    """Text with known signs of the symbol fonts made readable; others stay as they are."""
    return text.translate(SIGNS)


def symbol(code: str | None) -> str:
    """The character of a `w:sym`; empty where the code is no character."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if number < 0x20 or 0xD800 <= number < 0xE000 or number > 0xFFFF:
        return ""
    return shown(chr(number | 0xF000 if number < 0x100 else number))
