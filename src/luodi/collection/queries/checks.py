"""The checks of a form made ready, and what a sheet's figures look like against them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Indicator, Value
from luodi.indicators.rules import unit_of
from luodi.kit.checking import At, Field, comparing, rules_of
from luodi.kit.formulas import Book, Declared
from luodi.kit.refusals import Refusal
from luodi.orgs.models import UnitState

from ..models import FormState
from ..rules.cells import (
    Checker,
    Fault,
    ReadCell,
    at_cells,
    at_scale,
    check_cells,
    named_in,
    read_cells,
)
from ..rules.layouts import Place, indicators_in
from .known import Known, cell_of


def definitions_of(edition: FormState, city: str, moment: Moment) -> dict[str, Definition]:
    """The definitions a form and its checks rest on, by indicator, with their indicators."""
    named = named_in(edition.checks)
    rows = Definition.objects.at(moment).select_related("indicator")
    keys = set(indicators_in(edition.layout))
    keys |= set(
        Indicator.objects.filter(city=city, code__in=named).values_list("key", flat=True)
        if named
        else ()
    )
    return {row.indicator_id: row for row in rows.filter(indicator__in=keys)}


def checker_of(edition: FormState, definitions: Mapping[str, Definition]) -> Checker:
    """How the figures of an edition are read and checked; made once for the same wording."""
    said = tuple(
        (key, d.indicator.code, d.name, d.measured_in, d.scale)
        for key, d in sorted(definitions.items())
    )
    checks = json.dumps(edition.checks, sort_keys=True, ensure_ascii=False)
    return _checker(said, checks, edition.period_kind)


@lru_cache(maxsize=128)
def _checker(said: tuple[tuple[str, str, str, str, int], ...], checks: str, kind: str) -> Checker:
    fields = {
        code: Field(code, name, unit_of(unit), scale) for _key, code, name, unit, scale in said
    }
    codes = {key: code for key, code, *_rest in said}
    book = Book.of(
        Declared(field.key, field.unit, field.scale, field.name, kind=kind)  # type: ignore[arg-type]
        for field in fields.values()
    )
    if isinstance(book, Refusal):
        return Checker(codes, fields, (), (book,))
    rules, refused = rules_of(json.loads(checks), fields, comparing(book))
    return Checker(codes, fields, tuple(rules), tuple(refused))


def checked(
    typed: Mapping[str, str],
    places: Mapping[str, Place],
    known: Known,
    locked: Mapping[str, object],
    edition: FormState,
    checker: Checker,
    period: str,
    moment: Moment,
) -> tuple[list[ReadCell], list[Fault]]:
    """The figures in the cells a respondent fills, and what is wrong with the whole sheet."""
    asked = [place for cell, place in places.items() if cell not in locked]
    read = read_cells(typed, asked, checker)
    faults = list(read.faults)
    subjects = list(dict.fromkeys(p.enterprise or p.unit for p in places.values()))
    if checker.rules and subjects:
        parents = _parents(places, moment) if checker.adds_members else {}
        wanted = {*subjects, *parents}
        other = _others(places, known, locked, checker, edition, period, wanted, moment)
        faults += check_cells(read, other, parents, subjects, period, checker)
    return read.cells, at_cells(faults, places.values(), checker, language())


def _others(
    places: Mapping[str, Place],
    known: Known,
    locked: Mapping[str, object],
    checker: Checker,
    edition: FormState,
    period: str,
    subjects: set[str],
    moment: Moment,
) -> dict[At, int]:
    """Figures known beside the typed ones: locked cells, earlier periods, other forms."""
    found: dict[At, int] = {}
    for place in (places[cell] for cell in locked):
        value = known[cell_of(place)]
        where = (checker.codes[place.indicator], place.enterprise or place.unit, place.period)
        found[where] = at_scale(value.amount, value.scale, checker.fields[where[0]].scale)
    typed = set(map(attrgetter("indicator", "period"), places.values()))
    asked = {place.enterprise or place.unit for place in places.values()}
    units = {place.unit for place in places.values()} | subjects
    further = checker.adds_members or any(place.enterprise for place in places.values())
    wanted = {(key, when) for key in checker.codes for when in [period, *checker.earlier(period)]}
    if not further:
        wanted -= typed
    if not wanted:
        return found
    rows = Value.objects.at(moment).filter(
        purpose=edition.purpose,
        period__in={when for _key, when in wanted},
        indicator__in={key for key, _when in wanted},
        unit__in=units,
    )
    if not further:
        rows = rows.filter(enterprise="")
    columns = ("indicator", "unit", "enterprise", "period", "amount", "scale")
    for indicator, unit, enterprise, when, amount, scale in rows.values_list(*columns):
        subject, code = enterprise or unit, checker.codes[indicator]
        if (indicator, when) not in typed or subject not in asked:
            same = at_scale(amount, scale, checker.fields[code].scale)
            found.setdefault((code, subject, when), same)
    return found


def _parents(places: Mapping[str, Place], moment: Moment) -> dict[str, str]:
    """Who stands under the subjects of a sheet: the units below, enterprises under their unit."""
    units = {place.unit for place in places.values()}
    below = UnitState.objects.at(moment).filter(parent__in=units).values_list("of", "parent")
    found = {of: parent for of, parent in below if parent}
    return found | {p.enterprise: p.unit for p in places.values() if p.enterprise}


def check_faults(edition: FormState, definitions: Mapping[str, Definition]) -> list[str]:
    """What keeps the checks of an edition from running, in words."""
    return [refusal.says(language()) for refusal in checker_of(edition, definitions).refused]
