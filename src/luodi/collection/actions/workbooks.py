"""Taking an uploaded workbook into the draft of a filing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..queries.sheets import require_writable, sheet_of
from ..queries.workbooks import cells_in, opened
from ..rules.cells import LONGEST
from .drafts import Saved, save_draft

VERSION = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True)
class Taken:
    """An upload that went into the draft.

    `changed` cells were typed, `known` ones weren't touched: their figure is known from elsewhere.
    `formulas` cells hold formulas, of which the stored result was taken. `notes` are sentences.
    """

    saved: Saved | None
    changed: int
    known: int
    formulas: int
    notes: tuple[str, ...]


def take_workbook(
    *, filing: str, name: str, data: bytes, viewer: Viewer, by: str, at: datetime
) -> Taken:
    """Put what an uploaded file says into the draft: only cells that differ from what it was.

    The same file a second time changes nothing. What somebody else typed since the file was
    written down isn't overwritten: both texts are kept, as with two people in one form.
    """
    sheet = sheet_of(viewer, filing, Moment(at))
    require_writable(sheet)
    grid = opened(name, data)
    found = cells_in(grid, sheet)
    said = {cell: text[:LONGEST] for cell, text in found.changed.items() if cell in sheet.places}
    known = [cell for cell in said if cell in sheet.locked]
    typed = {
        cell: text
        for cell, text in said.items()
        if cell not in sheet.locked and sheet.typed.get(cell, "") != text
    }
    notes = tuple(note.says(language()) for note in grid.notes)
    if not typed:
        return Taken(None, 0, len(known), found.formulas, notes)
    written = found.key.get("version", "")
    saved = save_draft(
        filing=filing,
        version=int(written) if VERSION.fullmatch(written) else sheet.version,
        cells=typed,
        viewer=viewer,
        by=by,
        at=at,
    )
    return Taken(saved, len(typed), len(known), found.formulas, notes)
