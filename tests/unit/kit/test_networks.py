"""Networks of activities by example: permits before the start of works."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kit.calendars import WorkCalendar, YearTable
from luodi.kit.networks import MOST_PATHS, Activity, After, compute

CALENDAR = WorkCalendar(
    (
        YearTable(
            2026,
            "测试安排",
            off={date(2026, 4, day): "清明节" for day in (4, 5, 6)},
            work={date(2026, 4, 12): "清明节"},
        ),
    )
)
START = date(2026, 3, 30)


def thing(key: str, days: int, *after: str | After, **more) -> Activity:
    waits = tuple(one if isinstance(one, After) else After(one) for one in after)
    return Activity(key, f"{key}证", key.upper(), days, after=waits, **more)


PERMITS = [
    thing("land", 5, count="workday"),
    thing("eia", 10, "land"),
    thing("energy", 3, "land", count="workday"),
    thing("start", 0, After("eia", 2, "workday"), "energy"),
]


def test_working_days_skip_the_holiday_and_count_the_make_up_day():
    """Mon 30 March + 5 working days: the festival of 4 to 6 April is skipped; 12 April is worked."""
    network = compute(PERMITS, START, CALENDAR)
    dates = {key: (span.start, span.end) for key, span in network.spans.items()}
    assert dates == {
        "land": (date(2026, 3, 30), date(2026, 4, 7)),
        "eia": (date(2026, 4, 7), date(2026, 4, 17)),
        "energy": (date(2026, 4, 7), date(2026, 4, 10)),
        "start": (date(2026, 4, 21), date(2026, 4, 21)),
    }
    assert network.end == date(2026, 4, 21) and network.provisional == ()
    # 11 April is off; 12 (made up), 13 to 17, 20 and 21 are worked
    energy = network.spans["energy"]
    assert (energy.latest_end, energy.float, energy.free_float) == (date(2026, 4, 21), 8, 8)
    # two working days before the 21st end on Sunday the 19th: natural days may use the weekend
    assert (network.spans["eia"].latest_end, network.spans["eia"].float) == (date(2026, 4, 19), 2)
    assert network.paths == (("land", "eia", "start"),)
    assert network.spans["eia"].activity.label() == "eia证"
    assert network.spans["eia"].activity.label("en") == "EIA"


def test_what_happened_moves_the_expected_end():
    today = date(2026, 4, 15)
    late = [
        thing("land", 5, count="workday", started=date(2026, 3, 30), ended=date(2026, 4, 14)),
        thing("eia", 10, "land"),
        thing("energy", 3, "land", count="workday", started=date(2026, 4, 8)),
        PERMITS[3],
    ]
    network = compute(late, START, CALENDAR, today, due=date(2026, 4, 21))
    assert network.spans["land"].float is None and not network.spans["land"].critical
    assert network.spans["eia"].start == today and network.end == date(2026, 4, 28)
    assert network.spans["energy"].end == today and network.spans["energy"].latest_start is None
    assert network.out_of_order == (("land", "energy"),)
    # it ends on the 25th: six natural days past the 19th
    assert network.spans["eia"].latest_end == date(2026, 4, 19)
    assert network.spans["eia"].float == -6 and network.spans["start"].float == -7
    assert network.critical == ("eia", "start") and network.paths == (("eia", "start"),)


def test_a_critical_path_may_be_one_of_many():
    levels = 6
    many = [thing(f"a{n}", 1) for n in range(2)]
    for level in range(1, levels):
        above = tuple(f"{'abcdef'[level - 1]}{n}" for n in range(2))
        many += [thing(f"{'abcdef'[level]}{n}", 1, *above) for n in range(2)]
    network = compute(many, START, CALENDAR)
    assert network.more_paths and len(network.paths) == MOST_PATHS
    assert len(network.critical) == 2 * levels


def test_years_without_published_holidays_are_named():
    network = compute([thing("a", 3, count="workday")], date(2026, 12, 30), CALENDAR)
    assert network.provisional == (2027,)
    lag = [thing("a", 3), thing("b", 0, After("a", 2, "workday"))]
    assert compute(lag, date(2026, 12, 30), CALENDAR).provisional == (2027,)
    assert compute([thing("a", 3)], date(2026, 12, 30), CALENDAR).provisional == ()


@pytest.mark.parametrize(
    ("activities", "code", "zh", "en"),
    [
        (
            [thing("c", 1, "b"), thing("a", 1, "c"), thing("b", 1, "a"), thing("d", 1, "c")],
            "cycle",
            "前置关系成环：a证 → b证 → c证 → a证",
            "These wait for each other: A → B → C → A",
        ),
        (
            [thing("a", 1, "a")],
            "cycle",
            "前置关系成环：a证 → a证",
            "These wait for each other: A → A",
        ),
        (
            [thing("a", 1, "z")],
            "unknown_predecessor",
            "“a证”的前置事项“z”不存在",
            "“A” waits for “z”, which doesn't exist",
        ),
        ([thing("a", 1), thing("a", 2)], "duplicate", "事项重复：a", "Stands twice: a"),
        (
            [thing("a", 1, started=date(2026, 4, 2), ended=date(2026, 4, 1))],
            "ended_before_started",
            "“a证”的办结日2026-04-01早于开始日2026-04-02",
            "“A” ended on 2026-04-01, before it started on 2026-04-02",
        ),
        (
            [thing("a", 1, started=date(2026, 4, 4))],
            "in_future",
            "“a证”的实际日期2026-04-04晚于计算日2026-04-03",
            "“A” has the actual date 2026-04-04, after 2026-04-03",
        ),
    ],
)
def test_an_impossible_network_is_refused_by_name(activities, code, zh, en):
    refusal = compute(activities, START, CALENDAR, date(2026, 4, 3))
    assert (refusal.code, refusal.says(), refusal.says("en")) == (f"network.{code}", zh, en)


def test_actual_dates_need_a_day_to_compute_on():
    refusal = compute([thing("a", 1, started=START)], START, CALENDAR)
    assert refusal.code == "network.no_today" and refusal.says("en")


@pytest.mark.parametrize("make", [lambda: thing("a", -1), lambda: After("a", 1, "week")])
def test_a_stretch_that_makes_no_sense_is_not_made(make):
    with pytest.raises(ValueError, match="no stretch"):
        make()
    with pytest.raises(ValueError, match="has activities"):
        compute([], START, CALENDAR)
