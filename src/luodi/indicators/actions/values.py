"""Writing values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed
from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import in_one_line
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, in_words
from luodi.common.refusals import Refusal as Refused
from luodi.kit.quantities import Quantity, show

from ..choices import Purpose
from ..models import Definition, Value
from ..queries import definitions_by_key, figure_problems, measured, open_amounts
from ..rules import has_own_figure, read_figure


@dataclass(frozen=True)
class Written:
    """A figure as it was written, for the act of whoever submits it."""

    indicator: str
    name: str
    figure: str


class Cell(NamedTuple):
    """A checked figure for one cell of a series: an integer at its definition's scale."""

    indicator: str
    unit: str
    enterprise: str
    period: str
    amount: int
    scale: int


COLUMNS = (
    "indicator_id", "unit", "enterprise", "period", "amount", "scale", "city", "zone", "purpose",
    "origin",
)  # fmt: skip
"""What a value is written by."""

RESPONDENTS_OWN = "filing"
"""Kind of origin whose figures are a respondent's own: nothing that comes later revises them."""


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
        raise Incomplete(in_one_line(faults.values()), "figures.unread")
    definitions = definitions_by_key(typed, moment)
    january = [d.name for d in definitions.values() if not has_own_figure(d, period)]
    if january:
        raise Incomplete(
            _("%s的1—2月合并报，没有1月的单月数。") % "、".join(sorted(january)), "figures.combined"
        )
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
    *,
    deed: Deed,
    city: str,
    cells: Sequence[Cell],
    origin: str,
    purpose: str,
    zone: str = "",
    keep_others: bool = False,
    outranked: Collection[str] = (),
) -> list[Cell]:
    """Write checked figures into `deed`, ending the ones they revise; returns those written.

    A figure that is known already in the same amount isn't written again. One that a respondent
    handed in with a form is revised by that filing only, or where its origin is `outranked`: what
    somebody's table said about a respondent who now says it themself. Anything else is refused.
    With `keep_others` whatever came with another origin is passed over.
    """
    known = open_amounts(cells, purpose)
    rows: list[tuple[str | int, ...]] = []
    ends: list[tuple[int, str, int]] = []
    written = []
    for cell in cells:
        place = cell[:4]
        if before := known.get(place):
            key, since, amount, scale, held = before
            same = (amount, scale) == (cell.amount, cell.scale)
            if held not in outranked:
                if same or (keep_others and held != origin):
                    continue
                _check_respondent(cell, held, origin)
            ends.append((key, "/".join((*place, purpose)), since))
        rows.append((*place, cell.amount, cell.scale, city, zone, purpose, origin))
        written.append(cell)
    if rows:
        deed.close_many(Value, ends)
        deed.write_many(Value, COLUMNS, sorted(rows))  # as the index of open cells is ordered
    deed.mention(*(subject_key("indicator", key) for key in {cell.indicator for cell in written}))
    return written


def _check_respondent(cell: Cell, held: str, origin: str) -> None:
    """Refuse to revise what a respondent handed in with a form, but for the respondent's filing."""
    if held != origin and split_subject(held)[0] == RESPONDENTS_OWN:
        found = Definition.objects.open().filter(indicator=cell.indicator).first()
        name = found.name if found else cell.indicator
        raise Closed(
            _("%(name)s（%(period)s）已由填报单位在报表里报送，只能由填报单位在报表里更正。")
            % {"name": name, "period": cell.period},
            "figures.respondents_own",
        )


def withdraw(*, deed: Deed, origin: str, keys: Collection[int] | None = None) -> int:
    """End in `deed` the figures that came with `origin`, all or those with primary keys `keys`;
    returns how many there were."""
    rows = Value.objects.open().filter(origin=origin)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    fields = ("pk", "since_id", "indicator_id", "unit", "enterprise", "period", "purpose")
    found = list(rows.values_list(*fields))
    deed.close_many(Value, [(pk, "/".join(place), since) for pk, since, *place in found])
    deed.mention(*(subject_key("indicator", key) for key in {row[2] for row in found}))
    return len(found)
