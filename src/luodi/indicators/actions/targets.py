"""Goals: those of a plan, those the statistician sets; their trajectory and their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import headed
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound, in_words
from luodi.common.refusals import Refusal as Refused
from luodi.kit.calendars import Period
from luodi.kit.quantities import Quantity, show
from luodi.kit.refusals import Refusal

from ..choices import Comparator, Measure, Pace, Purpose
from ..models import Definition, Target, TargetPart, TargetState, Trajectory
from ..queries import measured
from ..rules import Place, least_scale, left_over, read_figure, unit_of
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
            raise Refused(headed(data["name"], in_words(one)), one.code)
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


def set_target(
    *,
    indicator: str,
    amount: str,
    comparator: str,
    period: str,
    unit: str,
    by: str,
    at: datetime,
    why: str = "",
) -> str:
    """Set a goal that stands in no plan; returns its key. `unit` is whose goal, '' the city's.

    Refuses an amount that is no figure of the indicator, and a period that is none.
    """
    definition = _definition(indicator)
    read = read_figure(measured(definition), amount)
    if not isinstance(read, Quantity):
        raise Incomplete(headed(definition.name, in_words(read)), read.code)
    if comparator not in Comparator.values:
        raise Incomplete(_("请选择比较方式。"))
    _check_period(period)
    key, city = new_key(), definition.indicator.city
    with perform(
        "set_target",
        by=by,
        at=at,
        subjects=[subject_key("indicator", indicator)],
        scope={"city": city, "unit": unit},
        why=why,
    ) as deed:
        deed.write(Target(key=key, city=city, unit=unit, indicator_id=indicator))
        deed.write(
            TargetState(
                target_id=key,
                amount=read.number,
                scale=read.scale,
                comparator=comparator,
                period=period,
            )
        )
    return key


def _check_period(period: str) -> None:
    try:
        Period.parse(period)
    except ValueError as error:
        raise Incomplete(
            _("“%s”不是时期。请写成 2026、2026H1、2026Q1、2026-03 或 2026W09。") % period
        ) from error


def _definition(indicator: str) -> Definition:
    rows = Definition.objects.open().filter(indicator=indicator).select_related("indicator")
    row = rows.first()
    if row is None:
        raise NotFound(_("没有这个指标。"))
    return row


def set_trajectory(
    *,
    target: str,
    unit: str,
    baseline: str,
    baseline_period: str,
    pace: str,
    by: str,
    at: datetime,
    why: str,
) -> None:
    """Say from where a goal is to be reached, by whose series, at what pace; with a reason.

    The goal itself stays as its sentence says. `baseline` is typed, '' where there is none.
    """
    row = Target.objects.filter(key=target).first()
    if row is None:
        raise NotFound(_("没有这个目标。"))
    definition = _definition(row.indicator_id)
    read = read_figure(measured(definition), baseline) if baseline.strip() else None
    if isinstance(read, Refusal):
        raise Incomplete(headed(definition.name, in_words(read)), read.code)
    if pace not in Pace.values:
        raise Incomplete(_("请选择进度怎样推算。"))
    if baseline_period:
        _check_period(baseline_period)
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    running = Trajectory.objects.open().filter(target=target).first()
    said = Trajectory(
        target_id=target,
        unit=unit,
        baseline=read.number if read else None,
        scale=read.scale if read else 0,
        baseline_period=baseline_period,
        pace=pace,
    )
    subject, scope = subject_key("indicator", row.indicator_id), {"city": row.city}
    with perform("set_trajectory", by=by, at=at, subjects=[subject], scope=scope, why=why) as deed:
        if running:
            deed.close(running)
        deed.write(said)


def share_out(
    *, target: str, parts: Mapping[Place, int], scale: int, by: str, at: datetime, why: str = ""
) -> None:
    """Adopt the parts of a goal as one act, in place of those before.

    `parts` are whole numbers at `scale` by (unit, period). Refused unless they make the goal
    exactly: a city's goal is never quietly more or less than what its units are told.
    """
    state = TargetState.objects.open().filter(target=target).select_related("target").first()
    if state is None:
        raise NotFound(_("没有这个目标。"))
    definition = _definition(state.target.indicator_id)
    if not parts:
        raise Incomplete(_("还没有填分解的数。"))
    whole = state.amount * 10 ** (scale - state.scale)
    left = left_over(whole, parts, definition.measure == Measure.FLOW)
    if left:
        words = _("分解的数合计比目标少 %s%s。") if left > 0 else _("分解的数合计比目标多 %s%s。")
        raise Incomplete(words % (show(abs(left), scale, True), definition.measured_in))
    city, subject = state.target.city, subject_key("indicator", state.target.indicator_id)
    before = TargetPart.objects.open().filter(target=target)
    with perform(
        "share_out_target", by=by, at=at, subjects=[subject], scope={"city": city}, why=why
    ) as deed:
        for row in before:
            deed.close(row)
        for (unit, period), amount in parts.items():
            deed.write(
                TargetPart(
                    target_id=target,
                    city=city,
                    unit=unit,
                    period=period,
                    amount=amount,
                    scale=scale,
                )
            )
