"""Rows pasted from a spreadsheet into the annual plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from luodi.kit.calendars import read_deadline


@dataclass(frozen=True)
class PastedRow:
    """One line: action, deadline as typed, person as typed."""

    title: str
    deadline: str = ""
    person: str = ""


def pasted_rows(text: str) -> list[PastedRow]:
    """Lines of tab-separated cells: action, deadline, person. Empty lines and a head row go."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        if not cells[0] or cells[0] in {"工作举措", "举措", "行动", "action", "Action"}:
            continue
        rows.append(PastedRow(*[*cells, "", ""][:3]))
    return rows


SPREADSHEET_DATE = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_day(text: str, year: int | None = None, issued_on: date | None = None) -> date | None:
    """A day from what was typed: a date, or words as plans write them (6月底前, 年底前).

    Words without a year are read in `year` where given, else by the day of issue.
    """
    plain = text.strip()
    found = SPREADSHEET_DATE.fullmatch(plain)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return read_deadline(plain, date(year, 1, 1) if year else issued_on).on
