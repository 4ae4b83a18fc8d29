"""A form's layout and checks as lines a person writes, and back.

    rows       code | name | indicator code
    columns    code | name | indicator code | period (this, previous, last_year; 本期 上期 上年同期)
    checks     code | hard or soft (硬 软) | formula | words

An empty part is left out; a line of the wrong shape is a fault with its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ABOUT = {"本期": "this", "上期": "previous", "上年同期": "last_year", "": "this"}
HARD = {"硬": True, "软": False, "hard": True, "soft": False, "": True}


class Unwritten(Exception):
    """A line that can't be read: its number and a code (parts, about, hard, indicator)."""

    def __init__(self, line: int, code: str, about: str = "") -> None:
        super().__init__(code)
        self.line, self.code, self.about = line, code, about


def parts_of_lines(text: str, most: int) -> Iterable[tuple[int, list[str]]]:
    """(line number, parts) of each line that says something."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if not 2 <= len(parts) <= most:
            raise Unwritten(number, "parts")
        yield number, parts + [""] * (most - len(parts))


def _indicator(number: int, code: str, keys: Mapping[str, str]) -> dict[str, str]:
    if not code:
        return {}
    if code not in keys:
        raise Unwritten(number, "indicator", code)
    return {"indicator": keys[code]}


def read_rows(text: str, keys: Mapping[str, str]) -> list[dict[str, str]]:
    """Fixed rows; `keys` are indicator keys by code."""
    return [
        {"key": key, "label": label, **_indicator(number, code, keys)}
        for number, (key, label, code) in parts_of_lines(text, 3)
    ]


def read_columns(text: str, keys: Mapping[str, str]) -> list[dict[str, str]]:
    """Columns with the period each is about."""
    found = []
    for number, (key, label, code, about) in parts_of_lines(text, 4):
        when = ABOUT.get(about, about)
        if when not in ABOUT.values():
            raise Unwritten(number, "about", about)
        found.append({"key": key, "label": label, "about": when} | _indicator(number, code, keys))
    return found


def read_checks(text: str, others: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Checks that are formulas, after those of `others` that aren't."""
    kept = [dict(check) for check in others if check.get("kind") != "formula"]
    for number, (key, hard, formula, words) in parts_of_lines(text, 4):
        if hard not in HARD:
            raise Unwritten(number, "hard", hard)
        check = {"key": key, "kind": "formula", "formula": formula, "hard": HARD[hard]}
        kept.append(check | ({"zh": words} if words else {}))
    return kept


def codes_in(texts: Iterable[str]) -> frozenset[str]:
    """Whatever stands where an indicator code would, in rows or columns."""
    lines = (line.replace("｜", "|").split("|") for text in texts for line in text.splitlines())
    return frozenset(parts[2].strip() for parts in lines if len(parts) > 2)


def write_rows(layout: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    """Fixed rows as lines; `codes` are indicator codes by key."""
    items = layout.get("rows", {}).get("items", [])
    return "\n".join(
        _line(item["key"], item["label"], codes.get(item.get("indicator", ""), ""))
        for item in items
    )


def write_columns(layout: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    """Columns as lines."""
    words = {word: said for said, word in ABOUT.items() if said}
    lines = []
    for column in layout.get("columns", []):
        about = column.get("about") or "this"
        said = "" if about == "this" else words[about]
        code = codes.get(column.get("indicator", ""), "")
        lines.append(_line(column["key"], column["label"], code, said))
    return "\n".join(lines)


def write_checks(checks: Iterable[Mapping[str, Any]]) -> str:
    """The checks that are formulas, as lines."""
    return "\n".join(
        _line(
            check["key"],
            "硬" if check.get("hard", True) else "软",
            check["formula"],
            check.get("zh", ""),
        )
        for check in checks
        if check.get("kind") == "formula"
    )


def _line(*parts: str) -> str:
    return " | ".join(parts).rstrip(" |")
