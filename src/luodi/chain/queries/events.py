"""Promotion events with whom they met, and what was signed, on events and elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Agreement, TargetStage
from ..models import Contact, PromotionEvent
from ..rules import brings_along, exact_value
from .graph import chain_map
from .targets import Lead, leads_of, modes_of, targets_of


@dataclass(frozen=True)
class EventRow:
    """A promotion event with what came of it."""

    pk: int
    name: str
    on: date
    place: str
    unit: str
    mode: str
    attended: str
    note: str
    firms: int
    signed: int


@dataclass(frozen=True)
class MetRow:
    """What was said with a target firm at an event, or what was signed with it."""

    target: str
    name: str
    on: date
    reached: str
    agreement: str
    amount: Decimal | None
    words: str
    unit: str
    occasion: str
    event: int | None
    lead: Lead | None


@dataclass(frozen=True)
class EventPage:
    """An event with the firms it met, whom to speak with there, and what was signed."""

    row: EventRow
    met: tuple[MetRow, ...]
    signed: tuple[MetRow, ...]
    sums: str
    invited: tuple[tuple[str, str], ...]


def events(viewer: Viewer, moment: Moment) -> list[EventRow]:
    """The events of the city, the latest first."""
    return _event_rows(viewer, moment, _events(viewer, moment))


def _events(viewer: Viewer, moment: Moment) -> QuerySet[PromotionEvent]:
    return visible(PromotionEvent.objects.at(moment), viewer).order_by("-on", "-pk")


def _event_rows(viewer: Viewer, moment: Moment, rows: QuerySet[PromotionEvent]) -> list[EventRow]:
    modes = dict(modes_of(viewer.city, moment))
    seen = targets_of(viewer, moment).values("target")
    met: dict[int, set[str]] = defaultdict(set)
    signed: dict[int, set[str]] = defaultdict(set)
    talks = Contact.objects.at(moment).filter(target__in=seen).exclude(event=None)
    for event, target, reached in talks.values_list("event", "target", "reached"):
        met[event].add(target)
        if reached == TargetStage.SIGNED:
            signed[event].add(target)
    found = list(rows)
    units = unit_names({row.unit for row in found if row.unit}, moment)
    return [
        EventRow(
            row.pk, row.name, row.on, row.place, units.get(row.unit, ""), modes.get(row.mode, ""),
            listed(row.attended), row.note, len(met[row.pk]), len(signed[row.pk]),
        )
        for row in found
    ]  # fmt: skip


def event_page(viewer: Viewer, pk: int, moment: Moment) -> EventPage:
    """One event, or `NotFound`."""
    rows = _event_rows(viewer, moment, _events(viewer, moment).filter(pk=pk))
    if not rows:
        raise NotFound(_("没有这次活动，或者它不在您的范围内。"))
    met = _met(viewer, moment, event=pk)
    signed = tuple(row for row in met if row.agreement)
    return EventPage(rows[0], tuple(met), signed, sums_in_words(signed), _speakable(viewer, moment))


def mode_of_event(pk: int) -> str:
    """The mode of promotion an event was held in, '' where it says none."""
    found = PromotionEvent.objects.filter(pk=pk).values_list("mode", flat=True).first()
    return str(found or "")


def signings(viewer: Viewer, moment: Moment) -> list[MetRow]:
    """Every signing with a firm the viewer may see, the latest first."""
    return _met(viewer, moment, signed=True)


def _met(
    viewer: Viewer, moment: Moment, event: int | None = None, signed: bool = False
) -> list[MetRow]:
    seen = targets_of(viewer, moment).values("target")
    rows = Contact.objects.at(moment).filter(target__in=seen)
    rows = rows.filter(event=event) if event is not None else rows
    rows = rows.filter(reached=TargetStage.SIGNED) if signed else rows
    found = list(rows.select_related("target", "event").order_by("-on", "-pk"))
    city_map = chain_map(viewer.city, moment)
    units = unit_names({row.unit for row in found if row.unit}, moment)
    leads = leads_of({row.target_id for row in found}, moment)
    return [
        MetRow(
            row.target_id,
            city_map.firm_name(row.target.firm_id),
            row.on,
            str(TargetStage(row.reached).label),
            str(Agreement(row.agreement).label) if row.agreement else "",
            exact_value(row.amount, row.amount_scale),
            row.words,
            units.get(row.unit, ""),
            row.event.name if row.event else _("外出招商") if row.trip_id else "",
            row.event_id,
            leads.get(row.target_id),
        )
        for row in found
    ]


def _speakable(viewer: Viewer, moment: Moment) -> tuple[tuple[str, str], ...]:
    """The target firms a viewer may put a contact down for, by name."""
    city_map = chain_map(viewer.city, moment)
    found = [
        (state.target_id, city_map.firm_name(state.target.firm_id))
        for state in targets_of(viewer, moment)
        if brings_along(viewer, state.target.city, state.unit)
    ]
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def sums_in_words(rows: tuple[MetRow, ...] | list[MetRow]) -> str:
    """How many contracts and framework agreements for how much; the two are never added."""
    parts = []
    for agreement in Agreement:
        mine = [row for row in rows if row.agreement == agreement.label]
        amounts = [row.amount for row in mine if row.amount is not None]
        if mine:
            words = {"label": agreement.label, "n": len(mine)}
            said = _("%(label)s %(n)d 笔") % words
            if amounts:
                total = sum(amounts, Decimal()).normalize() + 0
                said += _("，金额 %(sum)s 万元") % {"sum": f"{total:,f}"}
            if len(amounts) < len(mine):
                said += _("（%(n)d 笔没有金额）") % {"n": len(mine) - len(amounts)}
            parts.append(said)
    return listed(parts)
