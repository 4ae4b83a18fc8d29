"""Counts for the leader's page, problems by subject for plans, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from luodi.audit.models import Act
from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import Stage
from ..models import Item, ItemState
from ..rules import same_month
from .rows import Row, items
from .timelines import Event, events_of


@dataclass(frozen=True)
class UnitCounts:
    """How a unit stands as lead. `due` counts the open ones due in the moment's month."""

    unit: str
    name: str
    open: int
    due: int
    red: int
    yellow: int
    undated: int
    closed: int


def counts_by_unit(viewer: Viewer, moment: Moment) -> list[UnitCounts]:
    """Items by lead unit within the viewer's scope, the unit with the most red ones first."""
    names: dict[str, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in items(viewer, moment):
        names[row.lead_unit] = row.lead
        counts.update((row.lead_unit, kind) for kind in _kinds(row, moment))
    kinds = ("open", "due", "red", "yellow", "none", "closed")
    found = [UnitCounts(u, n, *(counts[u, kind] for kind in kinds)) for u, n in names.items()]
    return sorted(found, key=lambda c: (-c.red, -c.yellow, -c.open, c.name))


def _kinds(row: Row, moment: Moment) -> list[str]:
    if row.stage == Stage.CLOSED:
        return ["closed"]
    return ["open", row.light, *(["due"] if same_month(row.due_at, moment) else [])]


def open_problems(subjects: Iterable[str], moment: Moment) -> dict[str, int]:
    """The fact `ledger.open_problems`: open items by the subject they grew from."""
    rows = ItemState.objects.at(moment).filter(item__about__in=set(subjects))
    counted = rows.exclude(stage=Stage.CLOSED).values("item__about").order_by()
    return dict(counted.annotate(n=Count("pk")).values_list("item__about", "n"))


@dataclass(frozen=True)
class Change:
    """An event of an item, with the item it is about."""

    key: str
    number: str
    title: str
    event: Event


def changed_since(viewer: Viewer, at: datetime) -> list[Change]:
    """What happened since `at` to the items in the viewer's scope, newest first."""
    states = ItemState.objects.open().filter(item__in=visible(Item.objects.all(), viewer))
    named = {
        subject_key("item", key): (key, number, title)
        for key, number, title in states.values_list("item_id", "item__number", "title")
    }
    acts = Act.objects.filter(at__gt=at, city__in=viewer.cities, touched__subject__in=named)
    events = events_of(acts.distinct().order_by("-position"), Moment(at))
    return [
        Change(*named[subject], event)
        for event in events
        for subject in event.subjects
        if split_subject(subject)[0] == "item" and subject in named
    ]
