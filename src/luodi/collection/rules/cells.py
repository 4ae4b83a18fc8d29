"""Reading the cells of a sheet and holding them against the checks of its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luodi.kit import checking
from luodi.kit.calendars import Period
from luodi.kit.checking import At, Compared, Field, Known, Members, Outlier, Rule
from luodi.kit.quantities import ratio
from luodi.kit.refusals import Lang, Refusal

from .layouts import Place

LONGEST = 200
MONTHS_BACK = 13
"""So many periods back a formula may look that the reference engine decides."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with some cells: a hard one keeps the form from being handed in.

    `rule` is the key of the check, or the code of a refused figure. An explanation of a soft
    fault is kept under `rule`.
    """

    cells: tuple[str, ...]
    hard: bool
    text: str
    rule: str


class ReadCell(NamedTuple):
    """A figure at its definition's scale."""

    place: Place
    amount: int
    scale: int


@dataclass(frozen=True)
class Checker:
    """How the figures of a form are read and checked. Everything goes by indicator code.

    `codes` gives the code of each indicator; `refused` are checks that can't run, and why.
    """

    codes: Mapping[str, str]
    fields: Mapping[str, Field]
    rules: tuple[Rule, ...]
    refused: tuple[Refusal, ...] = ()

    def earlier(self, period: str) -> list[str]:
        """The earlier periods the rules look at."""
        back = max((_back(rule) for rule in self.rules), default=0)
        wanted: dict[str, None] = {}
        step = own = Period.parse(period)
        for _n in range(back):
            step = step.previous()
            wanted[step.key] = None
        year_ago = own.same_last_year()
        if back and year_ago:
            wanted[year_ago.key] = None
        return list(wanted)

    @property
    def adds_members(self) -> bool:
        """True where a rule holds a figure against the sum of its members."""
        return any(isinstance(rule, Members | Compared) and not _plain(rule) for rule in self.rules)


def _back(rule: Rule) -> int:
    if isinstance(rule, Outlier):
        return rule.periods
    if isinstance(rule, Compared) and rule.linear:
        linear = rule.linear[0]
        shifts = {term.shift for term in (*linear.left.terms, *linear.right.terms)}
        return 1 if shifts - {"own"} else 0
    return MONTHS_BACK if isinstance(rule, Compared) else 0


def _plain(rule: Rule) -> bool:
    """True for a comparison of a respondent's own sums."""
    return isinstance(rule, Compared) and rule.linear is not None


class Reading(NamedTuple):
    """The figures typed into places, the same as the checks take them, the places answered
    without one, and what can't be read."""

    cells: list[ReadCell]
    figures: dict[At, int]
    answered: set[At]
    faults: list[checking.Fault]


def read_cells(typed: Mapping[str, str], places: Iterable[Place], checker: Checker) -> Reading:
    """What is typed into places."""
    codes, fields = checker.codes, checker.fields
    found = [place for place in places if typed.get(place.cell)]
    asked = [((codes[p.indicator], p.enterprise or p.unit, p.period), typed[p.cell]) for p in found]
    figures, answered, faults = checking.take(asked, fields)
    scales = {code: field.scale for code, field in fields.items()}
    cells = [
        ReadCell(place, figures[where], scales[where[0]])
        for place, (where, _said) in zip(found, asked, strict=True)
        if where in figures
    ]
    return Reading(cells, figures, answered, faults)


def check_cells(
    read: Reading,
    other: Mapping[At, int],
    parents: Mapping[str, str],
    subjects: Sequence[str],
    period: str,
    checker: Checker,
) -> list[checking.Fault]:
    """What the checks of the form say about figures just read, among `other` known ones."""
    if not checker.rules:
        return []
    known = Known({**other, **read.figures}, read.answered, parents)
    return list(checking.check(checker.rules, subjects, Period.parse(period), known).faults)


def at_cells(
    faults: Iterable[checking.Fault], places: Iterable[Place], checker: Checker, lang: Lang
) -> list[Fault]:
    """Faults at the cells of the sheet, in words."""
    faults = list(faults)
    if not faults:
        return []
    cells = {(checker.codes[p.indicator], p.enterprise or p.unit, p.period): p.cell for p in places}
    return [
        Fault(
            tuple(cells[where] for where in fault.cells if where in cells),
            fault.hard,
            fault.says(lang),
            fault.rule,
        )
        for fault in faults
    ]


def at_scale(amount: int, scale: int, wanted: int) -> int:
    """An amount at the scale that a definition has by now, for comparing; rounded once if finer."""
    if scale == wanted:
        return amount
    found = ratio(amount * 10**wanted, 10**scale, 0)
    return found if isinstance(found, int) else amount


def named_in(checks: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """Every indicator code that stored checks name."""
    found: set[str] = set()
    for check in checks:
        for part in str(check.get("formula") or "").split("[")[1:]:
            found.add(part.partition("]")[0].strip())
        several = check.get("indicators")
        found.update(str(one) for one in (several if isinstance(several, list | tuple) else ()))
        found.add(str(check.get("indicator") or ""))
    return frozenset(found - {""})
