"""Tables of figures brought for a grading: read again, every line against what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line
from luodi.common.lists import list_from
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.common.sheets import workbook
from luodi.common.tables import shown
from luodi.documents.queries import content_of
from luodi.indicators.models import Value
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import code_sentence, names_of, visible
from luodi.orgs.rules import Viewer, code_fault
from luodi.packs.schemas import GradingRule
from luodi.projects.queries.layouts import token_for

from ..choices import LineOutcome
from ..models import GradingFile, GradingFirm, GradingTaking
from ..rules.grading_files import Line, Read, read_table
from ..rules.gradings import input_titles, plain_digits
from .grading_figures import Source, sources_of
from .gradings import GradingHead

Cell = tuple[str, str, str, str, int, int]
"""Indicator, unit, enterprise, period, amount, scale: what a figure is written by."""


@dataclass(frozen=True)
class DryLine:
    """What taking a line in would do: cells to write, or why it isn't taken."""

    number: int
    name: str
    code: str
    enterprise: str
    outcome: LineOutcome
    changes: tuple[tuple[str, str, str], ...] = ()
    cells: tuple[Cell, ...] = ()
    started: date | None = None
    home: tuple[str, str] = ("", "")
    says: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def sealed(self) -> object:
        """What the token stands for."""
        return (self.number, self.enterprise, self.outcome.value, self.cells, self.started)


@dataclass(frozen=True)
class DryRun:
    """Every line of a table, how many come to what, and the token of the whole."""

    lines: tuple[DryLine, ...]
    heads: tuple[str, ...]
    unknown: tuple[str, ...]
    counts: Mapping[str, int]
    token: str

    @property
    def writable(self) -> int:
        """How many lines would write something."""
        return self.counts.get(LineOutcome.NEW, 0) + self.counts.get(LineOutcome.DIFFERENT, 0)


@dataclass(frozen=True)
class FileRow:
    """A table that was brought."""

    key: str
    name: str
    at: datetime
    who: str
    taken_at: datetime | None
    counts: Mapping[str, int]


def files_of(head: GradingHead, moment: Moment) -> list[FileRow]:
    """The tables brought for a grading, the newest first."""
    rows = list(
        GradingFile.objects.at(moment)
        .filter(grading=head.key)
        .select_related("file", "act")
        .order_by("-act")
    )
    taken = {
        row.brought_id: row
        for row in GradingTaking.objects.at(moment).filter(brought__in=rows).select_related("act")
    }
    people = names_of({row.act.by for row in rows})
    return [
        FileRow(
            row.key,
            row.file.name,
            row.act.at,
            people.get(row.act.by, "—"),
            taken[row.key].act.at if row.key in taken else None,
            taken[row.key].counts if row.key in taken else {},
        )
        for row in rows
    ]


def file_for(key: str, viewer: Viewer, moment: Moment) -> GradingFile:
    """A table that was brought, within the viewer's scope, or `NotFound`."""
    rows = visible(GradingFile.objects.at(moment), viewer).select_related("file", "grading")
    found = rows.filter(key=key).first()
    if found is None:
        raise NotFound(_("没有这份数据表，或者不在您的范围内。"))
    return found


def read_figures_file(rule: GradingRule, name: str, data: bytes) -> Read:
    """The lines of a table of figures; `Incomplete` where it can't be read as one."""
    found = list_from(name, data, partial(read_table, rule))
    if found is not None:
        return found
    raise Incomplete(
        _("没有找到表头：要有“统一社会信用代码”一列，并至少有一列数据（如“用地面积”）。")
    )


def dry_run(brought: GradingFile, rule: GradingRule, moment: Moment) -> DryRun:
    """What taking a table in would do, in a fixed number of queries."""
    read = read_figures_file(rule, brought.file.name, content_of(brought.file))
    grading = brought.grading
    own = _own_sources(grading.city, rule, grading.year, moment)
    firms = {
        row.credit_code: row for row in EnterpriseState.objects.at(moment).filter(city=grading.city)
    }
    known: dict[tuple[str, str], tuple[int, int, str]] = {}
    rows = Value.objects.at(moment).filter(
        city=grading.city,
        indicator__in={one.indicator for one in own.values()},
        period=str(grading.year),
    )
    columns = ("enterprise", "indicator_id", "amount", "scale", "unit", "purpose")
    purposes = {one.indicator: one.purpose for one in own.values()}
    for firm, indicator, amount, scale, unit, purpose in rows.values_list(*columns):
        if purpose == purposes[indicator]:
            known[firm, indicator] = (amount, scale, unit)
    started = dict(
        GradingFirm.objects.at(moment)
        .filter(grading=grading)
        .values_list("enterprise", "started_on")
    )
    judge = _Judge(rule, own, firms, known, started, str(grading.year), moment)
    lines = tuple(judge.line(line) for line in read.lines)
    counts = Counter(line.outcome.value for line in lines)
    return DryRun(lines, read.heads, read.unknown, counts, token_for(one.sealed for one in lines))


def _own_sources(city: str, rule: GradingRule, year: int, moment: Moment) -> dict[str, Source]:
    """The grading's own indicator of each input."""
    sources = sources_of(city, rule, year, moment)
    return {one.key: own for one in rule.inputs if (own := sources.own(one.key)) is not None}


@dataclass(frozen=True)
class _Judge:
    """Judges the lines one by one; everything it needs was read before."""

    rule: GradingRule
    own: Mapping[str, Source]
    firms: Mapping[str, EnterpriseState]
    known: Mapping[tuple[str, str], tuple[int, int, str]]
    started: Mapping[str, date | None]
    period: str
    moment: Moment

    def line(self, line: Line) -> DryLine:
        """What would become of a line."""
        firm = self.firms.get(line.code)
        faults = [*line.faults, *self._unknown(line, firm)]
        about = {"number": line.number, "code": line.code, "written": line.written}
        name = firm.name if firm else line.name
        if faults or firm is None:
            return DryLine(
                name=name, enterprise="", outcome=LineOutcome.FAULTY, says=tuple(faults), **about
            )
        changes, cells = self._cells(line, firm)
        before = self.started.get(firm.of_id)
        started = line.started if line.started and line.started != before else None
        if started:
            changes.append((_("投产日期"), shown(before), shown(started)))
        outcome = LineOutcome.EQUAL
        if changes:
            fresh = all(old in ("", "—") for _title, old, _new in changes)
            outcome = LineOutcome.NEW if fresh else LineOutcome.DIFFERENT
        return DryLine(
            name=name,
            enterprise=firm.of_id,
            outcome=outcome,
            changes=tuple(changes),
            cells=tuple(cells),
            started=started,
            home=(firm.unit, firm.zone),
            says=tuple(self._odd(line, firm)),
            **about,
        )

    def _unknown(self, line: Line, firm: EnterpriseState | None) -> list[str]:
        if not line.code:
            return []
        if firm is None:
            fault = code_fault(line.code)
            return [code_sentence(fault) if fault else _("名录里没有这家企业，请先登记。")]
        if firm.standing != EnterpriseStanding.IN_BUSINESS:
            return [_("这家企业已注销。")]
        late = line.started and line.started > self.moment.today
        return [_("投产日期不能晚于今天。")] if late else []

    def _odd(self, line: Line, firm: EnterpriseState) -> list[str]:
        if line.name and line.name != firm.name:
            said = {"said": line.name[:60], "name": firm.name}
            return [_("表里写作“%(said)s”，名录里是“%(name)s”，按代码对应。") % said]
        return []

    def _cells(
        self, line: Line, firm: EnterpriseState
    ) -> tuple[list[tuple[str, str, str]], list[Cell]]:
        titles = input_titles(self.rule)
        changes, cells = [], []
        for one in self.rule.inputs:
            amount, source = line.figures.get(one.key), self.own.get(one.key)
            if amount is None or source is None:
                continue
            before = self.known.get((firm.of_id, source.indicator))
            if before and before[0] * 10**one.scale == amount * 10 ** before[1]:
                continue
            unit = before[2] if before else firm.unit
            cells.append((source.indicator, unit, firm.of_id, self.period, amount, one.scale))
            old = _digits(before[0], before[1]) if before else ""
            changes.append((titles[one.key], old, _digits(amount, one.scale)))
        return changes, cells


def _digits(amount: int, scale: int) -> str:
    return plain_digits(Fraction(amount, 10**scale))


def faulty_lines(brought: GradingFile, dry: DryRun) -> tuple[str, bytes]:
    """The lines with faults as they were written, the reason beside each, as an Excel file."""
    rows = [
        [*line.written, *[""] * (len(dry.heads) - len(line.written)), in_one_line(line.says)]
        for line in dry.lines
        if line.outcome == LineOutcome.FAULTY
    ]
    name = brought.file.name.rpartition(".")[0] or brought.file.name
    title = _("%s 有错的行") % name[:80]
    return f"{title}.xlsx", workbook(title, [*dry.heads, _("原因")], rows)
