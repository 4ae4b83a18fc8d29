"""Gates over made histories of five years equal a slow recomputation from plain records."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

from luodi.packs import resolve
from luodi.packs.schemas import PipelineRule
from luodi.projects.rules import Course, gates_in, judge_floor, judge_share, year_list
from luodi.projects.rules.rates import Step

PLACES = ["lead", "talks", "review", "signed", "permits", "started", "in_official_statistics",
          "in_production", "at_capacity", "at_promised_benefit"]  # fmt: skip
SIGNED, STARTED, PRODUCED = 3, 5, 7
ASKED = {
    "resumed-q1": (100, (3, 31)),
    "started-q1": (40, (3, 31)),
    "started-h1": (80, (6, 30)),
}
POOL = {"planned": ["lead"], "reserved": ["talks", "review"], "signed": ["signed", "permits"]}
JINCHENG, LINFEN = resolve("jincheng"), resolve("linfen")
STAGES = {r.key: r for r in JINCHENG.all("pipeline", PipelineRule, date(2026, 1, 1))}


def made(dice: random.Random, number: int) -> Course:
    """A project that went on, back and to an end over five years."""
    here, day, steps = "lead", date(2022, 1, 1) + timedelta(dice.randrange(1400)), []
    for _ in range(dice.randrange(9)):
        day += timedelta(dice.randrange(260))
        at = PLACES.index(here) if here in PLACES else 3
        to = PLACES[max(0, min(at + dice.choice([1, 1, 1, 2, 3, -1, -2]), len(PLACES) - 1))]
        to = "ended" if dice.random() < 0.06 else to
        if to != here:
            steps.append(Step(here, to, day))
            here = to

    def some(share: float) -> date | None:
        return date(2024, 1, 1) + timedelta(dice.randrange(1100)) if dice.random() < share else None

    return Course(
        key=f"p{number}",
        stage=here,
        steps=steps,
        signing=dice.choice(["contract"] * 8 + ["framework", "none"]),
        in_zone=dice.random() < 0.85,
        planned_start=some(0.8),
        moved_out=some(0.1),
        resumed=some(0.3),
        resuming=some(0.2),
        permitted=some(0.3),
        investment=Fraction(dice.randrange(1, 4_000_000), 10) if dice.random() < 0.9 else None,
    )


def stood(course: Course, day: date) -> str:
    """Where a project stood: every step up to the day, one after the other."""
    here = "lead"
    for step in course.steps:
        if step.happened_on <= day:
            here = step.to_stage
    return here


def place(course: Course, day: date) -> int:
    """The same as a number; -1 where it had ended."""
    here = stood(course, day)
    return PLACES.index(here) if here in PLACES else -1


def continuing(one: Course, on: date, before: int, now: int) -> tuple[str, date | None] | None:
    if not STARTED <= before < PRODUCED:
        return None
    if now == -1:
        return "out", None
    if (one.resumed and one.resumed <= on) or now >= PRODUCED:
        return "came", None
    return "lags", one.resuming


def new(one: Course, due: date, before: int, now: int) -> tuple[str, date | None] | None:
    if before >= STARTED:
        return None
    this_year = one.planned_start and one.planned_start.year == due.year
    if now < STARTED and not this_year:
        return ("out", None) if one.moved_out else None
    if now == -1 or one.signing != "contract" or now < SIGNED:
        return "out", None
    if now >= STARTED:
        return "came", None
    late = one.permitted and one.permitted > due
    return "lags", date(9999, 1, 1) if late else one.planned_start


def slow_share(key: str, courses: list[Course], day: date) -> tuple:
    share, (month, last) = ASKED[key]
    due = date(day.year, month, last)
    on = min(day, due)
    sorts: dict[str, dict[str, date | None]] = {"came": {}, "lags": {}, "out": {}}
    for one in courses:
        before, now = place(one, date(day.year - 1, 12, 31)), place(one, on)
        if one.in_zone and before != -1:
            said = (
                continuing(one, on, before, now)
                if key.startswith("resumed")
                else new(one, due, before, now)
            )
            if said:
                sorts[said[0]][one.key] = said[1]
    came, lags, out = sorts["came"], sorts["lags"], sorts["out"]
    base = len(came) + len(lags)
    soon = sum(1 for d in lags.values() if d and day <= d <= due) if day < due else 0
    status = "missed" if day >= due else "at_risk"
    if day < due and 100 * (len(came) + soon) >= share * base:
        status = "on_track"
    if 100 * len(came) >= share * base:
        status = "met"
    return set(came), set(lags), set(out), status if base else "unknown", soon


def test_shares_equal_a_slow_recomputation_on_random_days():
    dice = random.Random(20260331)
    courses = [made(dice, number) for number in range(240)]
    seen = set()
    for _ in range(250):
        day = date(2024, 1, 1) + timedelta(dice.randrange(1096))
        some = dice.sample(courses, dice.choice([3, 20, 240]))
        for rule in gates_in(JINCHENG, day):
            found = judge_share(rule, year_list(JINCHENG, rule.of, day), some, STAGES, day)
            came, lags, out, status, soon = slow_share(rule.key, some, day)
            assert (set(found.reached), set(found.behind)) == (came, lags), (rule.key, day)
            assert {key for key, _why in found.left_out} == out
            assert (found.status, len(found.forecast.in_time)) == (status, soon)
            seen.add(status)
    assert seen == {"met", "on_track", "at_risk", "missed", "unknown"}


def test_the_floor_equals_a_slow_sum_on_random_days():
    dice = random.Random(1000)
    courses = [made(dice, number) for number in range(240)]
    [rule] = gates_in(LINFEN, date(2026, 1, 1))
    for _ in range(250):
        day = date(2022, 1, 1) + timedelta(dice.randrange(1800))
        sums = dict.fromkeys(POOL, Fraction(0))
        intended = Fraction(0)
        for one in courses:
            for part, stages in POOL.items():
                if one.in_zone and one.investment is not None and stood(one, day) in stages:
                    if one.signing == "framework":
                        intended += one.investment
                    else:
                        sums[part] += one.investment
        found = judge_floor(rule, courses, STAGES, day)
        assert {key: total for key, _count, total in found.parts} == sums
        assert (found.total, found.intended) == (sum(sums.values()), intended)
        assert (found.total < 10_000_000) == (found.status == "missed")
