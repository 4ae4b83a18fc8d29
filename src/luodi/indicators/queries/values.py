"""Values known at a moment, and what is wrong with typed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import headed
from luodi.common.moments import Moment
from luodi.common.refusals import in_words
from luodi.kit.refusals import Refusal

from ..choices import Purpose
from ..models import Value
from ..rules import read_figure, said
from .definitions import definitions_by_key, measured


def figure_problems(figures: Mapping[str, str], moment: Moment) -> dict[str, str]:
    """What is wrong with typed figures, by indicator key, in words; empty cells are not wrong."""
    typed = {key: str(value) for key, value in figures.items() if str(value).strip()}
    definitions = definitions_by_key(typed, moment)
    faults = {}
    for key, value in typed.items():
        definition = definitions.get(key)
        if definition is None:
            faults[key] = _("没有这个指标，请刷新页面。")
            continue
        read = read_figure(measured(definition), value)
        if isinstance(read, Refusal):
            faults[key] = headed(definition.name, in_words(read))
    return faults


@dataclass(frozen=True)
class Figure:
    """A value with where it comes from. `text` is the digits, `typed` what a form begins with."""

    indicator: str
    unit: str
    period: str
    amount: int
    scale: int
    origin: str
    known_at: datetime
    by: str

    @property
    def text(self) -> str:
        return said(self.amount, self.scale)

    @property
    def typed(self) -> str:
        return self.text.replace(",", "").replace("\u2212", "-")


def _figure(row: Value) -> Figure:
    return Figure(
        indicator=row.indicator_id,
        unit=row.unit,
        period=row.period,
        amount=row.amount,
        scale=row.scale,
        origin=row.origin,
        known_at=row.since.at,
        by=row.since.by,
    )


def figures_of(
    indicators: Iterable[str],
    units: Iterable[str],
    periods: Iterable[str],
    moment: Moment,
    purpose: str = Purpose.DISPATCH,
) -> dict[tuple[str, str, str], Figure]:
    """The values of units known at a moment by (indicator, unit, period), in one query.

    One purpose is one series: dispatch figures and official statistics never merge.
    """
    rows = Value.objects.at(moment).filter(
        indicator__in=set(indicators), unit__in=set(units), period__in=set(periods), purpose=purpose
    )
    return {
        (row.indicator_id, row.unit, row.period): _figure(row)
        for row in rows.filter(enterprise="").select_related("since")
    }


class Placed(Protocol):
    """What names a cell of a series."""

    @property
    def indicator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def enterprise(self) -> str: ...
    @property
    def period(self) -> str: ...


Place = tuple[str, str, str, str]
"""Indicator, unit, enterprise, period: a cell of a purpose's series."""

AT_ONCE = 2000
"""Enterprises asked for in one query."""


def open_values(cells: Iterable[Placed], purpose: str) -> dict[Place, Value]:
    """The values in force now of some cells by (indicator, unit, enterprise, period)."""
    return {
        (row.indicator_id, row.unit, row.enterprise, row.period): row
        for rows in _open_rows(cells, purpose)
        for row in rows
    }


def open_amounts(
    cells: Iterable[Placed], purpose: str
) -> dict[Place, tuple[int, int, int, int, str]]:
    """The same without objects: primary key, act since, amount, scale and origin."""
    place = ("indicator_id", "unit", "enterprise", "period")
    fields = (*place, "pk", "since_id", "amount", "scale", "origin")
    return {
        (indicator, unit, enterprise, period): (pk, since, amount, scale, origin)
        for rows in _open_rows(cells, purpose)
        for (
            indicator, unit, enterprise, period, pk, since, amount, scale, origin
        ) in rows.values_list(*fields)
    }  # fmt: skip


def _open_rows(cells: Iterable[Placed], purpose: str) -> Iterator[QuerySet[Value]]:
    """Open values around some cells, in portions by period and enterprises."""
    by_period: dict[str, list[Placed]] = {}
    for cell in cells:
        by_period.setdefault(cell.period, []).append(cell)
    for period, some in by_period.items():
        rows = Value.objects.open().filter(
            purpose=purpose,
            period=period,
            indicator__in={cell.indicator for cell in some},
            unit__in={cell.unit for cell in some},
        )
        enterprises = sorted({cell.enterprise for cell in some})
        for start in range(0, len(enterprises), AT_ONCE):
            yield rows.filter(enterprise__in=enterprises[start : start + AT_ONCE])


def value_of(
    indicator: str, unit: str, period: str, moment: Moment, purpose: str = Purpose.DISPATCH
) -> Figure | None:
    """The latest value of one cell; a form is prefilled with it, so the fact is asked once."""
    return figures_of([indicator], [unit], [period], moment, purpose).get((indicator, unit, period))
