"""Knowing a table again next month: its fixed texts, whatever month its title names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace

from luodi.kit.grids.addresses import address
from luodi.kit.mapping.heads import Table
from luodi.kit.mapping.mapped import Mapped, Mapping

_MONTHS = re.compile(
    r"\d{2,4}年|(?:\d{1,2}[-—－~～至到])?\d{1,2}月(?:份)?|\d{1,2}日|第?[一二三四1-4]季度|[上下]半年"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
)
_ANSWERED = re.compile(
    r"((?:填报单位|报送单位|单位名称|填报人|填表人|制表人|审核人|负责人|单位负责人|统计负责人|联系人|联系电话|电话"
    r"|报出日期|填报日期|报送日期|日期|时间)[:：]).*"
)


def fixed_texts(table: Table) -> dict[str, str]:
    """Address -> text of what the table prints: titles, heads and labels, months taken out.

    What a respondent writes into its lines (填报人：…) is left out.
    """
    rows = set(range(1, table.head_rows.stop)) | set(table.body_rows)
    found = {}
    for row in sorted(rows):
        body = row >= table.head_rows.stop
        for column, cell in sorted(table.sheet.cells.get(row, {}).items()):
            if cell.kind != "text" or (body and column not in table.label_columns):
                continue
            text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell.text))
            found[address(row, column)] = _ANSWERED.sub(r"\1", _MONTHS.sub("#", text))
    return found


def fingerprint(table: Table) -> str:
    """A digest of the fixed texts and where they stand; the same for each month's edition."""
    lines = "\n".join(f"{at}\t{text}" for at, text in sorted(fixed_texts(table).items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Changes:
    """How a table differs from the one that was mapped: share of texts that stayed, and what."""

    same: float
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes(before: dict[str, str], after: dict[str, str]) -> Changes:
    """Compare the fixed texts of two editions, wherever they stand."""
    old, new = list(before.values()), list(after.values())
    gone = tuple(text for text in dict.fromkeys(old) if text not in new)
    come = tuple(text for text in dict.fromkeys(new) if text not in old)
    kept = sum(text in new for text in old)
    return Changes(kept / len(old) if old else 0.0, gone, come)


Place = tuple[str, str]
"""The labels of a row and the heads of a column, months taken out."""


def place_of(entry: Mapped) -> Place:
    """Where an entry belongs by its texts."""
    return _plain((entry.label,)), _plain((entry.head,))


def places_in(table: Table) -> dict[Place, tuple[str, ...]]:
    """The addresses of a table by what labels and heads name them; several where texts recur."""
    places: dict[Place, tuple[str, ...]] = {}
    for row in table.body_rows:
        for column in table.heads:
            key = _plain(table.labels[row]), _plain(table.heads[column])
            places[key] = (*places.get(key, ()), address(row, column))
    return places


def carry(mapping: Mapping, table: Table) -> tuple[Mapping, tuple[Mapped, ...], tuple[str, ...]]:
    """(mapping for this edition, entries whose labels are gone, addresses nobody has mapped).

    Entries are found again by their labels and heads, so that an added row or a moved column
    takes nothing else with it. Labels that stand twice are told apart by their order.
    """
    places = {key: list(found) for key, found in places_in(table).items()}
    kept, gone = [], []
    for entry in mapping.cells:
        found = places.get(place_of(entry))
        if found:
            kept.append(replace(entry, address=found.pop(0)))
        else:
            gone.append(entry)
    free = tuple(at for left in places.values() for at in left)
    moved = replace(
        mapping, sheet=table.sheet.name, fingerprint=fingerprint(table), cells=tuple(kept)
    )
    return moved, tuple(gone), free


def _plain(texts: tuple[str, ...]) -> str:
    return _MONTHS.sub("#", re.sub(r"\s+", "", unicodedata.normalize("NFKC", " ".join(texts))))
