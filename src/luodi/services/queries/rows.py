"""Requests as rows: a fixed number of queries, whatever the number of requests or the moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import language, listed
from luodi.common.moments import Moment
from luodi.common.tables import LIGHT_ORDER
from luodi.kit.lights import Rule
from luodi.ledger.queries import Row as ItemRow
from luodi.ledger.queries import may_open, rows_about
from luodi.orgs.queries import (
    enterprise_names,
    rulebook,
    rules_for,
    unit_names,
    visible,
)
from luodi.orgs.rules import Viewer
from luodi.packs import Stack

from ..choices import OVER, Stage
from ..models import CallOut, Request, RequestClock, RequestState
from ..rules import (
    Running,
    categories_of,
    channels_of,
    levels_of,
    light_at,
    lights_of,
    rule_of,
    words_by_key,
)


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One limit in words: its title, when it is due, when it was met, its light and why."""

    limit: str
    title: str
    round: int
    started_at: datetime
    due_at: datetime | None
    limit_at: datetime | None
    met_at: datetime | None
    light: str
    why: str
    ends: str
    notes: tuple[str, ...]
    source: str

    @property
    def shown(self) -> tuple[str, str]:
        """Light and reason, as a table shows them."""
        return self.light, self.why


@dataclass(frozen=True, slots=True)
class Row:
    """One request as it stood at a moment; `clocks` are those of its present round."""

    key: str
    number: str
    title: str
    firm: str
    firm_name: str
    category: str
    channel: str
    stage: str
    stage_label: str
    level: int
    level_label: str
    round: int
    received_at: datetime
    closed_at: datetime | None
    rate_by: datetime | None
    lead_unit: str
    lead: str
    others: str
    clocks: tuple[ClockRow, ...]
    waits_for_firm: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.stage in OVER

    @property
    def pressing(self) -> ClockRow | None:
        """The limit that presses most: the worst light among those not met, else the last one."""
        running = [clock for clock in self.clocks if clock.met_at is None]
        ranked = sorted(running, key=lambda c: (LIGHT_ORDER[c.light], c.due_at is None, c.due_at))
        return ranked[0] if ranked else (self.clocks[-1] if self.clocks else None)

    @property
    def light(self) -> tuple[str, str]:
        """The light of the request: that of the limit that presses most."""
        pressing = self.pressing
        return pressing.shown if pressing else ("none", "")


def requests(viewer: Viewer, moment: Moment, over: bool = False) -> list[Row]:
    """The running requests in the viewer's scope as known at the moment, the most pressing first;
    those that are over (`over`), the latest first."""
    return rows_of(_those(viewer, moment, over), moment)


def count_over(viewer: Viewer, moment: Moment) -> int:
    """How many requests in the viewer's scope are over at the moment."""
    return _those(viewer, moment, True).count()


def _those(viewer: Viewer, moment: Moment, over: bool) -> QuerySet[Request]:
    states = RequestState.objects.at(moment)
    states = states.filter(stage__in=OVER) if over else states.exclude(stage__in=OVER)
    return visible(Request.objects.filter(key__in=states.values("request")), viewer)


def requests_of_firm(firm: str, viewer: Viewer, moment: Moment) -> list[Row]:
    """The requests of one firm within the viewer's scope, the newest first."""
    mine = visible(Request.objects.all(), viewer)
    states = RequestState.objects.at(moment).filter(firm=firm)
    rows = rows_of(mine.filter(key__in=states.values("request")), moment)
    return sorted(rows, key=lambda row: (row.received_at, row.number), reverse=True)


def rows_of(mine: QuerySet[Request], moment: Moment) -> list[Row]:
    """Rows of the given requests, which the caller has scoped, as known at the moment."""
    keys = mine.values("key")
    states = list(
        RequestState.objects.at(moment).filter(request__in=keys).select_related("request")
    )
    clocks, calls = _clocks(keys, moment), _calls(keys, moment)
    named = {state.lead for state in states} | {u for units in calls.values() for u in units}
    units = unit_names(named, moment)
    firms = enterprise_names({state.firm for state in states}, moment)
    book = rulebook((state.request.city for state in states), moment)
    words = book.each(lambda stack: _Words(stack, moment))
    rows = [
        _row(state, clocks[state.request_id], calls[state.request_id], units, firms, words)
        for state in states
    ]
    return sorted(rows, key=_pressing)


def _clocks(keys: QuerySet, moment: Moment) -> dict[str, list[RequestClock]]:
    found: dict[str, list[RequestClock]] = defaultdict(list)
    rows = RequestClock.objects.at(moment).filter(request__in=keys)
    for clock in rows.order_by("round", "started_at", "limit_at", "limit"):
        found[clock.request_id].append(clock)
    return found


def _calls(keys: QuerySet, moment: Moment) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = CallOut.objects.at(moment).filter(request__in=keys).order_by("called_at", "unit")
    for request, unit in rows.values_list("request_id", "unit"):
        found[request].append(unit)
    return found


class _Words:
    """A place's words and light rules at a moment, in the reader's language."""

    def __init__(self, stack: Stack, moment: Moment) -> None:
        day, lang = moment.today, language()
        self.moment, self.lang = moment, lang
        self.lights: tuple[Rule, ...] = lights_of(stack, day)
        self.categories = words_by_key(categories_of(stack, day), lang)
        self.channels = words_by_key(channels_of(stack, day), lang)
        self.levels = [word.says(lang) for word in levels_of(stack, day)]

    def level(self, number: int) -> str:
        """The title of a level; its number where the pack has fewer."""
        return self.levels[number - 1] if 0 < number <= len(self.levels) else str(number)

    def clock(self, row: RequestClock, paused: bool) -> ClockRow:
        """A limit with its light."""
        rule = rule_of(row.rule)
        running = Running(row.started_at, row.due_at, row.met_at, paused and row.pauses)
        verdict = light_at(running, self.lights, self.moment, self.lang == "en")
        title = rule.title_en if self.lang == "en" else rule.title
        return ClockRow(
            row.limit, title, row.round, row.started_at, row.due_at, row.limit_at, row.met_at,
            verdict.light, verdict.says(self.lang), row.ends,
            tuple(note[self.lang] for note in row.working.get("notes", [])), _source(row.working),
        )  # fmt: skip


def _source(working: Mapping[str, Any]) -> str:
    """Whose limit it is and where it stands; that no text gives it, where none does."""
    if not working:
        return ""
    said = f"{working['owner']} · {working['source']}"
    if not working["confirmed"]:
        said = f"{working['owner']} · " + _("本地默认，待确认")
    return f"{said}（{working['inferred']}）" if working["inferred"] else said


def _row(
    state: RequestState,
    clocks: list[RequestClock],
    called: list[str],
    units: Mapping[str, str],
    firms: Mapping[str, str],
    words: Callable[..., _Words],
) -> Row:
    asked = state.request
    said = words(asked.city, asked.zone, asked.unit)
    waits = state.stage == Stage.WAITING
    now = [said.clock(clock, waits) for clock in clocks if clock.round == state.round]
    others = [units.get(unit, "—") for unit in called if unit != state.lead]
    return Row(
        asked.key, asked.number, asked.title, state.firm, firms.get(state.firm, "—"),
        said.categories.get(asked.category, asked.category),
        said.channels.get(asked.channel, asked.channel), state.stage,
        str(Stage(state.stage).label), state.level, said.level(state.level), state.round,
        asked.received_at, state.closed_at, state.rate_by, state.lead,
        units.get(state.lead, "—"), listed(others), tuple(now), waits,
    )  # fmt: skip


def _pressing(row: Row) -> tuple[bool, int, float, str]:
    """Open before over; red before yellow before the rest; the earlier due first."""
    if row.is_over:
        return True, 9, -row.received_at.timestamp(), row.number
    pressing = row.pressing
    due = pressing.due_at.timestamp() if pressing and pressing.due_at else float("inf")
    return False, LIGHT_ORDER[row.light[0]], due, row.number


def past_rounds(asked: Request, moment: Moment, before: int) -> list[ClockRow]:
    """The limits of earlier rounds of a request."""
    words = _Words(rules_for(asked, moment), moment)
    rows = RequestClock.objects.at(moment).filter(request=asked, round__lt=before)
    ordered = rows.order_by("round", "started_at", "limit_at", "limit")
    return [words.clock(row, paused=False) for row in ordered]


def items_from(subject: str, viewer: Viewer, moment: Moment) -> tuple[tuple[ItemRow, bool], ...]:
    """The supervised items that grew from a subject the viewer sees, and which may be opened."""
    rows = rows_about([subject], moment).get(subject, [])
    mine = may_open([row.key for row in rows], viewer)
    return tuple((row, row.key in mine) for row in rows)


def count_open(rows: Iterable[Row]) -> int:
    """How many of some rows are not over."""
    return sum(not row.is_over for row in rows)
