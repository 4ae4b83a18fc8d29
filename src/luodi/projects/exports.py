"""Files that leave the module: lines of a ledger to be mended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.common.sheets import workbook
from luodi.kit.grids import Cell
from luodi.kit.quantities import unit
from luodi.kit.readers.excel.formats import words_behind
from luodi.orgs.rules import Viewer

from .choices import Outcome
from .queries import LedgerLine, ledger_for, ledger_page
from .queries.ledgers import list_of
from .rules.columns import REASON, Listed

PLAIN = re.compile(r"-?\d{1,15}|-?\d{1,8}\.\d{1,6}", re.ASCII)
"""Numbers that Excel keeps to the digit."""


def faulty_lines(key: str, viewer: Viewer, moment: Moment) -> tuple[str, bytes]:
    """Name and bytes of a workbook with the lines that have faults and the reason beside each.

    Its heads are the file's own, so that it is read as the file was when it comes back mended.
    """
    page = ledger_page(key, viewer, moment)
    lines = [one for one in page.run.lines if one.outcome == Outcome.FAULTY] if page.run else []
    if not lines:
        raise NotFound(_("没有有错的行。"))
    ledger = ledger_for(key, viewer, moment)
    found = list_of(ledger)
    stem = (ledger.file.name.rpartition(".")[0] or ledger.file.name) + ledger.sheet
    return _("%(name)s-待改.xlsx") % {"name": stem}, mended(found, lines)


def mended(found: Listed, lines: Sequence[LedgerLine]) -> bytes:
    """These lines of a list under its heads, with why each was left out."""
    last = max(found.heads)
    head = [found.heads.get(column, "") for column in range(1, last + 1)]
    rows = [
        [
            *(_value(found.sheet.spread(one.number, column)) for column in range(1, last + 1)),
            " ".join(one.says),
        ]
        for one in lines
    ]
    return workbook(found.sheet.name, [*head, REASON], rows, above=found.above)


def _value(cell: Cell) -> str | float:
    """A cell as it is written again: numbers as numbers, with the unit their format shows."""
    if cell.kind != "number":
        return cell.text
    shown = words_behind(cell.code)[0]
    if unit(shown):
        return cell.text + shown
    return float(cell.text) if PLAIN.fullmatch(cell.text) else cell.text
