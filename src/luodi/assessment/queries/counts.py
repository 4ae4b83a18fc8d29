"""Counts of additions, deductions and vetoes: what was entered, and what the record proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas.schemes import SchemeExtra, SchemeVeto
from luodi.supervision.choices import LetterKind
from luodi.supervision.queries import LetterRow, exemptions_of, issued_letters

from ..choices import CheckStage, FigureOrigin, FigurePart
from ..models import AppraisalFigure, FigureCheck
from .appraisals import SETTLED, AppraisalHeld, hold_as_office
from .runs import Titles
from .self_reports import RUNNING


@dataclass(frozen=True)
class CountTerm:
    """What is counted: its key and head (addition, deduction, veto) in words, and the kind of the
    letters proposed for it, '' for none."""

    key: str
    head: str
    title: str
    letters: str
    letters_label: str
    note: str


@dataclass(frozen=True)
class LetterCounted:
    """A letter of the record: its key, number and day, and the exemption that covers it."""

    key: str
    words: str
    exempt: str


@dataclass(frozen=True)
class Proposed:
    """What the record proposes as a count: the letters issued in the year."""

    letters: tuple[LetterCounted, ...]

    @property
    def count(self) -> int:
        return len(self.letters)

    @property
    def plain(self) -> list[list[str]]:
        """The letters as a figure keeps them."""
        return [[one.key, one.words] for one in self.letters]


@dataclass(frozen=True)
class CountCell:
    """How often a unit is counted under a term. `figure` is what the office entered or took over,
    `other` a corrected or reported count; `shut` says why it can't be entered here."""

    unit: str
    unit_name: str
    term: CountTerm
    figure: AppraisalFigure | None
    other: AppraisalFigure | None
    proposed: Proposed | None
    shut: str

    @property
    def key(self) -> str:
        """`unit/term`, as forms name it."""
        return f"{self.unit}/{self.term.key}"

    @property
    def text(self) -> str:
        """The count entered; '' for none."""
        return "" if self.figure is None else str(self.figure.amount)

    @property
    def waits(self) -> bool:
        """Whether the record proposes what isn't entered yet: another number, other letters, or
        the same number that was counted by hand."""
        if self.proposed is None or self.shut:
            return False
        if self.figure is None:
            return True
        return (self.figure.amount, self.figure.letters) != (
            self.proposed.count,
            self.proposed.plain,
        )

    @property
    def follows(self) -> bool:
        """Whether nobody counted by hand: nothing is entered, or what the record said before."""
        return self.waits and (self.figure is None or self.figure.letters is not None)

    @property
    def offer(self) -> str:
        """What a click on the proposal sends: the cell and the number that was seen."""
        return f"{self.key}/{self.proposed.count}" if self.proposed else ""


@dataclass(frozen=True)
class CountEntry:
    """A count once entered, the present one or one before it."""

    at: datetime
    unit: str
    term: str
    count: int | None
    why: str
    letters: tuple[tuple[str, str], ...]
    by: str
    now: bool


@dataclass(frozen=True)
class CountsPage:
    """The grid of an appraisal: units by terms. `seen` is the newest entry it shows; `shut` says
    why nothing can be entered."""

    held: AppraisalHeld
    terms: tuple[CountTerm, ...]
    rows: tuple[tuple[str, str, tuple[CountCell, ...]], ...]
    history: tuple[CountEntry, ...]
    seen: int
    shut: str

    @property
    def cells(self) -> dict[str, CountCell]:
        """Every cell by its key."""
        return {cell.key: cell for _unit, _name, cells in self.rows for cell in cells}

    @property
    def waiting(self) -> list[CountCell]:
        """The cells whose proposals are taken together: those that nobody counted by hand."""
        return [] if self.shut else [cell for cell in self.cells.values() if cell.follows]


def counts_page(key: str, viewer: Viewer, moment: Moment) -> CountsPage:
    """The grid for the office that runs the appraisal, in a fixed number of queries.

    `NotFound` or `NotAllowed` for everybody else.
    """
    held = hold_as_office(key, viewer, moment)
    terms = _terms(held)
    rows = AppraisalFigure.objects.at(moment).filter(appraisal=key, part=FigurePart.COUNT)
    figures = {(row.unit, row.indicator, row.origin): row for row in rows}
    asked = {
        (row.unit, row.indicator): row.stage
        for row in FigureCheck.objects.at(moment).filter(
            self_report__appraisal=key, part=FigurePart.COUNT
        )
    }
    proposed = _proposals(held, terms)
    grid = tuple(
        (
            unit,
            name,
            tuple(
                _cell(held, unit, name, term, figures, asked, proposed.get((unit, term.key)))
                for term in terms
            ),
        )
        for unit, name, _category in held.assessed
    )
    return CountsPage(
        held=held,
        terms=terms,
        rows=grid,
        history=_history(held, terms),
        seen=max((row.since_id for row in figures.values()), default=0),
        shut=_shut(held, terms),
    )


def _terms(held: AppraisalHeld) -> tuple[CountTerm, ...]:
    rule = held.rule
    if rule is None:
        return ()
    titles = Titles(rule).titles
    heads = (
        (_("加分"), rule.additions),
        (_("扣分"), rule.deductions),
        (_("一票否决"), rule.vetoes),
    )
    return tuple(_term(head, one, titles[one.key]) for head, some in heads for one in some)


def _term(head: str, one: SchemeExtra | SchemeVeto, title: str) -> CountTerm:
    label = str(LetterKind(one.letters).label) if one.letters else ""
    return CountTerm(one.key, head, title, one.letters or "", label, one.note)


def _shut(held: AppraisalHeld, terms: tuple[CountTerm, ...]) -> str:
    """Why nothing can be entered; '' where it can."""
    if held.state.stage in SETTLED:
        return _("结果已经审定，次数不能再改。")
    if not held.is_frozen:
        return _("请先把方案定稿，再登记次数。")
    return "" if terms else _("这个方案没有加分、扣分和否决项。")


def _proposals(
    held: AppraisalHeld, terms: tuple[CountTerm, ...]
) -> dict[tuple[str, str], Proposed]:
    """What the record proposes, by unit and term."""
    counting = [term for term in terms if term.letters]
    if not counting:
        return {}
    city, units, year = held.appraisal.city, list(held.categories), held.appraisal.year
    found = issued_letters(city, units, year, held.moment)
    subjects = [subject_key("letter", row.key) for rows in found.values() for row in rows]
    covered = exemptions_of(city, held.moment, units=units, subjects=subjects) if subjects else []
    exempt = {one.subject: one.number for one in covered if one.year in (0, year)}
    return {
        (unit, term.key): Proposed(
            tuple(_letter(row, exempt) for row in found.get((unit, term.letters), ()))
        )
        for unit in units
        for term in counting
    }


def _letter(row: LetterRow, exempt: Mapping[str, str]) -> LetterCounted:
    return LetterCounted(
        key=row.key,
        words=f"{row.number or row.title} {row.issued_on}",
        exempt=exempt.get(subject_key("letter", row.key), ""),
    )


def _cell(
    held: AppraisalHeld,
    unit: str,
    name: str,
    term: CountTerm,
    figures: Mapping[tuple[str, str, str], AppraisalFigure],
    asked: Mapping[tuple[str, str], str],
    proposed: Proposed | None,
) -> CountCell:
    corrected = figures.get((unit, term.key, str(FigureOrigin.CORRECTED)))
    reported = figures.get((unit, term.key, str(FigureOrigin.SELF_REPORT)))
    stage = asked.get((unit, term.key), CheckStage.ACCEPTED)
    shut = ""
    if corrected is not None:
        shut = _("已按异议更正，计更正数。")
    elif stage != CheckStage.ACCEPTED and held.state.stage in RUNNING:
        shut = _("单位自报的次数还没有核验，请在“核验”里办理。")
    return CountCell(
        unit=unit,
        unit_name=name,
        term=term,
        figure=figures.get((unit, term.key, str(FigureOrigin.VERIFIED))),
        other=corrected or reported,
        proposed=proposed,
        shut=shut,
    )


def _history(held: AppraisalHeld, terms: tuple[CountTerm, ...]) -> tuple[CountEntry, ...]:
    """Every count ever entered, the newest first."""
    rows = AppraisalFigure.objects.ever(held.moment).filter(
        appraisal=held.key, part=FigurePart.COUNT, origin=FigureOrigin.VERIFIED
    )
    there = list(rows.select_related("since").order_by("-since", "unit", "indicator"))
    titles = {term.key: term.title for term in terms}
    names = names_of({row.since.by for row in there})
    present = AppraisalFigure.objects.at(held.moment).filter(pk__in=[row.pk for row in there])
    now = set(present.values_list("pk", flat=True))
    return tuple(
        CountEntry(
            at=row.since.at,
            unit=held.names.get(row.unit, ""),
            term=titles.get(row.indicator, row.indicator),
            count=row.amount,
            why=row.note,
            letters=tuple((key, words) for key, words in row.letters or ()),
            by=names.get(row.since.by, ""),
            now=row.pk in now,
        )
        for row in there
    )
