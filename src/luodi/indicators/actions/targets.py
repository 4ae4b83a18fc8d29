"""Adopting the goals of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Refusal as Refused
from luodi.common.refusals import in_words
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

from ..choices import Purpose
from ..models import Definition, Target, TargetState
from ..rules import least_scale, unit_of
from .asking import ask
from .definitions import define_indicator


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
    rows = sorted(rows, key=lambda row: row.purpose == Purpose.DISPATCH)  # its goals are chased
    return {(row.name, row.measured_in): row for row in rows}


def _amounts(data: Mapping[str, Any]) -> tuple[Quantity, Quantity | None]:
    """Value and upper value of a target at one scale."""
    of = unit_of(data["unit"])
    typed = [v for v in (data["value"], data.get("value_to")) if v]
    read = [Quantity.parse(str(value), of) for value in typed]
    for one in read:
        if isinstance(one, Refusal):
            raise Refused(f"{data['name']}：{in_words(one)}", one.code)
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
