"""Registers of a pack: what can't run is said; validity, goals and written lists."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from luodi.kit.eligibility import judge
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import Viewer
from luodi.packs import resolve
from luodi.packs.known_facts import catalogue_in
from luodi.packs.schemas import RegisterRule
from luodi.registers.rules import (
    Aim,
    Progress,
    day_of,
    ending,
    expected,
    last_day,
    read_list,
    roles_for,
    rule_for,
)

RULE = {
    "key": "shili", "title": "示例", "title_en": "Example", "order": 1, "group": "pool",
    "owner": {"body": "city", "name": "示例市"}, "kind": "example", "source": "示例",
    "start": "in", "years": 3, "warn": 30,
    "stages": [
        {"key": "in", "title": "在库", "title_en": "In", "counts": True},
        {"key": "out", "title": "出库", "title_en": "Out", "ended": True},
    ],
    "moves": [
        {"key": "leave", "sources": ["in"], "target": "out", "title": "出库", "title_en": "Leave",
         "roles": ["office"]},
    ],
}  # fmt: skip


def rule(**changes) -> RegisterRule:
    return RegisterRule.model_validate(copy.deepcopy(RULE) | changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"start": "nowhere"}, "流程不成立"),
        ({"moves": [RULE["moves"][0] | {"target": "x"}]}, "流程不成立"),
        ({"stages": [dict(s, counts=False) for s in RULE["stages"]]}, "至少要有一个阶段算作在册"),
        ({"moves": [RULE["moves"][0] | {"asks": ["level"]}]}, "没有列出级别"),
        (
            {"goal": {"base_year": 2025, "base": 1, "year": 2025, "target": 2}},
            "目标年份应在基期之后",
        ),
        ({"stages": [RULE["stages"][0] | {"within": 3}, RULE["stages"][1]]}, "应一起写"),
        (
            {"stages": [RULE["stages"][0], RULE["stages"][1] | {"within": 3, "unit": "day"}]},
            "不能再有时限",
        ),
        ({"moves": [RULE["moves"][0] | {"refers": True, "returns": True}]}, "不能既转办"),
        ({"moves": [RULE["moves"][0] | {"by": "referred"}]}, "没有一步转办"),
        ({"opened_by_firm": True, "shown": False}, "要对企业可见"),
        ({"many": True, "holds": "named"}, "只用于登记企业"),
        ({"moves": [RULE["moves"][0] | {"key": "revise"}]}, "不能用“revise”"),
        ({"holds": "named", "stay": {"asks": {"all": []}, "source": "示例"}}, "entry、stay"),
    ],
)
def test_a_register_that_can_not_run_is_said(changes, says):
    with pytest.raises(ValidationError, match=says):
        rule(**changes)


def test_the_built_in_registers_run():
    stack = resolve("jincheng")
    rules = stack.all("registers", RegisterRule, date(2026, 3, 2))
    assert {"high-tech", "small-to-large", "credit"} <= {one.key for one in rules}
    assert all(one.flow().reachable() for one in rules)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(1, 50))
def test_a_recognition_of_n_years_is_n_anniversaries_less_a_day(start, years):
    last = last_day(rule(years=years), start, None)
    after = last + timedelta(days=1)
    assert after.year == start.year + years
    assert (after.month, after.day) == (start.month, start.day) or (
        (start.month, start.day) == (2, 29) and (after.month, after.day) == (3, 1)
    )


def test_a_given_end_stands_and_none_is_invented():
    day = date(2026, 1, 1)
    assert last_day(rule(), day, date(2027, 5, 5)) == date(2027, 5, 5)
    assert last_day(rule(years=0), day, None) is None
    assert last_day(rule(), None, None) is None


@pytest.mark.parametrize(
    ("left", "light"), [(31, None), (30, "yellow"), (0, "yellow"), (-1, "red")]
)
def test_a_recognition_turns_yellow_before_its_end(left, light):
    today = date(2026, 3, 2)
    found = ending(rule(), True, today + timedelta(days=left), today)
    assert (found.light if found else None) == light
    assert ending(rule(), False, today, today) is None and ending(rule(), True, None, today) is None


@given(st.integers(0, 500), st.integers(1, 1000), st.integers(1, 20))
def test_the_line_to_a_goal_goes_up_evenly_and_ends_at_it(base, target, years):
    goal = {"base_year": 2020, "base": base, "year": 2020 + years, "target": target}
    line = [expected(rule(goal=goal), 2020 + n) for n in range(years + 1)]
    assert (line[0], line[-1]) == (base, target)
    assert line == sorted(line, reverse=base > target)
    assert expected(rule(goal=goal), 2019) is None and expected(rule(), 2020) is None


def test_an_old_entry_goes_by_its_own_rule_where_todays_lost_its_stage():
    kept = rule().model_dump(mode="json")
    stages = [dict(RULE["stages"][0], key="new"), RULE["stages"][1]]
    moves = [dict(RULE["moves"][0], sources=["new"])]
    now = rule(stages=stages, moves=moves, start="new", title="新")
    assert rule_for(kept, "in", {"shili": now}).title == "示例"
    assert rule_for(kept, "new", {"shili": now}).title == "新"
    assert rule_for(kept, "in", {}).title == "示例"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)), ("2024年3月5日", date(2024, 3, 5)), ("2024/3/5", date(2024, 3, 5)),
        ("２０２４．３．５", date(2024, 3, 5)), ("2024-03-05 00:00:00", date(2024, 3, 5)),
        ("2024-02-30", None), ("2024年", None), ("去年", None), ("", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text, day):
    assert day_of(text) == day


def test_a_list_is_found_by_its_head():
    rows = [
        (1, ["名单"]),
        (2, ["序号", "企业名称", "级 别", "类别"]),
        (3, ["1", "甲", "", "链主"]),
        (4, ["", "", "", ""]),
    ]
    assert read_list(rows) == [(3, {"name": "甲", "level": "链主"})]
    assert read_list([(n, ["x"]) for n in range(1, 20)]) is None
    assert read_list([]) is None


def oracle(revenue: int | None, share: int | None) -> str:
    """The shares of 国科发火〔2016〕32号 as a person reads them, in 元 and 0.01 %."""
    if share is not None and revenue is not None:
        asked = 500 if revenue <= 5000_0000 else 400 if revenue <= 20000_0000 else 300
        return "fits" if share >= asked else "fails"
    if share is not None and share >= 500 and revenue is None:
        return "fits"
    if share is not None and share < 300:
        return "fails"
    return "unknown"


@given(st.none() | st.integers(0, 30000_0000), st.none() | st.integers(0, 1000))
def test_the_entry_rule_of_high_tech_firms_says_what_its_text_says(revenue, share):
    stack = resolve("jincheng")
    day = date(2026, 3, 2)
    (one,) = [r for r in stack.all("registers", RegisterRule, day) if r.key == "high-tech"]
    condition = one.entry.condition(catalogue_in(stack, day, []).facts)
    facts = {"revenue": revenue, "rd_share": share}
    found = judge(condition, facts).verdict
    said = oracle(revenue, share)
    assert found == said or (found == "unknown" and None in facts.values())


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ({"fact": "revenue", "op": "over"}, "没有“over”这种比较"),
        ({"all": [{"facts": "revenue"}]}, "条件要写成"),
        ({"all": [], "any": []}, "条件要写成"),
        ({"not": []}, "条件要写成"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(asks, says):
    with pytest.raises(ValidationError, match=says):
        rule(entry={"asks": asks, "source": "示例"})


def test_a_condition_that_no_fact_answers_is_a_fault_of_the_pack():
    facts = catalogue_in(resolve("jincheng"), date(2026, 3, 2), []).facts
    for asks, code in [
        ({"fact": "shili", "op": "exists"}, "eligibility.no_fact"),
        ({"fact": "revenue", "op": "at_least", "values": ["很多"]}, None),
        ({"fact": "revenue", "op": "includes", "values": ["1"]}, "eligibility.no_operator"),
    ]:
        found = rule(entry={"asks": asks, "source": "示例"}).entry.condition(facts)
        assert isinstance(found, Refusal) and (code is None or found.code == code)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_rate_is_the_fraction_rounded_once(counted, target, base):
    found = Progress(Aim(2025, base, 2030, target), counted, 0, 2026)
    tenths = (counted * 2000 + target) // (2 * target)  # half up, in whole numbers
    assert found.rate * 10 == tenths
    assert (found.light == "done") == (counted >= target)


UNITS = ("home", "bureau", "other")
ROLES = ("office", "zone_staff", "clerk", "section_head", "leader_in_charge", "statistician")


@given(
    st.sets(st.tuples(st.sampled_from(UNITS), st.sampled_from(ROLES)), max_size=3),
    st.sampled_from(["received", "aiding", "referred", "answered", "closed", "refused"]),
    st.sampled_from(["", "bureau", "other"]),
)
def test_a_step_of_a_case_is_its_homes_or_its_referred_units(held, stage, referred_to):
    stack = resolve("jincheng")
    rules = stack.all("registers", RegisterRule, date(2026, 3, 2))
    (case,) = [one for one in rules if one.key == "ip-aid"]
    who = Viewer(
        "p", "", "c", "home", frozenset(role for _unit, role in held), unit_roles=frozenset(held)
    )
    found = case.flow().available(stage, roles_for(who, "home", referred_to))
    allowed = set()
    for move in case.moves:
        at = referred_to if move.by == "referred" else "home"
        mine = any((at, role) in held for role in move.roles)
        office = move.by == "home" and "office" in move.roles and "office" in who.roles
        if stage in move.sources and (mine or office):
            allowed.add(move.key)
    assert {move.name for move in found} == allowed
