"""A self-report as a sheet: what is asked, what the system holds already, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, NotFound, in_words
from luodi.kit.quantities import show
from luodi.kit.quantities.exact import LIMIT
from luodi.kit.quantities.numerals import read_number
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SchemeRule

from ..choices import AppraisalStage, CheckStage, FigureOrigin, FigurePart, SelfReportStage
from ..models import (
    AppraisalFigure,
    FigureCheck,
    FigureEvidence,
    SelfReport,
    SelfReportDraft,
    SelfReportState,
)
from ..rules.self_reports import WRITABLE
from .appraisals import AppraisalHeld, hold_appraisal
from .inputs import Known, inputs_at
from .procedures import answering

RUNNING = frozenset({AppraisalStage.SELF_REPORT, AppraisalStage.VERIFYING})
"""Stages in which self-reports may be handed in; what comes after the time is late."""


@dataclass(frozen=True)
class ReadFigure:
    """A typed figure as an integer at its own scale."""

    amount: int
    scale: int


@dataclass(frozen=True)
class SheetCell:
    """One figure of a sheet: what it is, what is known or typed, how it was verified."""

    indicator: str
    part: str
    title: str
    part_label: str
    group: str
    measured_in: str
    scale: int
    answers: str
    answers_name: str
    known: Known | None
    typed: str
    note: str
    check: FigureCheck | None
    own: str
    files: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """`indicator:part`, as forms name it."""
        return f"{self.indicator}:{self.part}"

    @property
    def place(self) -> tuple[str, str]:
        return self.indicator, self.part

    @property
    def is_count(self) -> bool:
        """Whether it says how often something happened: nothing typed means it didn't."""
        return self.part == FigurePart.COUNT

    @property
    def is_accepted(self) -> bool:
        return self.check is not None and self.check.stage == CheckStage.ACCEPTED

    @property
    def is_returned(self) -> bool:
        return self.check is not None and self.check.stage == CheckStage.RETURNED

    @property
    def known_text(self) -> str:
        """What the system holds, in digits."""
        known = self.known
        return "" if known is None or known.amount is None else show(known.amount, known.scale)

    @property
    def source(self) -> str:
        """Where the known figure stands: the page of its indicator."""
        return reverse("indicator", args=[self.known.indicator]) if self.known else ""

    def read(self, text: str) -> ReadFigure | None:
        """A typed figure; None for nothing typed or what can't be read."""
        found = self._read(text)
        return found if isinstance(found, ReadFigure) else None

    def fault_of(self, text: str, note: str) -> str:
        """What is wrong with what was typed, in words; '' for nothing."""
        if not text.strip():
            if self.is_count or note.strip():
                return ""
            return _("没有填数；确实没有的，请在说明里写明原因")
        found = self._read(text)
        return in_words(found) if isinstance(found, Refusal) else ""

    def _read(self, text: str) -> ReadFigure | Refusal:
        found = read_number(text)
        if isinstance(found, Refusal):
            return found
        value, places = found
        if self.is_count and (value.denominator != 1 or not 0 <= value <= 999):
            return Refusal(
                "cell.count", "次数应是 0 到 999 的整数", "must be a whole number, 0–999"
            )
        if places > self.scale:
            return Refusal(
                "cell.places", f"最多保留 {self.scale} 位小数", f"at most {self.scale} decimals"
            )
        amount = value * 10**places
        if abs(amount) > LIMIT // 10**9 or amount != Fraction(int(amount)):
            return Refusal("cell.large", "数值过大", "the number is too large")
        return ReadFigure(int(amount), places)


@dataclass(frozen=True)
class Sheet:
    """A self-report with its cells, for whoever may read it."""

    held: AppraisalHeld
    report: SelfReport
    state: SelfReportState
    cells: tuple[SheetCell, ...]
    typed: Mapping[str, str]
    notes: Mapping[str, str]
    words: str
    version: int
    unit_name: str

    @property
    def key(self) -> str:
        return self.report.key

    @property
    def appraisal(self) -> str:
        return self.held.key

    @property
    def city(self) -> str:
        return self.report.city

    @property
    def unit(self) -> str:
        return self.report.unit

    @property
    def office(self) -> str:
        """The office that runs the appraisal."""
        return self.held.appraisal.unit

    @property
    def title(self) -> str:
        return self.held.state.title

    @cached_property
    def asked(self) -> frozenset[str]:
        """The cells the unit fills: neither known from elsewhere nor accepted already."""
        return frozenset(
            cell.key for cell in self.cells if cell.known is None and not cell.is_accepted
        )

    @cached_property
    def faults(self) -> list[tuple[SheetCell, str]]:
        """The cells that keep it from being handed in, each with why."""
        said = [
            (cell, cell.fault_of(self.typed.get(cell.key, ""), self.notes.get(cell.key, "")))
            for cell in self.cells
            if cell.key in self.asked
        ]
        return [(cell, fault) for cell, fault in said if fault]

    @property
    def spared(self) -> int:
        """How many figures are known and not asked again."""
        return sum(cell.known is not None for cell in self.cells)

    @property
    def groups(self) -> list[tuple[str, list[SheetCell]]]:
        """The cells by the scheme's groups."""
        found: dict[str, list[SheetCell]] = {}
        for cell in self.cells:
            found.setdefault(cell.group, []).append(cell)
        return list(found.items())

    @property
    def writable(self) -> bool:
        return self.state.stage in WRITABLE and self.held.state.stage in RUNNING

    def files_of(self, indicator: str) -> tuple[tuple[str, str], ...]:
        """The files beside an indicator: key and name."""
        return next((cell.files for cell in self.cells if cell.indicator == indicator), ())


def require_running(sheet: Sheet) -> None:
    """Refuse once the first result is there: the sheet is closed."""
    if sheet.held.state.stage not in RUNNING:
        raise Closed(_("这次考核已经形成初步结果，自评不能再改；对结果有意见请在反馈后提出异议。"))


def self_report_states(viewer: Viewer, moment: Moment) -> list[SelfReportState]:
    """The self-reports of the viewer's own units, the newest appraisal first."""
    mine = SelfReport.objects.at(moment).filter(unit__in=viewer.units)
    rows = SelfReportState.objects.at(moment).filter(self_report__in=visible(mine, viewer))
    rows = rows.select_related("self_report", "self_report__appraisal")
    return list(rows.order_by("-self_report__appraisal__year", "-self_report__act"))


def sheet_of(self_report: str, viewer: Viewer, moment: Moment) -> Sheet:
    """The sheet for its own unit at any time, for whole-city roles once it was handed out.

    `NotFound` for everybody else; drafts are seen by the unit alone.
    """
    rows = visible(SelfReport.objects.at(moment), viewer)
    report = rows.filter(key=self_report).first()
    state = SelfReportState.objects.at(moment).filter(self_report=self_report).first()
    own = report is not None and report.unit in viewer.units
    if report is None or state is None or not (own or state.submitted_at):
        raise NotFound(_("没有这份自评表，或者还没有报出。"))
    held = hold_appraisal(report.appraisal_id, viewer, moment)
    writes = own and state.stage in WRITABLE and not moment.is_past
    draft = SelfReportDraft.objects.filter(self_report=self_report).first() if writes else None
    typed, notes = (draft.cells, draft.notes) if draft else (state.cells, state.notes)
    cells = _cells(held, report, typed, notes)
    return Sheet(
        held=held,
        report=report,
        state=state,
        cells=cells,
        typed=typed,
        notes=notes,
        words=draft.words if draft else state.words,
        version=draft.version if draft else 0,
        unit_name=unit_names([report.unit], moment).get(report.unit, ""),
    )


def _cells(
    held: AppraisalHeld, report: SelfReport, typed: Mapping[str, str], notes: Mapping[str, str]
) -> tuple[SheetCell, ...]:
    if held.rule is None:
        return ()
    known = {
        (indicator, part): one
        for (unit, indicator, part), one in inputs_at(held, held.moment).known.items()
        if unit == report.unit and one.origin == FigureOrigin.VALUE and one.amount is not None
    }
    at, mine = held.moment, {"self_report": report.key}
    checks = {(c.indicator, c.part): c for c in FigureCheck.objects.at(at).filter(**mine)}
    files: dict[str, list[tuple[str, str]]] = {}
    for row in FigureEvidence.objects.at(at).filter(**mine).select_related("file").order_by("pk"):
        files.setdefault(row.indicator, []).append((row.file_id, row.file.name))
    offices = answering(held)
    names = unit_names(set(offices.values()), at)
    verified = AppraisalFigure.objects.at(at).filter(
        appraisal=held.key, unit=report.unit, origin=FigureOrigin.VERIFIED
    )
    own = {(f.indicator, f.part): show(f.amount, f.scale) for f in verified if f.amount is not None}
    found = []
    for place in asked_places(held.rule, held.categories.get(report.unit, "")):
        cell = (place.indicator, place.part)
        key = f"{place.indicator}:{place.part}"
        found.append(
            SheetCell(
                indicator=place.indicator,
                part=place.part,
                title=place.title,
                part_label=str(FigurePart(place.part).label),
                group=place.group,
                measured_in=place.measured_in,
                scale=place.scale,
                answers=offices[place.indicator],
                answers_name=names.get(offices[place.indicator], ""),
                known=known.get(cell),
                typed=typed.get(key, ""),
                note=notes.get(key, ""),
                check=checks.get(cell),
                own=own.get(cell, ""),
                files=tuple(files.get(place.indicator, ())),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class AskedPlace:
    """A figure a scheme asks of a unit."""

    indicator: str
    part: str
    title: str
    group: str
    measured_in: str
    scale: int


def asked_places(rule: SchemeRule, category: str) -> list[AskedPlace]:
    """The figures a scheme needs of a category, in its order: for growth the year before too, for
    completion the target where the scheme has none; and how often each addition is claimed.

    Deductions and vetoes aren't asked of those assessed.
    """
    found = []
    for group in rule.groups:
        group_title = titled(group)
        for one in group.indicators:
            if not one.counts_for(category):
                continue
            title = titled(one)
            parts = [FigurePart.ACTUAL]
            if one.method == "growth" or one.of == "growth":
                parts.append(FigurePart.BASE)
            if (one.method == "completion" or one.of == "completion") and one.target is None:
                parts.append(FigurePart.TARGET)
            found += [
                AskedPlace(one.key, str(p), title, group_title, one.measured_in, one.scale)
                for p in parts
            ]
    for extra in rule.additions:
        title = titled(extra)
        found.append(AskedPlace(extra.key, str(FigurePart.COUNT), title, _("加分"), _("次"), 0))
    return found


def find_self_report(key: str) -> Found | None:
    """The finder of the subject kind `self_report`."""
    rows = SelfReportState.objects.open().select_related("self_report", "self_report__appraisal")
    state = rows.filter(self_report=key).first()
    if state is None:
        return None
    report = state.self_report
    held = report.appraisal.states.get(until=None)
    return Found(
        title=held.title,
        address=reverse("appraisal_self_report", args=[key]),
        kind_label=_("自评表"),
        scope={"city": report.city, "unit": report.unit},
        searched=state.stage == SelfReportStage.SUBMITTED,
    )
