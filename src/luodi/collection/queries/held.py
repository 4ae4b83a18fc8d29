"""The figures that a superior's table came with, against what is known of them."""

from __future__ import annotations

from collections.abc import Mapping as Known
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from luodi.common.doors import find_subject
from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.indicators.models import Definition, Value
from luodi.indicators.queries import Figure, definitions_by_key, figures_of
from luodi.indicators.rules import said, unit_of
from luodi.kit.grids import Absent, Taking
from luodi.kit.grids.cells import Sheet
from luodi.kit.mapping import Mapped, Mapping, figures_in
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import unit_names

from ..choices import Held
from ..models import TableRequest
from ..rules.held import BROUGHT, SIGNS, Read, period_of, standing_of


@dataclass(frozen=True)
class HeldRow:
    """A figure of the table: whose it is, what is known in its place, whether it is taken in.

    One that was taken in and stands in no cell any more has no address; `value` is its key.
    """

    address: str
    indicator: str
    unit: str
    period: str
    purpose: str
    name: str
    whose: str
    when: str
    amount: int | None
    scale: int
    figure: str
    known: str
    source: str
    source_address: str
    standing: Held
    why: str = ""
    value: int = 0


def held_rows(
    brought: TableRequest, mapping: Mapping, sheet: Sheet, moment: Moment
) -> list[HeldRow]:
    """The figures in the mapped cells of a table, in its order; empty cells are left out."""
    codes = {cell.indicator for cell in mapping.cells}
    rows = Definition.objects.at(moment).filter(
        indicator__city=brought.city, indicator__code__in=codes
    )
    definitions = {row.indicator.code: row for row in rows.select_related("indicator")}
    takings = {
        code: Taking(unit_of(row.measured_in), row.scale, SIGNS)
        for code, row in definitions.items()
    }
    found = [
        (cell, definitions[cell.indicator], figure)
        for cell, figure in figures_in(mapping, sheet, takings)
        if not isinstance(figure, Absent)
    ]
    read = [_read(brought, cell, meant, figure) for cell, meant, figure in found]
    known = _known(read, moment)
    names = unit_names({one.cell.subject for one in read}, moment)
    seen: dict[tuple[str, str, str, str], Read] = {}
    told = []
    for one in read:
        first = one if one.amount is None else seen.setdefault(one.place, one)
        if first is not one and first.amount != one.amount:
            one = replace(one, amount=None, why=_("表里另有一格是同一个数，两处不一致"))
        elif first is not one:
            continue
        told.append(_row(one, known.get(one.place), names))
    return told + _gone(brought, {one.place for one in read}, moment)


def _gone(
    brought: TableRequest, places: set[tuple[str, str, str, str]], moment: Moment
) -> list[HeldRow]:
    """What was taken in from the table and stands in none of its cells any more."""
    rows = Value.objects.at(moment).filter(origin=subject_key(BROUGHT, brought.key))
    gone = [v for v in rows if (v.indicator_id, v.unit, v.period, v.purpose) not in places]
    definitions = definitions_by_key({value.indicator_id for value in gone}, moment)
    names = unit_names({value.unit for value in gone}, moment)
    return [
        HeldRow(
            address="",
            indicator=value.indicator_id,
            unit=value.unit,
            period=value.period,
            purpose=value.purpose,
            name=definitions[value.indicator_id].name if value.indicator_id in definitions else "",
            whose=names.get(value.unit, ""),
            when=period_label(value.period),
            amount=None,
            scale=value.scale,
            figure="",
            known=said(value.amount, value.scale),
            source="",
            source_address="",
            standing=Held.GONE,
            value=value.pk,
        )
        for value in gone
    ]


def _read(brought: TableRequest, cell: Mapped, meant: Definition, figure: int | Refusal) -> Read:
    period = period_of(cell, brought.period, meant)
    why = ""
    if isinstance(period, Refusal):
        period, why = brought.period, period.says(language())
    elif isinstance(figure, Refusal):
        why = figure.says(language())
    amount = None if why or isinstance(figure, Refusal) else figure
    return Read(cell, meant, period, amount, why)


def _known(read: Sequence[Read], moment: Moment) -> dict[tuple[str, str, str, str], Figure]:
    """What is known in the places of the figures, one query a purpose."""
    found = {}
    for purpose in {one.meant.purpose for one in read}:
        those = [one for one in read if one.meant.purpose == purpose and not one.why]
        figures = figures_of(
            {one.meant.indicator_id for one in those},
            {one.cell.subject for one in those},
            {one.period for one in those},
            moment,
            purpose,
        )
        found |= {(*place, purpose): figure for place, figure in figures.items()}
    return found


def _row(one: Read, figure: Figure | None, names: Known[str, str]) -> HeldRow:
    source = find_subject(figure.origin) if figure else None
    imported = bool(figure) and split_subject(figure.origin)[0] == BROUGHT
    return HeldRow(
        address=one.cell.address,
        indicator=one.meant.indicator_id,
        unit=one.cell.subject,
        period=one.period,
        purpose=one.meant.purpose,
        name=one.meant.name,
        whose=names.get(one.cell.subject, ""),
        when=period_label(one.period),
        amount=one.amount,
        scale=one.meant.scale,
        figure="" if one.amount is None else said(one.amount, one.meant.scale),
        known=figure.text if figure else "",
        source=source.title if source else "",
        source_address=source.address if source else "",
        standing=standing_of(
            one, (figure.amount, figure.scale) if figure else None, imported=imported
        ),
        why=one.why,
    )
