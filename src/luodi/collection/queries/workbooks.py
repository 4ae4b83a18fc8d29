"""A filing as a workbook to fill in, and its faults in the cells of the file they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Incomplete
from luodi.common.workbooks import EntryCell, EntryForm, entry_workbook
from luodi.kit.calendars import Period
from luodi.kit.grids import Grid, GridLimits, read_grid, too_large
from luodi.kit.grids.marking import Mark, mark
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import Viewer

from ..rules.cells import Fault
from ..rules.printed import other_period
from ..rules.workbooks import Found, found_in
from .filings import filing_for
from .grids import sheet_data
from .sheets import Sheet, look_over, sheet_of

LIMITS = GridLimits()


def require_small(size: int) -> None:
    """Refuse an upload by its size, before a byte of it is read."""
    large = too_large(size, LIMITS)
    if large is not None:
        raise Incomplete(large.says(language()), large.code)


def opened(name: str, data: bytes) -> Grid:
    """The cells of an uploaded file, or the sentence why it isn't taken."""
    grid = read_grid(name, data, LIMITS)
    if isinstance(grid, Refusal):
        raise Incomplete(grid.says(language()), grid.code)
    return grid


def workbook_of(viewer: Viewer, key: str, moment: Moment) -> tuple[str, bytes]:
    """(name, bytes) of a filing as a workbook: what is typed, what is known, where to type."""
    sheet, row = sheet_of(viewer, key, moment), filing_for(viewer, key, moment)
    data, edition = sheet_data(sheet, viewer, moment), sheet.standing.edition
    valid = "—".join(day.isoformat() for day in (edition.valid_from, edition.valid_to) if day)
    facts = [
        (_("填报单位"), row.respondent),
        (_("表号"), edition.table_number),
        (_("报告期"), row.period_label),
        (_("制定机关"), edition.authority),
        (_("截止"), row.due_at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")),
        (_("批准文号"), edition.approval),
        ("", ""),
        (_("有效期"), valid),
    ]
    form = EntryForm(
        title=edition.title,
        facts=[(label, value) for label, value in facts if value or not label],
        columns=[(one["label"], one["unit"]) for one in data["columns"]],
        rows=[(one["label"], one["unit"]) for one in data["rows"]],
        cells=[
            [_cell(sheet, r.key, c.key) for c in sheet.layout.columns] for r in sheet.layout.rows
        ],
        key={
            "filing": key,
            "form": edition.form_id,
            "edition": str(edition.pk),
            "unit": sheet.standing.filing.unit,
            "enterprise": sheet.standing.filing.enterprise,
            "period": sheet.standing.filing.period,
            "version": str(sheet.version),
        },
    )
    return f"{edition.title} {row.period_label} {row.respondent}.xlsx", entry_workbook(form)


def _cell(sheet: Sheet, row: str, column: str) -> EntryCell | None:
    name = f"{row}:{column}"
    if name not in sheet.places:
        return None
    known = sheet.locked.get(name)
    if known:
        return EntryCell(name, known.typed, True, known.source)
    return EntryCell(name, sheet.typed.get(name, ""))


def cells_in(grid: Grid, sheet: Sheet) -> Found:
    """What an uploaded grid says for a filing; the file of another form or period is refused.

    A file says which filing it is by its hidden key; one without a key by the printed period.
    """
    found = found_in(grid, sheet.layout)
    if found is None:
        raise Incomplete(
            _("这个文件里没有找到这张表：请用下载的 Excel 填，或保持行名、列名与表上一致。"),
            "workbook.unknown",
        )
    filing = sheet.standing.filing
    if found.key and found.key.get("filing") != filing.key:
        raise Incomplete(
            _("这是另一份报表的文件（%(period)s），请核对单位和期别后再上传。")
            % {"period": found.key.get("period", "")[:20]},
            "workbook.other",
        )
    if not found.key:
        _require_period(grid, found, filing.period)
    return found


def _require_period(grid: Grid, found: Found, period: str) -> None:
    """Refuse a table that is printed for another period."""
    table = grid.sheet(found.sheet)
    printed = other_period(table, found.head, Period.parse(period)) if table else None
    if printed is not None:
        raise Incomplete(
            _("这张表上写的是%(printed)s，而这里报的是%(asked)s，请核对后再上传。")
            % {"printed": printed.label(language()), "asked": period_label(period)},
            "workbook.period",
        )


def marked_file(
    viewer: Viewer, key: str, name: str, data: bytes, moment: Moment
) -> tuple[bytes, Sequence[Fault]]:
    """(the respondent's own file with its faults in the cells, the faults). Nothing is stored."""
    sheet = sheet_of(viewer, key, moment)
    grid = opened(name, data)
    found = cells_in(grid, sheet)
    typed = {cell: said for cell, said in found.cells.items() if cell in sheet.places}
    _read, faults = look_over(sheet, typed)
    if grid.form != "xlsx":
        raise Incomplete(_("只有 .xlsx 文件能标注，请另存为 .xlsx 后再传。"), "workbook.not_marked")
    marked = mark(data, {found.sheet: _marks(faults, found.addresses)}, LIMITS)
    if isinstance(marked, Refusal):
        raise Incomplete(marked.says(language()), marked.code)
    return marked, faults


def _marks(faults: Sequence[Fault], addresses: Mapping[str, str]) -> dict[str, Mark]:
    """The faults of each cell, hard ones first."""
    told: dict[str, Mark] = {}
    for fault in sorted(faults, key=lambda one: not one.hard):
        for cell in fault.cells:
            where = addresses.get(cell)
            if where is None:
                continue
            before = told.get(where)
            text = f"{before.text}\n{fault.text}" if before else fault.text
            told[where] = Mark(text, fault.hard or bool(before and before.hard))
    return told
