"""Every figure of a document, none besides: precision and recall over complete lists.

Each tests/corpus/figures/NAME.txt is a document in the official form, NAME.json beside it the list,
by hand, of all its figures. A figure is met by number, unit and year, and by a name whose character
pairs overlap with the listed one (Dice, 0.35), each once, the nearest name first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from luodi.kit.compiled import compile_source, to_json
from luodi.kit.readers import read

FIGURES = Path(__file__).resolve().parents[1] / "corpus" / "figures"
NAMES = sorted(path.stem for path in FIGURES.glob("*.json"))
FLOOR = 0.95

Row = dict[str, Any]


def listed(name: str) -> list[Row]:
    value = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    assert value["indicators_complete"] is True
    rows: list[Row] = value["indicators"]
    return rows


def said(name: str) -> list[Row]:
    source, _ = read(f"{name}.txt", (FIGURES / f"{name}.txt").read_bytes())
    assert source is not None
    documents = to_json(compile_source(source))["documents"]
    return [one for document in documents for one in document["indicators"]]


def alike(one: str, two: str) -> float:
    pairs = [Counter(a + b for a, b in pairwise(text)) for text in (one, two)]
    return 2 * (pairs[0] & pairs[1]).total() / max(1, pairs[0].total() + pairs[1].total())


def year(period: str | None) -> str:
    found = re.findall(r"(?:19|20)\d\d", period or "")
    return found[-1] if found else ""


def nearness(row: Row, one: Row) -> float:
    if Decimal(row["value"]) != Decimal(one["value"]) or row["unit"] != one["unit"]:
        return 0.0
    if row["period"] and year(row["period"]) != year(one["period"]):
        return 0.0
    names = one["name"], f"{one['entity'] or ''}{one['name']}"
    return max(alike(row["name"], name) for name in names)


def met(rows: list[Row], found: list[Row]) -> int:
    order = sorted(
        ((nearness(row, one), n, m) for n, row in enumerate(rows) for m, one in enumerate(found)),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for near, n, m in order:
        if near >= 0.35 and n not in taken[0] and m not in taken[1]:
            taken[0].add(n)
            taken[1].add(m)
    return len(taken[0])


def test_there_are_a_dozen_documents() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_all_figures_are_said_and_nothing_else(name: str) -> None:
    rows, found = listed(name), said(name)
    hits = met(rows, found)
    assert hits / len(found) >= FLOOR, "precision"
    assert hits / len(rows) >= FLOOR, "recall"
