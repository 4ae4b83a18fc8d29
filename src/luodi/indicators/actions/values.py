"""Writing values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luodi.audit.actions import Deed
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, in_words
from luodi.common.refusals import Refusal as Refused
from luodi.kit.quantities import Quantity, show

from ..choices import Purpose
from ..models import Value
from ..queries import definitions_by_key, figure_problems, measured, open_values
from ..rules import read_figure


@dataclass(frozen=True)
class Written:
    """A figure as it was written, for the act of whoever submits it."""

    indicator: str
    name: str
    figure: str


@dataclass(frozen=True)
class Cell:
    """A checked figure for one cell of a series: an integer at its definition's scale."""

    indicator: str
    unit: str
    enterprise: str
    period: str
    amount: int
    scale: int


def submit_values(
    *,
    deed: Deed,
    city: str,
    unit: str,
    period: str,
    figures: Mapping[str, str],
    origin: str,
    purpose: str = Purpose.DISPATCH,
    enterprise: str = "",
) -> list[Written]:
    """Write typed figures of a unit or enterprise about a period into `deed`.

    `figures` go by indicator key; empty ones are passed over, one that is known already in the
    same amount isn't written again. Refuses text, other units and too many decimals, all faults
    in one sentence, before anything is written.
    """
    typed = {key: str(value) for key, value in figures.items() if str(value).strip()}
    moment = Moment(deed.at)
    faults = figure_problems(typed, moment)
    if faults:
        raise Incomplete("；".join(faults.values()), "figures.unread")
    definitions = definitions_by_key(typed, moment)
    cells: list[Cell] = []
    for key, value in typed.items():
        read = read_figure(measured(definitions[key]), value)
        if not isinstance(read, Quantity):
            raise Refused(in_words(read), read.code)
        cells.append(Cell(key, unit, enterprise, period, read.number, read.scale))
    written = write_figures(deed=deed, city=city, cells=cells, origin=origin, purpose=purpose)
    return [
        Written(
            cell.indicator,
            definitions[cell.indicator].name,
            show(cell.amount, cell.scale) + definitions[cell.indicator].measured_in,
        )
        for cell in written
    ]


def write_figures(
    *, deed: Deed, city: str, cells: Sequence[Cell], origin: str, purpose: str, zone: str = ""
) -> list[Cell]:
    """Write checked figures into `deed`, ending the ones they revise; returns those written.

    A figure that is known already in the same amount isn't written again.
    """
    known = open_values(cells, purpose)
    written = []
    for cell in cells:
        place = (cell.indicator, cell.unit, cell.enterprise, cell.period)
        before = known.get(place)
        if before and (before.amount, before.scale) == (cell.amount, cell.scale):
            continue
        if before:
            deed.close(before)
        deed.write(
            Value(
                indicator_id=cell.indicator,
                city=city,
                zone=zone,
                unit=cell.unit,
                enterprise=cell.enterprise,
                period=cell.period,
                amount=cell.amount,
                scale=cell.scale,
                purpose=purpose,
                origin=origin,
            )
        )
        written.append(cell)
    deed.touch(*(subject_key("indicator", key) for key in {cell.indicator for cell in written}))
    return written


def withdraw(*, deed: Deed, origin: str) -> int:
    """End in `deed` every figure that came with `origin`; returns how many there were."""
    rows = list(Value.objects.open().filter(origin=origin))
    for row in rows:
        deed.close(row)
    deed.touch(*(subject_key("indicator", key) for key in {row.indicator_id for row in rows}))
    return len(rows)
