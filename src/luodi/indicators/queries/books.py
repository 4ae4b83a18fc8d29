"""The dictionary as formulas see it, and what is wrong with a formula before it is entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from luodi.common.moments import Moment
from luodi.kit.calendars import Kind, Period
from luodi.kit.formulas import Book, Declared, faults, parse
from luodi.kit.formulas.nodes import Node
from luodi.kit.refusals import Refusal

from ..choices import Counts, Measure, OverUnits, Prices
from ..models import Definition
from ..rules import code_of, unit_of
from .definitions import versions_by_key

parsed = lru_cache(maxsize=1000)(parse)
"""The nodes of a formula's text, or why it can't be read."""

FORMING = ("measured_in", "scale", "name", "period_kind", "measure", "counts", "over_units",
           "combined", "prices", "growth_by", "valid_from")  # fmt: skip
"""The fields that a formula over an indicator depends on."""


class Meant(Protocol):
    """What formulas have to know of a definition."""

    name: str
    measured_in: str
    scale: int
    period_kind: str
    measure: str
    counts: str
    over_units: str
    combined: bool
    prices: str
    growth_by: str
    valid_from: str


def declare(
    definition: Meant,
    code: str,
    formula: Node | None = None,
    breaks: tuple[Period, ...] = (),
    versions: Sequence[Meant] = (),
) -> Declared:
    """A definition as formulas see it: a stated rate is neither added nor averaged.

    `versions`, the oldest first, say since when January and February are one figure.
    """
    unit = unit_of(definition.measured_in)
    rate = unit.dimension in ("share", "points", "rank")
    adds = definition.counts in (Counts.IN_PERIOD, Counts.YEAR_TO_DATE)
    flow = definition.measure == Measure.FLOW and adds
    kind: Kind = definition.period_kind  # type: ignore[assignment]
    return Declared(
        key=code,
        unit=unit,
        scale=definition.scale,
        name=definition.name,
        kind=kind,
        over_time="none" if rate else "sum" if flow else "last",
        over_units=definition.over_units == OverUnits.SUM,
        reported="to_date" if definition.counts == Counts.YEAR_TO_DATE else "period",
        combined=definition.combined and kind == "month" and flow,
        combined_since=joined_since(versions or (definition,)),
        prices="comparable" if definition.prices == Prices.COMPARABLE else "current",
        growth_by=definition.growth_by,
        breaks=breaks,
        formula=formula,
    )


def joined_since(versions: Sequence[Meant]) -> Period | None:
    """The first period of the versions that report January and February as one, up to the last;
    None where they always did."""
    start = ""
    for version in reversed(versions):
        if not version.combined:
            break
        start = version.valid_from
    return Period.parse(start) if start else None


def breaks_of(versions: Iterable[Definition]) -> tuple[Period, ...]:
    """The periods from which on a series can't be compared with what was before.

    Months that are reported together from then on, or apart again, don't compare either.
    """
    found = []
    before: Definition | None = None
    for version in versions:
        joined = before is not None and before.combined != version.combined
        if version.valid_from and (joined or not version.comparable):
            found.append(Period.parse(version.valid_from))
        before = version
    return tuple(found)


def declarations(city: str, moment: Moment, but: str = "") -> list[Declared]:
    """The definitions in force of a city, without that of the indicator `but`.

    One whose formula can't be read any more is declared as if it were handed in.
    """
    rows = Definition.objects.at(moment).filter(indicator__city=city).exclude(indicator=but)
    rows = rows.select_related("indicator")
    versions = versions_by_key([row.indicator_id for row in rows if row.valid_from], moment)
    found = []
    for row in rows:
        node = parsed(row.formula) if row.formula else None
        known = None if isinstance(node, Refusal) else node
        mine = versions.get(row.indicator_id, [])
        found.append(declare(row, row.indicator.code, known, breaks_of(mine), mine))
    return found


def formula_fault(
    city: str, fields: Mapping[str, Any], moment: Moment, indicator: str = "", code: str = ""
) -> tuple[str, Refusal] | None:
    """What is wrong with the formula among `fields` of a definition, in this city's dictionary.

    An unreadable text, an unknown indicator, units that don't go together, a result in another
    unit than declared, formulas in a circle; and any formula of another indicator that would
    stop working, since it rests on this one. With the name of the indicator whose formula it is.
    """
    formula = fields.get("formula", "")
    node = parsed(formula) if formula else None
    if isinstance(node, Refusal):
        return fields["name"], node
    code = code or code_of(fields["name"], fields["measured_in"])
    others = declarations(city, moment, indicator)
    broken = {one.key for one, _ in _faults(declarations(city, moment))} - {code}
    book = Book.of([*others, declare(_Fields(fields), code, node)])
    if isinstance(book, Refusal):
        return fields["name"], book
    return next(((one.said, why) for one, why in faults(book) if one.key not in broken), None)


def _faults(declared: list[Declared]) -> tuple[tuple[Declared, Refusal], ...]:
    book = Book.of(declared)
    return () if isinstance(book, Refusal) else faults(book)


class _Fields(Meant):
    """Fields of a form, read like a definition; what isn't given has the model's default."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        blank = Definition()
        for name in FORMING:
            setattr(self, name, fields.get(name, getattr(blank, name)))
