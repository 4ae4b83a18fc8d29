"""Counts by unit and by section, and the matrix of a round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, visible
from luodi.orgs.rules import Viewer

from ..choices import ReportStage, WorkStage
from ..models import CallNote, Plan, Report
from .measures import MeasureRow, measures_of
from .reports import ReportRow, report_rows
from .rounds import RoundRow


@dataclass(frozen=True)
class Tally:
    """How the measures of a unit or a section stand.

    `due` counts open ones whose deadline lies in this month; a light counts each measure once.
    """

    key: str
    name: str
    rows: tuple[MeasureRow, ...]
    today: date

    def _lit(self, light: str) -> int:
        return sum(row.verdict.light == light for row in self.rows)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return sum(row.stage == WorkStage.DONE for row in self.rows)

    @property
    def due(self) -> int:
        month = (self.today.year, self.today.month)
        return sum(
            row.stage == WorkStage.OPEN
            and row.due_on is not None
            and (row.due_on.year, row.due_on.month) == month
            for row in self.rows
        )

    @property
    def red(self) -> int:
        return self._lit("red")

    @property
    def yellow(self) -> int:
        return self._lit("yellow")

    @property
    def green(self) -> int:
        return self._lit("green")

    @property
    def undated(self) -> int:
        return sum(row.stage == WorkStage.OPEN and row.due_on is None for row in self.rows)

    @property
    def reds(self) -> tuple[MeasureRow, ...]:
        """The red ones: each says why."""
        return tuple(row for row in self.rows if row.verdict.light == "red")


def by_unit(
    plan: Plan, viewer: Viewer, moment: Moment, rows: Sequence[MeasureRow] | None = None
) -> list[Tally]:
    """Tallies by unit, most reds first; a measure counts at each of its units."""
    rows = measures_of(plan, viewer, moment) if rows is None else rows
    found: dict[tuple[str, str], list[MeasureRow]] = defaultdict(list)
    for row in rows:
        for unit in row.units:
            found[unit.key, unit.name].append(row)
    tallies = [Tally(k, name, tuple(part), moment.today) for (k, name), part in found.items()]
    return sorted(tallies, key=lambda tally: (-tally.red, -tally.total, tally.name))


def by_section(
    plan: Plan, viewer: Viewer, moment: Moment, rows: Sequence[MeasureRow] | None = None
) -> list[Tally]:
    """Tallies by the heading above the measures, in the document's order."""
    rows = measures_of(plan, viewer, moment) if rows is None else rows
    found: dict[tuple[str, ...], list[MeasureRow]] = defaultdict(list)
    for row in rows:
        found[row.path].append(row)
    return [
        Tally(" / ".join(path), path[-1] if path else "", tuple(part), moment.today)
        for path, part in found.items()
    ]


@dataclass(frozen=True)
class Call:
    """The office rang a unit."""

    at: datetime
    by_name: str
    text: str


@dataclass(frozen=True)
class UnitLine:
    """One unit's row of the matrix: a report, or None, under each measure."""

    unit: str
    name: str
    cells: tuple[ReportRow | None, ...]
    calls: tuple[Call, ...]

    @property
    def reports(self) -> list[ReportRow]:
        return [cell for cell in self.cells if cell]

    @property
    def total(self) -> int:
        return len(self.reports)

    @property
    def handed(self) -> int:
        return sum(row.handed for row in self.reports)

    @property
    def missing(self) -> int:
        return self.total - self.handed

    @property
    def accepted(self) -> int:
        return sum(row.stage == ReportStage.ACCEPTED for row in self.reports)

    @property
    def late(self) -> bool:
        """True where something was, or still is, handed in after the due instant."""
        return any(row.late for row in self.reports)


@dataclass(frozen=True)
class RoundOverview:
    """A round as a matrix of units and measures."""

    round: RoundRow
    measures: tuple[tuple[str, str, str], ...]
    """Key, label and title of each column."""
    units: tuple[UnitLine, ...]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.units)

    @property
    def handed(self) -> int:
        return sum(line.handed for line in self.units)

    @property
    def accepted(self) -> int:
        return sum(line.accepted for line in self.units)

    @property
    def waiting(self) -> int:
        """How many lie with the office for review."""
        rows = [row for line in self.units for row in line.reports]
        return sum(row.stage == ReportStage.AT_OFFICE for row in rows)

    @property
    def missing_units(self) -> tuple[UnitLine, ...]:
        """Units that haven't handed in everything."""
        return tuple(line for line in self.units if line.missing)

    @property
    def late_units(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.units if line.late)


def round_overview(round: RoundRow, viewer: Viewer, moment: Moment) -> RoundOverview:
    """Units by measures with the state of each report the viewer may see."""
    rows = report_rows(visible(Report.objects.filter(round=round.key), viewer), viewer, moment)
    measures = tuple(
        dict.fromkeys((row.measure, row.measure_label, row.measure_title) for row in rows)
    )
    calls = _calls(round.key, viewer, moment)
    units = dict.fromkeys((row.unit, row.unit_name) for row in rows)
    cells = {(row.unit, row.measure): row for row in rows}
    lines = [
        UnitLine(
            unit,
            name,
            tuple(cells.get((unit, measure[0])) for measure in measures),
            tuple(calls.get(unit, ())),
        )
        for unit, name in sorted(units, key=lambda pair: pair[1])
    ]
    return RoundOverview(round, measures, tuple(lines))


def _calls(round: str, viewer: Viewer, moment: Moment) -> dict[str, list[Call]]:
    notes = visible(CallNote.objects.at(moment).filter(round=round), viewer)
    rows = list(notes.select_related("act").order_by("act"))
    names = names_of(row.act.by for row in rows)
    found: dict[str, list[Call]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(Call(row.act.at, names.get(row.act.by, "—"), row.text))
    return found


def waiting_at_office(rows: Iterable[ReportRow]) -> list[ReportRow]:
    """The reports the office has to look at."""
    return [row for row in rows if row.stage == ReportStage.AT_OFFICE]
