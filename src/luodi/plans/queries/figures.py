"""The figures a unit is asked for with its report: the same fact once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.models import Asked, Definition, Value
from luodi.kit.quantities import Quantity

from ..models import Report


@dataclass(frozen=True)
class AskedFigure:
    """An indicator asked of a unit because of a measure."""

    indicator: str
    name: str
    measured_in: str
    scale: int
    purpose: str


def asked_figures(
    units: Iterable[str], measures: Iterable[str], moment: Moment
) -> dict[tuple[str, str], list[AskedFigure]]:
    """What is asked, by unit and measure."""
    subjects = {subject_key("measure", key): key for key in measures}
    rows = list(Asked.objects.at(moment).filter(unit__in=set(units), subject__in=subjects))
    definitions = {
        row.indicator_id: row
        for row in Definition.objects.at(moment).filter(
            indicator__in={row.indicator_id for row in rows}
        )
    }
    found: dict[tuple[str, str], list[AskedFigure]] = {}
    for row in rows:
        if row.indicator_id in definitions:
            place = (row.unit, subjects[row.subject])
            found.setdefault(place, []).append(_figure(definitions[row.indicator_id]))
    return found


def _figure(row: Definition) -> AskedFigure:
    return AskedFigure(row.indicator_id, row.name, row.measured_in, row.scale, row.purpose)


def read_figures(asked: Sequence[AskedFigure], typed: Mapping[str, str]) -> dict[str, int]:
    """Integers at each definition's scale from what was typed; empty cells are left out.

    A cell that can't be read, or one that nobody asked for: `Incomplete`, naming the figure.
    """
    known = {figure.indicator: figure for figure in asked}
    amounts = {}
    for indicator, text in typed.items():
        figure = known.get(indicator)
        if figure is None or not text.strip():
            continue
        quantity = Quantity.parse(text.strip(), figure.measured_in, figure.scale)
        if not isinstance(quantity, Quantity):
            english = (get_language() or "").startswith("en")
            why = quantity.says("en" if english else "zh")
            raise Incomplete(_("指标“%(name)s”：%(why)s") % {"name": figure.name, "why": why})
        amounts[indicator] = quantity.number
    return amounts


def values_of(report: Report, figures: Sequence[Mapping[str, str]], moment: Moment) -> list[Value]:
    """The unsaved values a report brings: about its period, of its unit, with their origin."""
    place = (report.unit, report.measure_id)
    asked = asked_figures([report.unit], [report.measure_id], moment).get(place, [])
    known = {figure.indicator: figure for figure in asked}
    amounts = read_figures(asked, {row["indicator"]: row["amount"] for row in figures})
    return [
        Value(
            indicator_id=indicator,
            period=report.round.period,
            amount=amount,
            scale=known[indicator].scale,
            purpose=known[indicator].purpose,
            origin=subject_key("report", report.key),
            city=report.city,
            zone=report.zone,
            unit=report.unit,
        )
        for indicator, amount in amounts.items()
    ]
