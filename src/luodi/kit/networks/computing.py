"""Earliest and latest dates, float, the critical path: two passes over the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

import networkx as nx

from luodi.kit.calendars import WorkCalendar
from luodi.kit.networks.activities import Activity, After, backward, float_between, forward
from luodi.kit.networks.checking import fault, graph_of
from luodi.kit.refusals import Refusal

MOST_PATHS = 50
"""Paths listed; equal ones may be many, and the network says whether there are more."""


@dataclass(frozen=True)
class Span:
    """The dates of one activity.

    `start`, `end`: the earliest, or what happened; of an activity that ended without a known
    start, its end. `latest_start`, `latest_end`: the last days that keep the network's end (or
    its due day); None for what has happened. `float`: days of its own kind its end may slip
    without harm, below zero where the due day can't be kept; None where it has ended.
    `free_float`: so many without moving what waits for it.
    """

    activity: Activity
    start: date
    end: date
    latest_start: date | None
    latest_end: date | None
    float: int | None
    free_float: int | None

    @property
    def critical(self) -> bool:
        """Whether any delay of it delays the end."""
        return self.float is not None and self.float <= 0


@dataclass(frozen=True)
class Network:
    """The dates of all activities, in an order in which they can be done.

    `end` is the expected day all of them have ended. `paths`: chains of activities, each of which
    starts on the day the one before lets it, the last of which ends on `end`: what the date is
    made of. `more_paths`: there are more than `MOST_PATHS`. `out_of_order`: pairs of keys of which
    the second had started before the first let it. `provisional`: working days fell in years
    whose holidays aren't published.
    """

    spans: Mapping[str, Span]
    end: date
    paths: tuple[tuple[str, ...], ...]
    more_paths: bool
    out_of_order: tuple[tuple[str, str], ...]
    provisional: tuple[int, ...]

    @property
    def critical(self) -> tuple[str, ...]:
        """Keys of the activities that can't slip, in order."""
        return tuple(key for key, span in self.spans.items() if span.critical)


def compute(
    activities: Sequence[Activity],
    start: date,
    calendar: WorkCalendar,
    today: date | None = None,
    due: date | None = None,
) -> Network | Refusal:
    """Compute a network that may begin on `start`, as it stands on `today`.

    What has happened stays as it happened, whatever it should have waited for. What hasn't
    started can't start before today, what hasn't ended can't end before today. Latest dates are
    counted back from `due`, else from the expected end. Refusals: `network.duplicate`,
    `network.unknown_predecessor`, `network.cycle`, `network.ended_before_started`,
    `network.in_future`, `network.no_today`. ValueError without activities.
    """
    if not activities:
        raise ValueError("a network has activities")
    wrong = fault(activities, today)
    if wrong is not None:
        return wrong
    passes = _Passes({one.key: one for one in activities}, start, calendar, today)
    for key in nx.lexicographical_topological_sort(graph_of(activities)):
        passes.go(passes.activities[key])
    end = max(passes.ends.values())
    for key in reversed(passes.starts):
        passes.back(passes.activities[key], due or end)
    paths = list(islice(_paths(passes, end), MOST_PATHS + 1))
    return Network(
        {key: _span(passes, key, end) for key in passes.starts},
        end,
        tuple(paths[:MOST_PATHS]),
        len(paths) > MOST_PATHS,
        tuple(passes.out_of_order()),
        _unknown_years(passes, end),
    )


@dataclass
class _Passes:
    """The state of the two passes; dictionaries are in the order of the topology."""

    activities: Mapping[str, Activity]
    start: date
    calendar: WorkCalendar
    today: date | None
    starts: dict[str, date] = field(default_factory=dict)
    ends: dict[str, date] = field(default_factory=dict)
    latest: dict[str, tuple[date, date]] = field(default_factory=dict)

    def lets(self, before: After) -> date:
        """The day on which a predecessor lets what waits for it start."""
        return forward(self.ends[before.key], before.lag, before.count, self.calendar)

    def go(self, one: Activity) -> None:
        """The earliest dates of an activity all of whose predecessors have theirs."""
        begin = one.started or one.ended
        if begin is None:
            waits = map(self.lets, one.after)
            days = (one.not_before, self.today, *waits)
            begin = max([self.start, *filter(None, days)])
        end = one.ended
        if end is None:
            end = forward(begin, one.days, one.count, self.calendar)
            end = max(end, self.today) if self.today else end
        self.starts[one.key], self.ends[one.key] = begin, end

    @cached_property
    def waiting(self) -> dict[str, list[tuple[str, After]]]:
        """For each activity what waits for it and hasn't started."""
        found: dict[str, list[tuple[str, After]]] = {key: [] for key in self.activities}
        for key, one in self.activities.items():
            for before in one.after:
                if one.started is None and one.open:
                    found[before.key].append((key, before))
        return found

    def back(self, one: Activity, end: date) -> None:
        """The latest dates of an activity all of whose successors have theirs."""
        if not one.open:
            return
        latest = [
            backward(self.latest[key][0], before.lag, before.count, self.calendar)
            for key, before in self.waiting[one.key]
        ]
        last = min([end, *latest])
        self.latest[one.key] = (backward(last, one.days, one.count, self.calendar), last)

    def free(self, one: Activity, end: date) -> int:
        """Days its end may slip before something that waits for it would move."""
        last = [
            backward(self.starts[key], before.lag, before.count, self.calendar)
            for key, before in self.waiting[one.key]
        ]
        return float_between(self.ends[one.key], min(last, default=end), one.count, self.calendar)

    def out_of_order(self) -> Iterator[tuple[str, str]]:
        """(what should have been waited for, what had started all the same)."""
        for key in self.starts:
            one = self.activities[key]
            begun = one.started or one.ended
            for before in one.after:
                if begun and self.lets(before) > begun:
                    yield before.key, key


def _span(passes: _Passes, key: str, end: date) -> Span:
    one, begin, ends = passes.activities[key], passes.starts[key], passes.ends[key]
    if not one.open:
        return Span(one, begin, ends, None, None, None, None)
    first, last = passes.latest[key]
    slack = float_between(ends, last, one.count, passes.calendar)
    free = passes.free(one, end)
    return Span(one, begin, ends, None if one.started else first, last, slack, free)


def _paths(passes: _Passes, end: date) -> Iterator[tuple[str, ...]]:
    """Chains that end on the network's end, each link holding the next one's start."""
    last = [key for key, ends in passes.ends.items() if ends == end]
    through = {before for key in last for before in _driving(passes, key)}
    chains: list[tuple[str, ...]] = [(key,) for key in reversed(last) if key not in through]
    while chains:
        chain = chains.pop()
        driving = sorted(_driving(passes, chain[0]), reverse=True)
        chains += [(key, *chain) for key in driving]
        if not driving:
            yield chain


def _driving(passes: _Passes, key: str) -> set[str]:
    """The predecessors that set the day an activity may start; none of one that has started."""
    one = passes.activities[key]
    if one.started or not one.open:
        return set()
    return {before.key for before in one.after if passes.lets(before) == passes.starts[key]}


def _unknown_years(passes: _Passes, end: date) -> tuple[int, ...]:
    """Years without published holidays in which working days were counted."""
    years: set[int] = set()
    for key, one in passes.activities.items():
        if one.count == "workday" and one.days and one.open:
            years |= set(passes.calendar.unknown_years(passes.starts[key], passes.ends[key]))
        for before in one.after:
            if before.count == "workday" and before.lag:
                since = passes.ends[before.key]
                years |= set(passes.calendar.unknown_years(since, passes.lets(before)))
    return tuple(sorted(year for year in years if year <= end.year))
