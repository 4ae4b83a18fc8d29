"""The ledger as rows: a fixed number of queries, whatever the number of items or the moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from luodi.common.languages import language, listed
from luodi.common.moments import LOCAL, Moment
from luodi.common.tables import LIGHT_ORDER
from luodi.kit.lights import Verdict
from luodi.orgs.queries import Place, rulebook, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import PartyRole, Source, Stage
from ..models import Feedback, Item, ItemState, Party
from ..rules import Standing, days_to, light_at, lights_of

FIELDS = (
    "item_id", "title", "stage", "due_at", "closed_at", "item__number", "item__source",
    "item__about", "item__city", "item__serial",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it stood at a moment. `days` left (negative: overdue); units by short name."""

    key: str
    number: str
    title: str
    source: str
    source_label: str
    about: str
    stage: str
    stage_label: str
    light: str
    why: str
    rule: str
    lead_unit: str
    lead: str
    cooperating_units: tuple[str, ...]
    cooperating: str
    due_at: datetime | None
    due_on: date | None
    closed_at: datetime | None
    last_feedback: date | None
    days: int | None


def items(viewer: Viewer, moment: Moment, filters: Mapping[str, str] | None = None) -> list[Row]:
    """The items in the viewer's scope as known at the moment, the most pressing first.

    `filters`: `show` (open, closed), `light`, `stage`, `source`, `unit` (the lead's key),
    `about` (a subject). Scope is the viewer's present one.
    """
    wanted = dict(filters or {})
    mine = visible(Item.objects.all(), viewer)
    if about := wanted.pop("about", ""):
        mine = mine.filter(about=about)
    return [row for row in rows_of(mine, moment) if passes(row, wanted)]


def items_about(subject: str, viewer: Viewer, moment: Moment) -> list[Row]:
    """The items that grew from a subject, within the viewer's scope."""
    return items(viewer, moment, {"about": subject})


def rows_about(subjects: Iterable[str], moment: Moment) -> dict[str, list[Row]]:
    """Items by the subject they grew from, for whoever may see the subjects themselves."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(Item.objects.filter(about__in=list(subjects)), moment):
        found[row.about].append(row)
    return found


def may_open(keys: Iterable[str], viewer: Viewer) -> frozenset[str]:
    """Those of some items that a viewer may open."""
    mine = visible(Item.objects.filter(key__in=list(keys)), viewer)
    return frozenset(mine.values_list("key", flat=True))


def rows_of_city(city: str, moment: Moment) -> list[Row]:
    """Every item of a city: for the scheduler and the benches, never for a page."""
    return rows_of(Item.objects.filter(city=city), moment)


def is_closed(row: Row) -> bool:
    """Whether the item had been verified and closed at the row's moment."""
    return row.stage == Stage.CLOSED


def passes(row: Row, filters: Mapping[str, str]) -> bool:
    """Whether a row is among those asked for."""
    found = {
        "show": "closed" if is_closed(row) else "open",
        "light": row.light,
        "stage": row.stage,
        "source": row.source,
        "unit": row.lead_unit,
    }
    return all(found.get(name) == value for name, value in filters.items() if value)


def rows_of(mine: QuerySet[Item], moment: Moment) -> list[Row]:
    """Rows of the given items, which the caller has scoped, as known at the moment."""
    keys = mine.values("key")
    states = ItemState.objects.at(moment).filter(item__in=keys).values_list(*FIELDS)
    leads, partners = _parties(keys, moment)
    feedback = _last_feedback(keys, moment)
    found = list(states)
    units = unit_names({*leads.values(), *(u for us in partners.values() for u in us)}, moment)
    judge = _judge({state[8] for state in found}, moment)
    make = _maker(moment, leads, partners, units, feedback, judge)
    return sorted([make(state) for state in found], key=_pressing)


def _parties(keys: Any, moment: Moment) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Lead and cooperating units by item."""
    leads: dict[str, str] = {}
    partners: dict[str, tuple[str, ...]] = defaultdict(tuple)
    rows = Party.objects.at(moment).filter(item__in=keys).order_by("since", "pk")
    for item, unit, role in rows.values_list("item_id", "unit", "role"):
        if role == PartyRole.LEAD:
            leads[item] = unit
        else:
            partners[item] += (unit,)
    return leads, partners


def _last_feedback(keys: Any, moment: Moment) -> dict[str, datetime]:
    rows = Feedback.objects.at(moment).filter(item__in=keys).values("item_id").order_by()
    return dict(rows.annotate(last=Max("act__at")).values_list("item_id", "last"))


Judge = Callable[[str, str, Standing], tuple[Verdict, str]]


def _judge(cities: Iterable[str], moment: Moment) -> Judge:
    """The light and its sentence by city, lead unit and standing: by the rules of the lead's
    place, each computed once."""
    lang, book = language(), rulebook(cities, moment)
    rules = book.each(lambda stack: lights_of(stack, moment))
    known: dict[tuple[Place, Standing], tuple[Verdict, str]] = {}

    def judge(city: str, lead: str, standing: Standing) -> tuple[Verdict, str]:
        key = (book.place_of(city, lead), standing)
        if key not in known:
            verdict = light_at(standing, rules(city, lead), moment)
            known[key] = (verdict, verdict.says(lang))  # type: ignore[arg-type]
        return known[key]

    return judge


def _pressing(row: Row) -> tuple[int, float, str]:
    """Red before yellow before undated before green before done; the earlier due first."""
    return LIGHT_ORDER[row.light], row.due_at.timestamp() if row.due_at else 0.0, row.number


def _maker(
    moment: Moment,
    leads: Mapping[str, str],
    partners: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    feedback: Mapping[str, datetime],
    judge: Judge,
) -> Callable[[tuple], Row]:
    """A function from what the query gives to a row."""
    sources = {value: str(label) for value, label in Source.choices}
    stages = {value: str(label) for value, label in Stage.choices}

    def row(state: tuple) -> Row:
        key, title, stage, due_at, closed_at, number, source, about, city, _ = state
        lead, others, said = leads.get(key, ""), partners.get(key, ()), _day(feedback.get(key))
        verdict, why = judge(city, lead, Standing(stage, due_at, said))
        return Row(
            key, number, title, source, sources[source], about, stage, stages[stage],
            verdict.light, why, verdict.rule, lead, units.get(lead, ""), others,
            listed([units.get(u, "") for u in others]), due_at, _day(due_at), closed_at,
            said, None if stage == Stage.CLOSED else days_to(due_at, moment),
        )  # fmt: skip

    return row


def _day(instant: datetime | None) -> date | None:
    return instant.astimezone(LOCAL).date() if instant else None
