"""Defining indicators, adopting targets, asking units, writing values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.common.refusals import Refusal as Refused
from luodi.kit.quantities import Quantity, show
from luodi.kit.refusals import Refusal

from .choices import Purpose
from .models import Asked, Definition, Indicator, Target, TargetState, Value
from .queries import definitions_by_key, figure_problems, measured, open_values
from .rules import code_of, least_scale, read_figure, unit_of


def define_indicator(
    *,
    deed: Deed,
    city: str,
    name: str,
    measured_in: str,
    scale: int,
    code: str = "",
    period_kind: str = "month",
    purpose: str = Purpose.DISPATCH,
    meaning: str = "",
    source: str = "",
) -> Definition:
    """Enter an indicator with its first definition into `deed`; returns the definition."""
    key = new_key()
    deed.write(Indicator(key=key, city=city, code=code or code_of(name, measured_in)))
    deed.touch(subject_key("indicator", key))
    return deed.write(
        Definition(
            indicator_id=key,
            name=name[:120],
            measured_in=measured_in[:20],
            scale=scale,
            period_kind=period_kind,
            purpose=purpose,
            meaning=meaning,
            source=source[:200],
        )
    )


def adopt_targets(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Write the goals of a plan, each with its sentence, under indicators by name and unit.

    A goal that stands inside a measure is asked of the unit that answers for that measure.
    """
    known = _known(document.city, Moment(at))
    asked: set[tuple[str, str, str]] = set()
    for card in cards:
        if card.data.get("kind") != "target":
            continue
        amount, upper = _amounts(card.data)
        name, measured_in = card.data["name"].strip()[:120], card.data["unit"].strip()[:20]
        definition = known.get((name, measured_in))
        if definition is None:
            definition = known[name, measured_in] = define_indicator(
                deed=deed,
                city=document.city,
                name=name,
                measured_in=measured_in,
                scale=max(amount.scale, least_scale(measured_in)),
                source=f"{document.title} {document.number}".strip(),
            )
        _write_target(deed, document, card, definition, amount, upper)
        _ask_bearer(deed, document, card, definition, context, asked)


def _known(city: str, moment: Moment) -> dict[tuple[str, str], Definition]:
    rows = Definition.objects.at(moment).filter(indicator__city=city)
    return {(row.name, row.measured_in): row for row in rows}


def _amounts(data: Mapping[str, Any]) -> tuple[Quantity, Quantity | None]:
    """Value and upper value of a target at one scale."""
    of = unit_of(data["unit"])
    typed = [v for v in (data["value"], data.get("value_to")) if v]
    read = [Quantity.parse(str(value), of) for value in typed]
    for one in read:
        if isinstance(one, Refusal):
            raise Refused(f"{data['name']}：{_said(one)}", one.code)
    scale = max(one.scale for one in read if isinstance(one, Quantity))
    at_scale = [one.convert(of, scale) for one in read if isinstance(one, Quantity)]
    found = [one for one in at_scale if isinstance(one, Quantity)]
    return found[0], (found[1] if len(found) > 1 else None)


def _write_target(
    deed: Deed,
    document: AdoptedDocument,
    card: AdoptedCard,
    definition: Definition,
    amount: Quantity,
    upper: Quantity | None,
) -> None:
    key = new_key()
    deed.write(
        Target(
            key=key,
            city=document.city,
            indicator_id=definition.indicator_id,
            document=document.key,
            sentence=card.sentence_key,
            entity=(card.data.get("entity") or "")[:120],
        )
    )
    deed.write(
        TargetState(
            target_id=key,
            amount=amount.number,
            amount_to=upper.number if upper else None,
            scale=amount.scale,
            comparator=card.data.get("comparator") or "=",
            period=(card.data.get("period") or "")[:30],
        )
    )
    deed.touch(subject_key("indicator", definition.indicator_id))


def _ask_bearer(
    deed: Deed,
    document: AdoptedDocument,
    card: AdoptedCard,
    definition: Definition,
    context: Mapping[str, Any],
    asked: set[tuple[str, str, str]],
) -> None:
    for sentence, measure in context.get("measures", {}).items():
        _sha, start, end = sentence.split(":")
        unit = context.get("bearers", {}).get(sentence, "")
        if unit and int(start) <= card.start and card.end <= int(end):
            row = (definition.indicator_id, unit, subject_key("measure", measure))
            if row not in asked:
                asked.add(row)
                ask(deed=deed, city=document.city, indicator=row[0], unit=unit, subject=row[2])


def ask(*, deed: Deed, city: str, indicator: str, unit: str, subject: str) -> None:
    """Write into `deed` that a unit is asked for an indicator because of a subject."""
    deed.write(Asked(indicator_id=indicator, city=city, unit=unit, subject=subject))


def ask_unit(*, indicator: str, unit: str, subject: str, by: str, at: datetime) -> None:
    """Ask a unit for an indicator from now on, because of a measure or of the indicator itself."""
    row = Indicator.objects.filter(key=indicator).first()
    if row is None or not unit:
        raise NotFound(_("请选择要报数的单位。"))
    subject = subject or subject_key("indicator", indicator)
    running = Asked.objects.open().filter(indicator=indicator, unit=unit, subject=subject)
    if running.exists():
        raise Conflict(_("已经向这个单位要过这个数，同一个数只报一次。"))
    subjects = [subject_key("indicator", indicator), subject, subject_key("unit", unit)]
    with perform(
        "ask_unit", by=by, at=at, subjects=subjects, scope={"city": row.city, "unit": unit}
    ) as deed:
        ask(deed=deed, city=row.city, indicator=indicator, unit=unit, subject=subject)


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
            raise Refused(_said(read), read.code)
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


def stop_asking(*, deed: Deed, subject: str, indicators: Iterable[str] = ()) -> None:
    """End in `deed` what units are asked because of a subject; all of it unless named."""
    rows = Asked.objects.open().filter(subject=subject)
    wanted = set(indicators)
    for row in rows:
        if not wanted or row.indicator_id in wanted:
            deed.close(row)


def _said(refusal: Refusal) -> str:
    return refusal.says("en" if (get_language() or "").startswith("en") else "zh")
