#!/usr/bin/env python3
"""Score what a reader found in Chinese government plans. Python's standard library only.

    score.py GOLD-FOLDER SAID-FOLDER [--json]

GOLD-FOLDER holds NAME.json by hand, SAID-FOLDER NAME.json from the reader (run.py writes it). A
missing one counts as an empty answer. The README beside this file says what counts as what.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Count = tuple[int, int, int]
"""(right, said, in gold) of one kind in one document."""

ALIKE = 0.35
"""Names of indicators are the same from this overlap of character pairs on (Dice)."""
DRAWS = 1000
SIGNS = re.compile(r"[\s。．.,，、；;：:“”\"'‘’《》]+")


def plain(text: object) -> str:
    """Without white space and punctuation, full-width signs as half-width ones."""
    return SIGNS.sub("", unicodedata.normalize("NFKC", str(text if text is not None else "")))


def number(text: object) -> Decimal | None:
    """The value of a figure, or None for what isn't one."""
    bare = unicodedata.normalize("NFKC", str(text if text is not None else ""))
    try:
        return Decimal(bare.replace(",", "").strip().rstrip("%")).normalize()
    except InvalidOperation:
        return None


def year(text: object) -> str:
    """The last year a period names, or nothing."""
    found = re.findall(r"(?:19|20)\d\d", str(text or ""))
    return found[-1] if found else ""


def every(said: Json, key: str) -> list[Json]:
    """The items of one kind, of all documents in a file."""
    return [one for document in said.get("documents") or [] for one in document.get(key) or []]


def overlap(gold: Iterable[Hashable], said: Iterable[Hashable]) -> Count:
    """Both as bags: what stands in both, what was said, what is in gold."""
    true, found = Counter(gold), Counter(said)
    return sum((true & found).values()), sum(found.values()), sum(true.values())


def measures(gold: Json, said: Json) -> Count:
    """By title."""
    return overlap(
        (plain(one["title"]) for one in gold["measures"]),
        (plain(one.get("title")) for one in every(said, "measures")),
    )


def _units(rows: Iterable[Json], *keys: str) -> list[tuple[str, ...]]:
    return [
        (plain(row.get("title")), *(plain(unit.get(key)) for key in keys))
        for row in rows
        for unit in row.get("units") or []
    ]


def units(gold: Json, said: Json) -> Count:
    """By title of the measure and name."""
    return overlap(_units(gold["measures"], "name"), _units(every(said, "measures"), "name"))


def roles(gold: Json, said: Json) -> Count:
    """By title of the measure, name and role."""
    keys = ("name", "role")
    return overlap(_units(gold["measures"], *keys), _units(every(said, "measures"), *keys))


def deadlines(gold: Json, said: Json) -> Count:
    """By title of the measure and wording; a measure whose gold lacks the key doesn't count."""
    known = {plain(one["title"]) for one in gold["measures"] if "deadline" in one}

    def rows(items: Iterable[Json]) -> list[tuple[str, str]]:
        pairs = [(plain(one.get("title")), plain(one.get("deadline"))) for one in items]
        return [pair for pair in pairs if pair[0] in known and pair[1]]

    return overlap(rows(gold["measures"]), rows(every(said, "measures")))


def headings(gold: Json, said: Json) -> Count:
    """By level and title."""
    return overlap(
        ((one["level"], plain(one["title"])) for one in gold["headings"]),
        ((one.get("level"), plain(one.get("title"))) for one in every(said, "outline")),
    )


def head(gold: Json, said: Json) -> Count:
    """Title, number, issuer and date of the first document, where gold gives them."""
    keys = [key for key in ("title", "number", "issuer", "date") if key in gold]
    first = (said.get("documents") or [{}])[0]
    return overlap(
        ((key, plain(gold[key])) for key in keys),
        ((key, plain(first.get(key))) for key in keys if first.get(key)),
    )


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])


def dice(one: str, other: str) -> float:
    """Overlap of the character pairs of two names: 0 to 1."""
    left, right = _pairs(plain(one)), _pairs(plain(other))
    return 2 * sum((left & right).values()) / (sum(left.values()) + sum(right.values()))


def fits(gold: Json, said: Json) -> float:
    """How alike two indicators are, 0 where value, unit or year differ.

    The entity may stand in the name or apart. A year on one side only is no difference.
    """
    same = number(gold["value"]) == number(said.get("value"))
    if not same or plain(gold["unit"]) != plain(said.get("unit")):
        return 0.0
    years = {year(gold.get("period")), year(said.get("period"))} - {""}
    name = str(said.get("name") or "")
    whole = f"{said.get('entity') or ''}{name}"
    return 0.0 if len(years) > 1 else max(dice(gold["name"], name), dice(gold["name"], whole))


def paired(gold: list[Json], said: list[Json]) -> list[tuple[Json, Json]]:
    """Gold and said indicators one to one, the best names first."""
    order = sorted(
        ((fits(g, s), -n, -m) for n, g in enumerate(gold) for m, s in enumerate(said)),
        reverse=True,
    )
    rows: dict[int, int] = {}
    taken: set[int] = set()
    for score, n, m in order:
        if score >= ALIKE and n not in rows and m not in taken:
            rows[n] = m
            taken.add(m)
    return [(gold[-n], said[-m]) for n, m in rows.items()]


def _figures(said: Json) -> list[Json]:
    return [one for one in every(said, "indicators") if number(one.get("value")) is not None]


def indicators(gold: Json, said: Json) -> Count:
    """By value, unit, year and a name that is alike; one to one."""
    found = _figures(said)
    return len(paired(gold["indicators"], found)), len(found), len(gold["indicators"])


def comparators(gold: Json, said: Json) -> Count:
    """Of the indicators that match: how many carry the comparator of gold."""
    pairs = paired(gold["indicators"], _figures(said))
    right = sum(one["comparator"] == other.get("comparator") for one, other in pairs)
    return right, len(pairs), len(pairs)


def _cells(tables: Iterable[Json]) -> list[tuple[str, ...]]:
    return [
        (plain(table.get("title")), plain(row[0]), plain(name), plain(cell))
        for table in tables
        for row in table.get("rows") or []
        if row
        for name, cell in zip(table.get("header") or [], row, strict=False)
    ]


def tables(gold: Json, said: Json) -> Count:
    """Cells, by title of the table, first cell of the row, head of the column and wording."""
    return overlap(_cells(gold["tables"]), _cells(every(said, "tables")))


def boxes(gold: Json, said: Json) -> Count:
    """Items, by title of the box and wording."""

    def items(rows: Iterable[Json]) -> list[tuple[str, str]]:
        return [
            (plain(one.get("title")), plain(item))
            for one in rows
            for item in one.get("items") or []
        ]

    return overlap(items(gold["boxes"]), items(every(said, "boxes")))


def projects(gold: Json, said: Json) -> Count:
    """By name and investment."""

    def rows(items: Iterable[Json]) -> list[tuple[object, ...]]:
        money = [(one, one.get("investment") or {}) for one in items]
        return [
            (plain(one.get("name")), number(sum_.get("value")), plain(sum_.get("unit")))
            for one, sum_ in money
        ]

    return overlap(rows(gold["projects"]), rows(every(said, "projects")))


def findings(gold: Json, said: Json) -> Count:
    """By code; a reader with codes of its own leaves this kind out."""
    return overlap(
        (one["code"] for one in gold["findings"]),
        (one.get("code") for one in said.get("findings") or []),
    )


KINDS: dict[str, tuple[str, Callable[[Json, Json], Count]]] = {
    "head": ("title", head),
    "headings": ("headings", headings),
    "measures": ("measures", measures),
    "units": ("measures", units),
    "roles": ("measures", roles),
    "deadlines": ("measures", deadlines),
    "indicators": ("indicators", indicators),
    "comparators": ("indicators", comparators),
    "tables": ("tables", tables),
    "boxes": ("boxes", boxes),
    "projects": ("projects", projects),
    "findings": ("findings", findings),
}
"""Kind -> the key that gold must hold for it, and how it is counted."""
SAMPLED = {"indicators", "projects", "findings"}
"""Kinds of which gold may name a part only: without "whole" they give recall and no precision."""


def score_one(gold: Json, said: Json) -> dict[str, Count]:
    """Every kind that gold holds. Where gold names a part, no more is taken as said than right."""
    counts = {kind: count(gold, said) for kind, (key, count) in KINDS.items() if key in gold}
    for kind in SAMPLED & counts.keys() - set(gold.get("whole", ())):
        right, _, true = counts[kind]
        counts[kind] = (right, right, true)
    return counts


def rates(counts: Iterable[Count]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the sums; nothing to find and nothing said is 1."""
    right, said, true = (sum(column) for column in zip(*counts, strict=True))
    if not said and not true:
        return 1.0, 1.0, 1.0
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def interval(counts: list[Count], draws: int = DRAWS) -> tuple[float, float]:
    """95 % of F1 when documents are drawn anew with replacement; always the same draws."""
    chance = random.Random(len(counts))
    values = sorted(rates(chance.choices(counts, k=len(counts)))[2] for _ in range(draws))
    return values[int(draws * 0.025)], values[int(draws * 0.975) - 1]


def score(gold: dict[str, Json], said: dict[str, Json]) -> Json:
    """{"kinds": {kind: precision, recall, f1, low, high, ...}, "documents": {name: {kind: f1}}}."""
    each = {name: score_one(true, said.get(name, {})) for name, true in sorted(gold.items())}
    kinds = {}
    for kind in KINDS:
        counts = [found[kind] for found in each.values() if kind in found]
        if not sum(true + answered for _, answered, true in counts):
            continue
        precision, recall, f1 = rates(counts)
        low, high = interval(counts)
        right, answered, true = (sum(column) for column in zip(*counts, strict=True))
        kinds[kind] = {
            "precision": precision, "recall": recall, "f1": f1, "low": low, "high": high,
            "right": right, "said": answered, "gold": true, "documents": len(counts),
        }  # fmt: skip
    documents = {
        name: {kind: rates([count])[2] for kind, count in found.items()}
        for name, found in each.items()
    }
    return {"kinds": kinds, "documents": documents}


def load(folder: Path) -> dict[str, Json]:
    """NAME -> the object of NAME.json, for every one in a folder."""
    return {one.stem: json.loads(one.read_text("utf-8")) for one in sorted(folder.glob("*.json"))}


def table(result: Json) -> str:
    """The result for people: a line for each kind, then the documents that aren't whole."""
    lines = [f"{'':12}precision  recall  F1     95 % of F1      right  said  gold"]
    for kind, row in result["kinds"].items():
        lines.append(
            f"{kind:12}{row['precision']:9.3f}{row['recall']:8.3f}{row['f1']:7.3f}"
            f"  {row['low']:.3f} – {row['high']:.3f}{row['right']:7}{row['said']:6}{row['gold']:6}"
        )
    for name, found in result["documents"].items():
        weak = [f"{kind} {f1:.2f}" for kind, f1 in found.items() if f1 < 1]
        if weak:
            lines.append(f"  {name}: {', '.join(weak)}")
    return "\n".join(lines)


def main() -> int:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("gold", type=Path)
    cli.add_argument("said", type=Path)
    cli.add_argument("--json", action="store_true")
    words = cli.parse_args()
    result = score(load(words.gold), load(words.said))
    print(json.dumps(result, ensure_ascii=False) if words.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
