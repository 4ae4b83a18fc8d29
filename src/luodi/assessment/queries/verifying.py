"""What an office of data sees of an appraisal: its own data, over all units, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from luodi.common.moments import Moment
from luodi.kit.quantities import show
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import CheckStage, FigureOrigin, FigurePart, WindowStep
from ..models import AppraisalFigure, FigureCheck, FigureEvidence
from .appraisals import AppraisalHeld, hold_appraisal
from .procedures import window_at
from .self_reports import AskedPlace, SheetCell, asked_places

VERIFIERS = (*UNIT_ROLES, Role.OFFICE, Role.STATISTICIAN)
"""Who verifies for the unit that answers for a datum."""


def verifies_for(viewer: Viewer, unit: str) -> bool:
    """Whether the viewer verifies what a unit answers for."""
    return viewer.acts_for(unit, *VERIFIERS)


@dataclass(frozen=True)
class CheckRow:
    """A reported figure before its office. `apart` is how far the office's own figure lies."""

    check: FigureCheck
    unit_name: str
    title: str
    part_label: str
    group: str
    measured_in: str
    scale: int
    reported: str
    missing: str
    note: str
    own: str
    apart: str
    answers_name: str
    files: tuple[tuple[str, str], ...]
    place: AskedPlace

    @property
    def key(self) -> str:
        """`self-report/indicator/part`, as forms name it."""
        return self.check.identity_key

    @property
    def waits(self) -> bool:
        return self.check.stage == CheckStage.WAITING

    @property
    def stage_label(self) -> str:
        return str(self.check.get_stage_display())


@dataclass(frozen=True)
class VerifyingPage:
    """The figures of an appraisal that the viewer's units answer for."""

    held: AppraisalHeld
    rows: tuple[CheckRow, ...]
    due_at: datetime | None
    missing: int

    @property
    def waiting(self) -> int:
        return sum(row.waits for row in self.rows)


def verifying_page(key: str, viewer: Viewer, moment: Moment) -> VerifyingPage:
    """The viewer's data over all units, in a fixed number of queries."""
    held = hold_appraisal(key, viewer, moment)
    units = [unit for unit in viewer.units if verifies_for(viewer, unit)]
    checks = FigureCheck.objects.at(moment).filter(self_report__appraisal=key, answers__in=units)
    rows = check_rows(held, list(checks.select_related("self_report")))
    window = window_at(key, WindowStep.VERIFICATION, moment)
    handed = {row.check.unit for row in rows}
    missing = len(set(held.categories) - handed) if rows else 0
    return VerifyingPage(held, tuple(rows), window.due_at if window else None, missing)


def check_rows(held: AppraisalHeld, checks: Iterable[FigureCheck]) -> list[CheckRow]:
    """Checks with their figures in words."""
    there = list(checks)
    at = held.moment
    figures = {
        (f.unit, f.indicator, f.part, f.origin): f
        for f in AppraisalFigure.objects.at(at).filter(
            appraisal=held.key, origin__in=[FigureOrigin.SELF_REPORT, FigureOrigin.VERIFIED]
        )
    }
    files: dict[tuple[str, str], list[tuple[str, str]]] = {}
    evidence = FigureEvidence.objects.at(at).filter(self_report__appraisal=held.key)
    for row in evidence.select_related("file").order_by("pk"):
        files.setdefault((row.self_report_id, row.indicator), []).append(
            (row.file_id, row.file.name)
        )
    places = _places(held)
    names = unit_names({c.unit for c in there} | {c.answers for c in there}, at)
    found = []
    for check in there:
        place = places.get((check.indicator, check.part))
        if place is None:
            continue
        said = figures.get((check.unit, check.indicator, check.part, FigureOrigin.SELF_REPORT))
        own = figures.get((check.unit, check.indicator, check.part, FigureOrigin.VERIFIED))
        found.append(
            CheckRow(
                check=check,
                unit_name=names.get(check.unit, ""),
                title=place.title,
                part_label=str(FigurePart(check.part).label),
                group=place.group,
                measured_in=place.measured_in,
                scale=place.scale,
                reported=_text(said),
                missing=said.missing if said else "",
                note=said.note if said else "",
                own=_text(own),
                apart=apart_text(said, own),
                answers_name=names.get(check.answers, ""),
                files=tuple(files.get((check.self_report_id, check.indicator), ())),
                place=place,
            )
        )
    order = {key: n for n, key in enumerate(places)}
    return sorted(found, key=lambda r: (order[r.check.indicator, r.check.part], r.unit_name))


def _places(held: AppraisalHeld) -> dict[tuple[str, str], AskedPlace]:
    """Every figure the scheme may ask of any category."""
    if held.rule is None:
        return {}
    return {
        (place.indicator, place.part): place
        for category in held.rule.category_keys()
        for place in asked_places(held.rule, category)
    }


def _text(figure: AppraisalFigure | None) -> str:
    if figure is None or figure.amount is None:
        return ""
    return show(figure.amount, figure.scale)


def apart_text(said: AppraisalFigure | None, own: AppraisalFigure | None) -> str:
    """The office's figure less the reported one, with its sign; '' where they agree or one is
    missing."""
    if said is None or own is None or said.amount is None or own.amount is None:
        return ""
    scale = max(said.scale, own.scale)
    exact = Fraction(own.amount, 10**own.scale) - Fraction(said.amount, 10**said.scale)
    number = int(exact * 10**scale)
    return "" if number == 0 else ("+" if number > 0 else "") + show(number, scale)


def cell_like(row: CheckRow) -> SheetCell:
    """The sheet's cell of a row: it reads what is typed as the unit's own sheet does."""
    return SheetCell(
        indicator=row.check.indicator, part=row.check.part, title=row.title,
        part_label=row.part_label, group=row.group, measured_in=row.measured_in, scale=row.scale,
        answers=row.check.answers, answers_name=row.answers_name, known=None, typed="", note="",
        check=row.check, own="", files=(),
    )  # fmt: skip
