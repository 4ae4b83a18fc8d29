"""Plans read nearly the same however they are set: wrapped, on one line, with half-width signs.

The documents are those of tests/corpus that are set one line a paragraph, set anew. Some settings
lose what parts a heading from its text, so a share is promised and no whole.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import Source

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SET_APART = re.compile(
    r"wrapped|paged|two-doc|blanks|notice-|roster|letter-spaced|gazette|wide-gap|title-over|single-"
    r"|inside|box|printed|column|plan-title|minutes"
)
"""Documents whose own setting is what they show."""
HALF = str.maketrans("，；：（）", ",;:()")

Facts = Counter[tuple[str, ...]]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def wrapped(text: str, columns: int, indent: str = "") -> str:
    """Hard-wrapped: 2 columns a wide sign, no stop at the start of a line."""
    out = []
    for line in lines(text):
        row, width = indent, 2 * len(indent)
        for sign in line:
            wide = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
            if width + wide > columns and sign not in "，。；：、）〕】］”":
                out.append(row)
                row, width = "", 0
            row, width = row + sign, width + wide
        out.append(row)
    return "\n".join(out)


SETTINGS: dict[str, tuple[Callable[[str], str], float]] = {
    "half-width signs": (lambda text: text.translate(HALF), 0.99),
    "blank lines": (lambda text: "\n\n".join(lines(text)), 0.99),
    "one line with blanks": (lambda text: "　".join(lines(text)), 0.95),
    "wrapped at 40": (lambda text: wrapped(text, 40), 0.95),
    "wrapped and indented": (lambda text: wrapped(text, 56, "　　"), 0.95),
    "wrapped with blank lines": (lambda text: wrapped(text, 72).replace("\n", "\n\n"), 0.95),
}


def plans() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(CORPUS.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8").strip("\n")
        if not SET_APART.search(path.stem) and not re.search(r"[\t|｜]", text):
            found.append((text, json.loads(path.read_text(encoding="utf-8"))))
    return found


def bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s。，、；：,.;:“”]+", "", folded)


def facts(measures: list[dict[str, Any]], headings: list[dict[str, Any]]) -> Facts:
    """Measures, their units with roles and the headings, as things to be counted."""
    found: Facts = Counter()
    for one in measures:
        title = bare(one["title"])
        found[("measure", title)] += 1
        found.update(("unit", title, bare(unit["name"]), unit["role"]) for unit in one["units"])
    found.update(("heading", str(one["level"]), bare(one["title"])) for one in headings)
    return found


def read_of(text: str) -> Facts:
    source = Source("plan.txt", "", "txt", text, ((0, len(text)),))
    compiled = compile_source(source)
    assert verify(compiled, source) == ()
    documents = to_json(compiled)["documents"]
    measures = [one for document in documents for one in document["measures"]]
    return facts(measures, [one for document in documents for one in document["outline"]])


@pytest.mark.parametrize("name", SETTINGS)
def test_plans_read_the_same_in_another_setting(name: str) -> None:
    anew, share = SETTINGS[name]
    hit = said = true = 0
    for text, gold in plans():
        found, wanted = read_of(anew(text)), facts(gold["measures"], gold["headings"])
        hit += (found & wanted).total()
        said, true = said + found.total(), true + wanted.total()
    assert 2 * hit / (said + true) >= share
