"""A month of the projects: what is planned, which batches are held, what has to be answered."""

from __future__ import annotations

import re
from calendar import Calendar, monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.common.tables import LIGHT_SHAPES
from luodi.orgs.queries import pack_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs import work_calendar

from ..models import Batch, BatchState
from ..rules import Pipeline
from .pipelines import pipeline_at
from .rows import Row, projects

KINDS = {
    "start": gettext_lazy("计划开工"),
    "production": gettext_lazy("计划投产"),
    "capacity": gettext_lazy("计划达产"),
    "batch": gettext_lazy("批次活动"),
    "answer": gettext_lazy("首次答复"),
}
PLANNED = {
    "start": ("planned_start", "started"),
    "production": ("planned_production", "in_production"),
    "capacity": ("planned_capacity", "at_capacity"),
}
"""Kinds of planned days: the column, and the stage with which it is met."""

MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")

FIRST, LAST = 2000, 2099
"""The years a calendar is shown for."""


@dataclass(frozen=True)
class Happening:
    """One thing on a day; `state` is the light it shows in, '' for none, and `said` why."""

    day: date
    kind: str
    label: str
    name: str
    address: str
    state: str
    said: str

    @property
    def shape(self) -> str:
        """The shape of its light."""
        return LIGHT_SHAPES.get(self.state, "")


@dataclass(frozen=True)
class CalendarDay:
    """A day of the grid; `inside` tells the month from its neighbours, `off` names a day off."""

    on: date
    inside: bool
    today: bool
    off: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class MonthPage:
    """A month in weeks from Monday; `months` are the year's with how much is in each."""

    key: str
    title: str
    weeks: tuple[tuple[CalendarDay, ...], ...]
    before: str
    after: str
    counts: tuple[tuple[str, str, int], ...]
    months: tuple[tuple[str, str, int], ...]
    zones: tuple[tuple[str, str], ...]
    undated: int

    @property
    def total(self) -> int:
        """How much is in the month."""
        return sum(count for _key, _label, count in self.counts)


def read_month(said: str, today: date) -> tuple[int, int]:
    """Year and month of YYYY-MM; this month's where it is no month."""
    found = MONTH.fullmatch(said)
    year, month = map(int, found.groups()) if found else (0, 0)
    if FIRST <= year <= LAST and 1 <= month <= 12:
        return year, month
    return today.year, today.month


def month_page(
    viewer: Viewer, moment: Moment, month: tuple[int, int], zone: str = "", kind: str = ""
) -> MonthPage:
    """A month of the viewer's projects, of one zone (a unit's key) and one kind if asked.

    Batches are of the whole city and stand in every zone's calendar.
    """
    rows = projects(viewer, moment)
    chosen = [row for row in rows if not zone or row.zone_unit == zone]
    pipeline = pipeline_at(viewer.city, moment)
    found = [
        one
        for one in (*_of_rows(chosen, pipeline, moment), *_batches(viewer, moment))
        if not kind or one.kind == kind
    ]
    year, number = month
    inside = [one for one in found if (one.day.year, one.day.month) == month]
    counts = Counter(one.kind for one in inside)
    by_month = Counter(one.day.month for one in found if one.day.year == year)
    return MonthPage(
        key=f"{year:04}-{number:02}",
        title=period_label(f"{year:04}-{number:02}"),
        weeks=_weeks(viewer.city, moment, month, inside),
        before=_other(year, number, -1),
        after=_other(year, number, 1),
        counts=tuple((key, str(label), counts[key]) for key, label in KINDS.items()),
        months=tuple((f"{year:04}-{m:02}", _short(m), by_month[m]) for m in range(1, 13)),
        zones=tuple(sorted({(r.zone_unit, r.zone) for r in rows if r.zone}, key=lambda z: z[1])),
        undated=sum(
            not (row.planned_start or row.planned_production or row.planned_capacity)
            for row in chosen
        ),
    )


def _short(month: int) -> str:
    return date(2000, month, 1).strftime("%b") if language() == "en" else f"{month}月"


def _other(year: int, month: int, step: int) -> str:
    """The month before or after; '' beyond the years shown."""
    count = year * 12 + month - 1 + step
    return f"{count // 12:04}-{count % 12 + 1:02}" if FIRST <= count // 12 <= LAST else ""


def _of_rows(rows: Iterable[Row], pipeline: Pipeline, moment: Moment) -> Iterator[Happening]:
    places = {}
    for kind, (_column, stage) in PLANNED.items():
        rule = pipeline.get(stage)
        places[kind] = rule.order if rule else None
    final = {rule.key for rule in pipeline.stages if rule.final}
    for row in rows:
        for kind, (column, _stage) in PLANNED.items():
            day = getattr(row, column)
            if day and row.stage not in final:
                place = places[kind]
                met = place is not None and row.order >= place
                yield _planned(row, kind, day, met, moment.today)
        if row.answer_due and row.answered is None:
            yield _answer(row, row.answer_due.astimezone(LOCAL).date())


def _planned(row: Row, kind: str, day: date, met: bool, today: date) -> Happening:
    state = "done" if met else "red" if day < today else "none"
    said = {"done": _("已实现"), "red": _("已过期"), "none": _("未到期")}[state]
    return Happening(day, kind, str(KINDS[kind]), row.name, f"/projects/{row.key}/", state, said)


def _answer(row: Row, day: date) -> Happening:
    address = f"/projects/{row.key}/"
    return Happening(day, "answer", str(KINDS["answer"]), row.name, address, *row.light)


def _batches(viewer: Viewer, moment: Moment) -> Iterator[Happening]:
    mine = visible(Batch.objects.all(), viewer).values("key")
    for state in BatchState.objects.at(moment).filter(batch__in=mine):
        address = reverse("batch", args=[state.batch_id])
        yield Happening(state.held_on, "batch", str(KINDS["batch"]), state.title, address, "", "")


def _weeks(
    city: str, moment: Moment, month: tuple[int, int], found: Iterable[Happening]
) -> tuple[tuple[CalendarDay, ...], ...]:
    worked = work_calendar(pack_of(city, moment))
    by_day: dict[date, list[Happening]] = defaultdict(list)
    for one in found:
        by_day[one.day].append(one)
    order = list(KINDS)
    last = date(*month, monthrange(*month)[1])
    weeks = []
    for week in Calendar().monthdatescalendar(*month):
        days = []
        for on in week:
            day = worked.day(on)
            here = sorted(by_day[on], key=lambda one: (order.index(one.kind), one.name))
            inside = (on.year, on.month) == (last.year, last.month)
            off = "" if day.working else day.says(language())
            days.append(CalendarDay(on, inside, on == moment.today, off, tuple(here)))
        weeks.append(tuple(days))
    return tuple(weeks)
