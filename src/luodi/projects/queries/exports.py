"""The approval platform's exports: what their columns are, and what taking one in would change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.queries import content_of
from luodi.kit.calendars import Period
from luodi.orgs.queries import name_of, visible
from luodi.orgs.rules import Viewer

from ..choices import Outcome, Series, Teller
from ..models import (
    ExportTaking,
    MoneyFigure,
    PlatformExport,
    ProjectState,
    YearPlan,
)
from ..rules.columns import Listed
from ..rules.exports import FIELDS, KNOWN, Line, lines_of
from ..rules.money import Amounts, clashes, decimal_of, doubts, exact
from .layouts import (
    Change,
    ColumnGuess,
    Taken,
    columns_in,
    guesses_for,
    layout_of,
    read_listed,
    token_for,
)
from .merged import living
from .money import amounts_of, pace_at

PLANS = ("plan", "total")
FIGURES = ("month", "to_date", "since_start")


@dataclass(frozen=True)
class DryLine:
    """What would become of one line. `writes` are the columns that would be written by table."""

    number: int
    code: str
    name: str
    project: str
    title: str
    outcome: str
    changes: tuple[Change, ...] = ()
    says: tuple[str, ...] = ()
    writes: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        return str(Outcome(self.outcome).label)


@dataclass(frozen=True)
class DryRun:
    """Every line of an export with what would become of it; `token` stands for all of it."""

    lines: tuple[DryLine, ...]
    counts: Counter[str]
    token: str


@dataclass(frozen=True)
class ExportPage:
    """One export: its heads, what its columns are, and the dry run once a person said so."""

    key: str
    file_name: str
    period: str
    heads: dict[int, str]
    guesses: tuple[ColumnGuess, ...]
    confirmed: bool
    unmeasured: tuple[str, ...]
    dry: DryRun | None
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class ExportRow:
    """An export in the list."""

    key: str
    file_name: str
    period: str
    at: datetime
    who: str
    taken: bool
    written: int | None


def exports(viewer: Viewer, moment: Moment) -> list[ExportRow]:
    """The exports that were brought, the latest first."""
    rows = visible(PlatformExport.objects.at(moment), viewer).select_related("file", "act")
    found = list(rows.order_by("-act"))
    taken: dict[str, int] = defaultdict(int)
    for one in ExportTaking.objects.at(moment).filter(export__in=[row.key for row in found]):
        taken[one.export_id] += one.counts.get("written", 0)
    names = {by: name_of(by) for by in {row.act.by for row in found}}
    return [
        ExportRow(
            row.key,
            row.file.name,
            row.period,
            row.act.at,
            names[row.act.by],
            row.key in taken,
            taken.get(row.key),
        )
        for row in found
    ]


def read_export(name: str, data: bytes) -> Listed:
    """The list in an exported file; `Incomplete` where there is none."""
    missing = _("没有找到表头：至少要有项目代码和一列金额。")
    return read_listed(name, data, KNOWN, missing)


def export_for(key: str, viewer: Viewer, moment: Moment) -> PlatformExport:
    """An export within the viewer's scope, or `NotFound`."""
    mine = visible(PlatformExport.objects.at(moment).filter(key=key), viewer)
    found = mine.select_related("file", "layout").first()
    if found is None:
        raise NotFound(_("没有这份导出文件，或者它不在您的范围内。"))
    return found


def export_page(key: str, viewer: Viewer, moment: Moment) -> ExportPage:
    """One export with its dry run as things stand at the moment."""
    export = export_for(key, viewer, moment)
    found = read_export(export.file.name, content_of(export.file))
    state = layout_of(export.layout_id, moment)
    chosen = columns_in(found, state.columns)
    takings = ExportTaking.objects.at(moment).filter(export=export).select_related("act")
    return ExportPage(
        key=key,
        file_name=export.file.name,
        period=export.period,
        heads=dict(found.heads),
        guesses=guesses_for(found, state, FIELDS, KNOWN, export.city, moment),
        confirmed="code" in chosen,
        unmeasured=tuple(
            found.heads[at]
            for f, at in chosen.items()
            if f not in ("code", "name") and not found.measure(at)
        ),
        dry=dry_run(export, found, chosen, viewer, moment) if "code" in chosen else None,
        taken=tuple(
            Taken(one.act.at, name_of(one.act.by), one.counts) for one in takings.order_by("act")
        ),
    )


def dry_run(
    export: PlatformExport,
    found: Listed,
    columns: Mapping[str, int],
    viewer: Viewer,
    moment: Moment,
) -> DryRun:
    """Every line of an export against what the platform told before, in a few queries."""
    known = _Platform(viewer, moment, Period.parse(export.period))
    lines = tuple(_dry(line, known) for line in lines_of(found, columns))
    said = (f"{one.number} {one.outcome} {one.project} {one.writes}" for one in lines)
    return DryRun(lines, Counter(line.outcome for line in lines), token_for(said))


class _Platform:
    """Projects by code, and what the platform told of them, up to the month of an export."""

    def __init__(self, viewer: Viewer, moment: Moment, period: Period) -> None:
        self.period = period
        mine = living(viewer, moment).values("key")
        self.by_code: dict[str, list[ProjectState]] = defaultdict(list)
        for state in ProjectState.objects.at(moment).filter(project__in=mine).exclude(code=""):
            self.by_code[state.code].append(state)
        plans = YearPlan.objects.at(moment).filter(project__in=mine, year=period.year)
        self.plans = {(p.project_id, p.told_by): p for p in plans}
        figures = MoneyFigure.objects.at(moment).filter(
            project__in=mine, told_by=Teller.PLATFORM, period__lte=period.key
        )
        self.figures: dict[tuple[str, str], dict[str, MoneyFigure]] = defaultdict(dict)
        for figure in figures:
            self.figures[figure.project_id, figure.series][figure.period] = figure
        pace = pace_at(viewer.city, moment)
        self.most_times = pace.most_times if pace else 2

    def now(self, project: str, field: str) -> tuple[int | None, int]:
        """The platform's amount of a field as it stands, at its scale."""
        row: Any
        if field in PLANS:
            row, name = self.plans.get((project, Teller.PLATFORM)), _column(field)
        else:
            series = Series.IN_PLACE if field == "in_place" else Series.DISPATCH
            row, name = self.figures[project, series].get(self.period.key), _column(field)
        return (getattr(row, name), getattr(row, f"{name}_scale")) if row else (None, 0)


def _column(field: str) -> str:
    """The column of its table in which a field is kept."""
    return {"plan": "amount", "in_place": "to_date"}.get(field, field)


def _dry(line: Line, known: _Platform) -> DryLine:
    states = known.by_code.get(line.code, [])
    about = {"number": line.number, "code": line.code, "name": line.name}
    if line.faults:
        return DryLine(**about, project="", title="", outcome=Outcome.FAULTY, says=line.faults)
    if len(states) > 1:
        names = listed(state.name for state in states[:3])
        says = (_("有几个项目都用这个代码：%(names)s。") % {"names": names},)
        return DryLine(**about, project="", title="", outcome=Outcome.FAULTY, says=says)
    if not states:
        says = (_("没有登记用这个代码的项目，或者不在您的范围内。"),)
        return DryLine(**about, project="", title="", outcome=Outcome.UNKNOWN, says=says)
    [state] = states
    changes, writes = [], defaultdict(list)
    for name, (number, scale) in line.amounts.items():
        before = exact(*known.now(state.project_id, name))
        after = Fraction(number, 10**scale)
        if before != after:
            shown = None if before is None else decimal_of(before)
            changes.append(Change(str(FIELDS[name]), shown, decimal_of(after)))
            writes[_table(name)] += [(_column(name), number), (f"{_column(name)}_scale", scale)]
    says = tuple(_odd(line, state, known)) if changes else ()
    outcome = Outcome.EQUAL if not changes else Outcome.NEW
    if any(change.before is not None for change in changes):
        outcome = Outcome.DIFFERENT
    return DryLine(
        **about,
        project=state.project_id,
        title=state.name,
        outcome=Outcome.ODD if says else outcome,
        changes=tuple(changes),
        says=says,
        writes=tuple((table, tuple(columns)) for table, columns in writes.items()),
    )


def _table(field: str) -> str:
    if field in PLANS:
        return "plan"
    return Series.IN_PLACE.value if field == "in_place" else Series.DISPATCH.value


def _odd(line: Line, state: ProjectState, known: _Platform) -> Iterable[str]:
    """What is out of proportion in a line, or contradicts the platform's own month before."""
    given = {name: exact(*line.amounts[name]) for name in line.amounts}
    said = Amounts(**{name: given.get(name) for name in FIGURES})
    project, period = state.project_id, known.period
    figures = known.figures[project, Series.DISPATCH]
    before = figures.get(period.previous().key)
    yield from clashes(said, amounts_of(before) if before else None, period)
    mine = known.plans.get((project, Teller.UNIT))
    plan = given.get("plan") or (exact(mine.amount, mine.amount_scale) if mine else None)
    own = exact(state.investment, state.investment_scale)
    earlier = [amounts_of(f).month for at, f in figures.items() if at != period.key]
    yield from doubts(
        said, plan, given.get("total") or own, [one for one in earlier if one], known.most_times
    )
    total = given.get("total")
    if total and own and not Fraction(1, 1000) < total / own < 1000:
        yield _("总投资与登记的总投资相差千倍以上，请核对单位。")


def written_in(lines: Iterable[DryLine], chosen: Iterable[int]) -> list[DryLine]:
    """The lines that taking an export in would write: new, different, and the odd ones chosen."""
    odd = set(chosen)
    sure = {Outcome.NEW, Outcome.DIFFERENT}
    return [
        line
        for line in lines
        if line.outcome in sure or (line.outcome == Outcome.ODD and line.number in odd)
    ]
