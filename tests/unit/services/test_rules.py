"""The plain rules of services: likeness, leaving firms alone, shares, lights, packs beside."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.common.moments import Moment
from luodi.kit.calendars import WorkCalendar
from luodi.packs import resolve
from luodi.services.flows import REQUEST
from luodi.services.rules import (
    Coming,
    Met,
    Running,
    Story,
    check_steps,
    counted,
    drawn_of,
    light_at,
    lights_of,
    likeness,
    limits_of,
    policy_of,
    quiet_of,
    satisfaction_of,
    share_within,
    spell,
    visit_limits_of,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("厂区停电，请协调。", "厂区停电请协调", 100),
        ("厂区停电", "厂房漏雨", 0),
        ("ＡＢＣ电缆", "abc电缆", 100),
        ("停电三次", "停电两次", 33),
        ("电", "电", 100),
        ("", "停电", 0),
    ],
)
def test_likeness_is_of_words_not_of_signs(one, other, like):
    assert likeness(one, other) == like


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_even_handed(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100 and likeness(one, one) == 100


@pytest.mark.parametrize(
    ("pack", "lengths"),
    [
        ("huozhou", ["60分钟", "3个自然日"]),
        ("jincheng", ["60分钟", "3个工作日"]),
        ("example-three-limits", ["60分钟", "24小时", "7个自然日"]),
    ],
)
def test_each_city_has_the_limits_of_its_own_pack(pack, lengths):
    stack = resolve(pack)
    policy = policy_of(stack, DAY)
    limits = limits_of(stack, policy, DAY)
    assert [rule.clock().says() for _, rule in limits] == lengths
    ends = [counted(rule, Story(AT), WorkCalendar(()), pauses=False, extends=False).due.at
            for _, rule in limits]  # fmt: skip
    assert ends == sorted(ends) and ends[0] == AT + HOUR


def test_three_limits_run_beside_each_other():
    stack = resolve("example-three-limits")
    limits = limits_of(stack, policy_of(stack, DAY), DAY)
    due = {
        limit.key: counted(rule, Story(AT), WorkCalendar(()), pauses=False, extends=False).due.at
        for limit, rule in limits
    }
    assert due["news"] == AT + 24 * HOUR
    assert due["settle"] == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)


def light(running: Running, at: datetime) -> tuple[str, str]:
    verdict = light_at(running, lights_of(resolve("jincheng"), DAY), Moment(at))
    return verdict.light, verdict.zh


def test_the_light_of_a_limit_says_why():
    due = AT + HOUR
    assert light(Running(AT, due, None), AT) == ("green", "在时限内，2026-03-02 10:00 前完成")
    assert light(Running(AT, due, None), due - HOUR / 6) == (
        "yellow", "距 2026-03-02 10:00 只剩 10分钟",
    )  # fmt: skip
    assert light(Running(AT, due, None), due)[0] == "yellow"
    red = light(Running(AT, due, None), due + 25 * HOUR)
    assert red == ("red", "应于 2026-03-02 10:00 前完成，已超时 1天1小时")
    assert light(Running(AT, due, due), due + HOUR) == ("done", "已于 2026-03-02 10:00 完成")
    late = light(Running(AT, due, due + HOUR / 2), due + 5 * HOUR)
    assert late == ("done", "已于 2026-03-02 10:30 完成，超时 30分钟")
    assert light(Running(AT, None, None, paused=True), due)[1] == "等待企业补充，暂停计时"
    assert light(Running(AT, None, None), due)[0] == "none"
    met_later = Running(AT, due, due + 2 * HOUR)
    assert light(met_later, due + HOUR)[0] == "red", "as of a moment before it was met"


def test_stretches_are_spelled():
    assert [spell(m) for m in (0, 5, 60, 61, 1440, 1505)] == [
        "0分钟", "5分钟", "1小时", "1小时1分钟", "1天", "1天1小时",
    ]  # fmt: skip
    assert spell(61, english=True) == "1 h 1 min"


def test_what_the_firm_wishes_isnt_counted_against_its_quiet():
    rule = visit_limits_of(resolve("jincheng"), DAY)[0]
    comings = [
        Coming("visit", DAY, False), Coming("inspection", date(2026, 3, 31), False),
        Coming("visit", DAY, True), Coming("visit", date(2026, 4, 1), False),
        Coming("visit", date(2026, 2, 28), False),
    ]  # fmt: skip
    quiet = quiet_of(rule, DAY, comings)
    assert (quiet.counted, quiet.wished, quiet.left, quiet.over) == (2, 1, 0, 0)
    assert quiet_of(rule, DAY, comings + comings[:1]).over == 1


def test_a_share_says_who_is_left_out():
    due = AT + HOUR
    share = share_within(
        [
            Met(due, due, due, False, False),
            Met(due, due + HOUR, due + HOUR / 2, False, False),
            Met(due, due, due + HOUR, False, False),
            Met(due, due, None, False, False),
            Met(due + 9 * HOUR, due + 9 * HOUR, None, False, False),
            Met(None, None, None, False, True),
            Met(due, due, None, True, False),
        ],
        AT + 2 * HOUR,
    )
    assert (share.numerator, share.denominator) == (1, 4)
    assert (share.by_timetable, share.late) == (1, 2)
    assert share.excluded == (("running", 1), ("paused", 1), ("withdrawn", 1))
    assert str(share.percent) == "25.0"
    assert share_within([], AT).percent is None


def test_satisfaction_leaves_out_who_said_nothing():
    share = satisfaction_of(["satisfied", "fairly", "dissatisfied", "unrated", "awaited"])
    assert (share.numerator, share.denominator) == (2, 3) and str(share.percent) == "66.7"
    assert share.excluded == (("unrated", 1), ("awaited", 1))


def test_the_flow_lets_only_the_firm_withdraw_and_nobody_leave_the_end():
    assert [m.name for m in REQUEST.available("withdrawn")] == []
    assert {m.name for m in REQUEST.available("closed", {"desk", "called", "clock"})} == set()
    assert {m.name for m in REQUEST.available("closed", {"firm"})} == {
        "replace_word", "object_to_noted",
    }  # fmt: skip
    assert "withdraw" not in {m.name for m in REQUEST.available("in_hand", {"desk", "called"})}
    assert {m.name for m in REQUEST.available("waiting", {"firm"})} == {
        "answer_question", "withdraw", "replace_word",
    }  # fmt: skip


def test_the_steps_of_a_timetable():
    assert check_steps([("勘查", DAY), ("施工", DAY)], DAY) == ""
    assert check_steps([], DAY) == "none"
    assert check_steps([("勘查", None)], DAY) == "undated"


@given(st.sets(st.text("abc", min_size=1, max_size=4), min_size=1), st.text(max_size=5), st.data())
def test_a_draw_depends_on_pool_and_seed_alone(pool, seed, data):
    count = data.draw(st.integers(1, len(pool)))
    drawn = drawn_of(pool, count, seed)
    assert drawn == drawn_of(sorted(pool, reverse=True) * 2, count, seed)
    assert len(set(drawn)) == count and set(drawn) <= pool
