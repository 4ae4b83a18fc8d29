"""What an appraisal is computed from at a moment: each figure, and where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.indicators.models import Definition
from luodi.indicators.queries import Figure, figures_of
from luodi.kit.quantities import Quantity, show
from luodi.kit.quantities import unit as unit_named
from luodi.kit.scoring.schemes import Entrant, Figures
from luodi.packs.schemas import SchemeRule
from luodi.packs.schemas.schemes import SchemeIndicator
from luodi.supervision.queries import exemptions_of

from ..choices import FigureOrigin, FigurePart
from ..models import Appraisal, AppraisalFigure
from .appraisals import AppraisalHeld

ORDER = {str(origin): place for place, origin in enumerate(FigureOrigin.values)}
"""A later origin wins."""

PLACES = 18
UNLIKE = "@unit "
"""How a value is marked whose unit doesn't convert to the scheme's: with both units behind it."""

Cell = tuple[str, str, str]
"""Unit, indicator, part."""


@dataclass(frozen=True)
class Known:
    """A figure as it counts: an integer at `scale`, or why there is none, and whence it comes."""

    amount: int | None
    scale: int
    origin: str
    since: int
    at: str
    missing: str = ""
    note: str = ""
    period: str = ""
    indicator: str = ""
    by_unit: str = ""
    letters: tuple[tuple[str, str], ...] | None = None
    """Key and words of each letter counted; None where it isn't a count of the record."""

    @property
    def value(self) -> Fraction | None:
        """The exact figure; None where there is none."""
        return None if self.amount is None else Fraction(self.amount, 10**self.scale)

    def plain(self) -> dict[str, Any]:
        """What the working keeps of it."""
        told = {
            "text": "" if self.amount is None else show(self.amount, self.scale),
            "origin": self.origin,
            "since": self.since,
            "at": self.at,
            "missing": self.missing,
            "note": self.note,
            "period": self.period,
            "indicator": self.indicator,
            "by_unit": self.by_unit,
            "letters": None if self.letters is None else [list(one) for one in self.letters],
        }
        return {key: value for key, value in told.items() if value not in ("", None)}


@dataclass(frozen=True)
class Inputs:
    """All that goes into a run: entrants as the kit scores them, and each figure's source."""

    entrants: Mapping[str, Entrant]
    known: Mapping[Cell, Known]
    exempt: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Number and day of the good-faith exemption that covers an indicator of a unit in the year,
    by unit and indicator: it stands beside the score and changes no figure."""

    def told(self, unit: str) -> dict[tuple[str, str], dict[str, Any]]:
        """The figures of a unit as plain data, by indicator and part."""
        return {(k, part): one.plain() for (u, k, part), one in self.known.items() if u == unit}


def inputs_at(held: AppraisalHeld, moment: Moment) -> Inputs:
    """The figures of an appraisal known at a moment; a fixed number of queries.

    A correction after an objection wins over all; then the value of the indicator that the scheme
    names by `code`; then the verified figure; then what the unit reported itself.
    """
    if held.rule is None:
        return Inputs({}, {})
    units = list(held.categories)
    known: dict[Cell, Known] = {}
    for cell, one in [
        *_entered(held.key, units, moment),
        *_valued(held.appraisal, held.rule, units, moment),
    ]:
        there = known.get(cell)
        if there is None or ORDER[one.origin] > ORDER[there.origin]:
            known[cell] = one
    return Inputs(_entrants(held, known), known, _exempt(held, known, moment))


def _exempt(
    held: AppraisalHeld, known: Mapping[Cell, Known], moment: Moment
) -> dict[tuple[str, str], str]:
    """What granted exemptions cover of the indicators that are read from the dictionary."""
    subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (unit, key, part), one in known.items():
        if one.indicator and part == FigurePart.ACTUAL:
            subjects[unit, subject_key("indicator", one.indicator)].append(key)
    city, units = held.appraisal.city, list(held.categories)
    wanted = {subject for _unit, subject in subjects}
    covered = exemptions_of(city, moment, units=units, subjects=wanted) if wanted else []
    return {
        (one.unit, key): f"{one.number} {one.decided_on}"
        for one in covered
        if one.year in (0, held.appraisal.year)
        for key in subjects.get((one.unit, one.subject), ())
    }


def _entrants(held: AppraisalHeld, known: Mapping[Cell, Known]) -> dict[str, Entrant]:
    figures: dict[str, dict[str, dict[str, Fraction | None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (unit, key, part), one in known.items():
        if part == FigurePart.COUNT:
            counts[unit][key] = int(one.value or 0)
        else:
            figures[unit][key][part] = one.value
    return {
        unit: Entrant(
            category,
            {key: Figures(**parts) for key, parts in figures[unit].items()},
            counts[unit],
        )
        for unit, category in held.categories.items()
    }


def _entered(key: str, units: list[str], moment: Moment) -> Iterable[tuple[Cell, Known]]:
    """What was reported, verified or corrected in the appraisal itself."""
    rows = AppraisalFigure.objects.at(moment).filter(appraisal=key, unit__in=units)
    for row in rows.select_related("since").order_by("unit", "indicator", "part", "origin"):
        yield (
            (row.unit, row.indicator, row.part),
            Known(
                amount=row.amount,
                scale=row.scale,
                origin=row.origin,
                since=row.since_id,
                at=_day(row.since.at),
                missing=row.missing,
                note=row.note,
                by_unit=row.by_unit,
                letters=None if row.letters is None else tuple((k, w) for k, w in row.letters),
            ),
        )


def _day(at: Any) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d}"


def period_of(rule: SchemeIndicator, year: int) -> str:
    """The period whose value stands for a year."""
    return f"{year}-12" if rule.ends == "december" else str(year)


def _valued(
    appraisal: Appraisal, rule: SchemeRule, units: list[str], moment: Moment
) -> Iterable[tuple[Cell, Known]]:
    """The values of the year, and of the year before, of the indicators the scheme names."""
    named = [one for one in rule.indicators() if one.code]
    rows = Definition.objects.at(moment).filter(
        indicator__city=appraisal.city, indicator__code__in=[one.code for one in named]
    )
    definitions = {row.indicator.code: row for row in rows.select_related("indicator")}
    asked = [(one, definitions[one.code]) for one in named if one.code in definitions]
    values: dict[tuple[str, str, str], Figure] = {}
    for purpose in sorted({row.purpose for _one, row in asked}):
        keys = [row.indicator_id for _one, row in asked if row.purpose == purpose]
        periods = {period_of(one, year) for one in named for _part, year in _years(appraisal)}
        values |= figures_of(keys, units, periods, moment, purpose)
    for one, row in asked:
        for unit in units:
            for part, year in _years(appraisal):
                period = period_of(one, year)
                found = values.get((row.indicator_id, unit, period))
                if found is not None:
                    yield (unit, one.key, str(part)), _value(one, row, found)


def _years(appraisal: Appraisal) -> tuple[tuple[FigurePart, int], ...]:
    return (FigurePart.ACTUAL, appraisal.year), (FigurePart.BASE, appraisal.year - 1)


def _value(one: SchemeIndicator, row: Definition, found: Figure) -> Known:
    """A value in the unit the scheme measures in; one that doesn't convert is no figure."""
    amount, scale, missing = found.amount, found.scale, ""
    if one.measured_in and one.measured_in != row.measured_in:
        converted = _converted(found, row.measured_in, one.measured_in)
        if converted is None:
            amount, missing = None, f"{UNLIKE}{row.measured_in} {one.measured_in}"
        else:
            amount, scale = converted.number, converted.scale
    return Known(
        amount=amount,
        scale=scale,
        origin=str(FigureOrigin.VALUE),
        since=0,
        at=_day(found.known_at),
        missing=missing,
        period=found.period,
        indicator=row.indicator_id,
        note=found.origin,
    )


def _converted(found: Figure, there: str, here: str) -> Quantity | None:
    unit = unit_named(there)
    if unit is None or not 0 <= found.scale <= PLACES:
        return None
    made = Quantity(found.amount, found.scale, unit).convert(here)
    return made if isinstance(made, Quantity) else None
