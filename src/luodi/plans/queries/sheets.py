"""The unit's sheet: its reports of the open months with last month's words and its drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from luodi.common.moments import Moment
from luodi.documents.models import Attachment
from luodi.indicators.queries import AskedFigure
from luodi.orgs.queries import names_of
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import ReportStage
from ..models import Report, ReportDraft
from ..rules.reporting import Piece, differences
from .figures import asked_figures
from .flow import last_words
from .reports import ReportRow, parts_of, report_rows
from .rounds import RoundRow, open_rounds


@dataclass(frozen=True)
class FigureCell:
    """A figure on the sheet; `elsewhere` where an earlier row of the month asks for it already."""

    asked: AskedFigure
    typed: str
    elsewhere: bool


@dataclass(frozen=True)
class Filled:
    """What the cells of a row hold: the draft, else what came back, else last month's words."""

    text: str
    problem: str
    nothing_new: str
    claimed: int | None
    figures: Mapping[str, str]
    version: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One report on the sheet."""

    report: ReportRow
    filled: Filled
    last_period: str
    last_text: str
    pieces: tuple[Piece, ...]
    figures: tuple[FigureCell, ...]
    parts: tuple[ReportRow, ...]
    files: tuple[Attachment, ...]
    error: str = ""

    @property
    def unchanged(self) -> bool:
        """True where last month's words still stand as they were."""
        return bool(self.last_text) and self.filled.text == self.last_text

    @property
    def parts_waiting(self) -> tuple[ReportRow, ...]:
        """The parts that have arrived with the lead."""
        return tuple(part for part in self.parts if part.handed)


@dataclass(frozen=True)
class Sheet:
    """One open month of one unit."""

    round: RoundRow
    unit: str
    unit_name: str
    rows: tuple[SheetRow, ...]

    @property
    def to_fill(self) -> int:
        return sum(row.report.writable for row in self.rows)

    @property
    def to_pass(self) -> int:
        """How many wait for the section head or the leader."""
        inside = (ReportStage.AT_SECTION_HEAD, ReportStage.AT_LEADER)
        return sum(row.report.stage in inside for row in self.rows)


def sheets_of(
    viewer: Viewer, moment: Moment, errors: Mapping[str, str] | None = None
) -> list[Sheet]:
    """The sheets of the viewer's units, oldest month first. `errors` are sentences by report."""
    units = {unit for unit, role in viewer.unit_roles if role in UNIT_ROLES}
    months = {row.key: row for row in open_rounds(viewer, moment)}
    wanted = Report.objects.filter(round__in=months, unit__in=units)
    rows = report_rows(wanted, viewer, moment)
    filled = _filled(rows, wanted, moment, errors or {})
    found: dict[tuple[str, str], list[SheetRow]] = {}
    for row in filled:
        found.setdefault((row.report.round, row.report.unit), []).append(row)
    return [
        Sheet(months[round], unit, part[0].report.unit_name, tuple(part))
        for (round, unit), part in found.items()
    ]


def _filled(
    rows: list[ReportRow],
    wanted: QuerySet[Report],
    moment: Moment,
    errors: Mapping[str, str],
) -> list[SheetRow]:
    reports = {row.key: row for row in wanted.select_related("round")}
    drafts = {} if moment.is_past else _drafts(reports)
    savers = names_of(draft.saved_by for draft in drafts.values() if draft.saved_by)
    last = last_words(reports.values())
    about = {report.round.period for report in reports.values()}
    asked = asked_figures(
        {r.unit for r in rows}, {r.measure for r in rows}, moment,
        about.pop() if len(about) == 1 else "",
    )  # fmt: skip
    files = _files(reports, moment)
    seen: set[tuple[str, str, str]] = set()
    out = []
    for row in rows:
        period, text = last.get(row.key, ("", ""))
        cells = _cells(row, drafts.get(row.key), text, savers)
        out.append(
            SheetRow(
                report=row,
                filled=cells,
                last_period=period,
                last_text=text,
                pieces=differences(text, cells.text) if text and row.writable else (),
                figures=_figure_cells(row, cells, asked.get((row.unit, row.measure), []), seen),
                parts=(),
                files=tuple(files.get(row.key, ())),
                error=errors.get(row.key, ""),
            )
        )
    return out


def with_parts(sheets: list[Sheet], viewer: Viewer, moment: Moment) -> list[Sheet]:
    """The same sheets with the other units' parts under each consolidating report."""
    led = [row.report for sheet in sheets for row in sheet.rows if row.report.consolidates]
    parts = parts_of({r.round for r in led}, {r.measure for r in led}, viewer, moment)
    return [
        replace(
            sheet,
            rows=tuple(
                replace(row, parts=tuple(parts.get((row.report.round, row.report.measure), ())))
                if row.report.consolidates
                else row
                for row in sheet.rows
            ),
        )
        for sheet in sheets
    ]


def _drafts(reports: Mapping[str, Report]) -> dict[str, ReportDraft]:
    rows = ReportDraft.objects.filter(report__in=list(reports))
    return {row.report_id: row for row in rows}


def _cells(
    row: ReportRow, draft: ReportDraft | None, last_text: str, savers: Mapping[str, str]
) -> Filled:
    if draft:
        return Filled(
            draft.text,
            draft.problem,
            draft.nothing_new,
            draft.claimed,
            draft.figures,
            draft.version,
            draft.saved_at,
            savers.get(draft.saved_by, ""),
        )
    said = {figure["indicator"]: figure["amount"] for figure in row.figures}
    text = row.text if row.stage != ReportStage.ASKED else last_text
    return Filled(text, row.problem, row.nothing_new, row.claimed, said)


def _figure_cells(
    row: ReportRow,
    cells: Filled,
    asked: Iterable[AskedFigure],
    seen: set[tuple[str, str, str]],
) -> tuple[FigureCell, ...]:
    """The figures of a row; one that an earlier row of the unit and month has is only named."""
    out = []
    for figure in asked:
        place = (row.round, row.unit, figure.indicator)
        out.append(FigureCell(figure, cells.figures.get(figure.indicator, ""), place in seen))
        seen.add(place)
    return tuple(out)


def _files(reports: Mapping[str, Report], moment: Moment) -> dict[str, list[Attachment]]:
    subjects = {f"report:{key}": key for key in reports}
    rows = Attachment.objects.at(moment).filter(subject__in=subjects).select_related("file")
    found: dict[str, list[Attachment]] = {}
    for row in rows.order_by("act"):
        found.setdefault(subjects[row.subject], []).append(row)
    return found
