"""Networks against a slow oracle that walks day by day and tries what a delay does."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kit.calendars import WorkCalendar, YearTable
from luodi.kit.networks import Activity, After, compute

TABLE = YearTable(
    2026,
    "测试安排",
    off={date(2026, 4, 4) + timedelta(days=i): "清明节" for i in range(3)}
    | {date(2026, 5, 1) + timedelta(days=i): "劳动节" for i in range(5)},
    work={date(2026, 4, 12): "清明节", date(2026, 4, 26): "劳动节", date(2026, 5, 9): "劳动节"},
)
CALENDAR = WorkCalendar((TABLE,))
ONE = timedelta(days=1)
BEGIN = date(2026, 3, 30)

days = st.integers(0, 25).map(lambda n: BEGIN + n * ONE)
counts = st.sampled_from(["day", "workday"])


@st.composite
def networks(draw, kinds=counts, actual: bool = True):
    """Activities with predecessors among the earlier ones, given in any order, and a today."""
    today = draw(st.none() | days) if actual else None
    found = []
    for number in range(draw(st.integers(1, 7))):
        before = draw(st.lists(st.integers(0, number - 1), max_size=3)) if number else []
        waits = tuple(After(f"a{n}", draw(st.integers(0, 4)), draw(kinds)) for n in before)
        started = ended = None
        if today and draw(st.booleans()):
            past = [BEGIN + n * ONE for n in range((today - BEGIN).days + 1)]
            started = draw(st.none() | st.sampled_from(past))
            ended = draw(st.none() | st.sampled_from([d for d in past if d >= (started or d)]))
        found.append(
            Activity(
                f"a{number}", f"事项{number}", f"Thing {number}", draw(st.integers(0, 8)),
                draw(kinds), waits, draw(st.none() | days) if actual else None, started, ended,
            )
        )  # fmt: skip
    return draw(st.permutations(found)), today


def counted(on: date, kind: str) -> bool:
    return kind == "day" or CALENDAR.is_working(on)


def walk(on: date, amount: int, kind: str) -> date:
    while amount:
        on += ONE
        amount -= counted(on, kind)
    return on


def oracle(activities, today, forced=None):
    """Start and end of each by recursion; `forced` gives the end of one of them."""
    by_key = {one.key: one for one in activities}
    known = {}

    def dates(key):
        if key not in known:
            one = by_key[key]
            start = one.started or one.ended
            if start is None:
                lets = [walk(dates(b.key)[1], b.lag, b.count) for b in one.after]
                start = max([BEGIN, *lets, one.not_before or BEGIN, today or BEGIN])
            end = one.ended or max(walk(start, one.days, one.count), today or date.min)
            known[key] = (start, (forced or {}).get(key, end))
        return known[key]

    for one in activities:
        dates(one.key)
    return known


def end_of(known) -> date:
    return max(end for _, end in known.values())


@settings(max_examples=120, deadline=None)
@given(networks())
def test_earliest_dates_agree_with_walking(made):
    activities, today = made
    network = compute(activities, BEGIN, CALENDAR, today)
    slow = oracle(activities, today)
    assert {key: (span.start, span.end) for key, span in network.spans.items()} == slow
    assert network.end == end_of(slow) and network.provisional == ()
    order = list(network.spans)
    for one in activities:
        assert all(order.index(before.key) < order.index(one.key) for before in one.after)


@settings(max_examples=120, deadline=None)
@given(networks())
def test_latest_dates_are_the_last_that_do_no_harm(made):
    activities, today = made
    network = compute(activities, BEGIN, CALENDAR, today)
    for key, span in network.spans.items():
        if span.latest_end is None:
            assert span.activity.ended and span.float is None
            continue
        assert end_of(oracle(activities, today, {key: span.latest_end})) == network.end
        later = span.latest_end + ONE
        assert end_of(oracle(activities, today, {key: later})) > network.end
        kind = span.activity.count
        assert span.float == sum(
            counted(span.end + n * ONE, kind)
            for n in range(1, (span.latest_end - span.end).days + 1)
        )
        assert walk(span.end, span.float, kind) <= span.latest_end
        assert walk(span.end, span.float + 1, kind) > span.latest_end
        if span.latest_start:
            assert walk(span.latest_start, span.activity.days, kind) <= span.latest_end
            assert walk(span.latest_start + ONE, span.activity.days, kind) > span.latest_end


@settings(max_examples=80, deadline=None)
@given(networks())
def test_free_float_moves_nothing_else(made):
    activities, today = made
    network = compute(activities, BEGIN, CALENDAR, today)
    plain = oracle(activities, today)
    for key, span in network.spans.items():
        if span.free_float is None:
            continue
        assert 0 <= span.free_float <= span.float
        for more in (0, 1):
            end = walk(span.end, span.free_float + more, span.activity.count)
            moved = oracle(activities, today, {key: end})
            same = all(moved[k][0] == plain[k][0] for k in plain) and end <= network.end
            assert same == (more == 0)


@settings(max_examples=80, deadline=None)
@given(networks())
def test_each_path_adds_up_to_the_end(made):
    activities, today = made
    network = compute(activities, BEGIN, CALENDAR, today)
    by_key = {one.key: one for one in activities}
    assert network.paths and len(set(network.paths)) == len(network.paths)
    for path in network.paths:
        assert network.spans[path[-1]].end == network.end
        for key, then in itertools.pairwise(path):
            span = network.spans[key]
            lets = [walk(span.end, b.lag, b.count) for b in by_key[then].after if b.key == key]
            assert network.spans[then].start in lets


@settings(max_examples=80, deadline=None)
@given(
    networks(kinds=st.just("day"), actual=False) | networks(kinds=st.just("workday"), actual=False)
)
def test_with_one_kind_of_days_the_paths_are_what_cannot_slip(made):
    activities, _ = made
    network = compute(activities, BEGIN, CALENDAR)
    assert {key for path in network.paths for key in path} == set(network.critical)


@settings(max_examples=80, deadline=None)
@given(networks(), days)
def test_a_due_day_moves_the_latest_dates_with_it(made, due):
    activities, today = made
    network = compute(activities, BEGIN, CALENDAR, today, due)
    slow = oracle(activities, today)
    assert network.end == end_of(slow)
    for key, span in network.spans.items():
        if span.latest_end is None:
            continue
        if network.end <= due:
            assert span.float >= 0
            assert end_of(oracle(activities, today, {key: span.latest_end})) <= due
            assert end_of(oracle(activities, today, {key: span.latest_end + ONE})) > due
        elif span.end > due:
            assert (
                span.float <= 0
                and walk(span.latest_end, -span.float, span.activity.count) <= span.end
            )


@settings(max_examples=100, deadline=None)
@given(networks(), st.randoms())
def test_the_order_of_the_input_changes_nothing(made, random):
    activities, today = made
    mixed = list(activities)
    random.shuffle(mixed)
    first, second = (compute(a, BEGIN, CALENDAR, today) for a in (activities, mixed))
    assert first == second and list(first.spans) == list(second.spans)
