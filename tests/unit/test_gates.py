"""Gates as arithmetic: who is in a list of the year, what a share and a floor come to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.packs import load, resolve
from luodi.packs.schemas import PipelineRule
from luodi.projects.rules import Course, gates_in, judge_floor, judge_share, year_list
from luodi.projects.rules.rates import Step

DAY = date(2026, 3, 10)
JINCHENG, LINFEN = resolve("jincheng"), resolve("linfen")
STAGES = {rule.key: rule for rule in JINCHENG.all("pipeline", PipelineRule, DAY)}
ORDER = ["lead", "talks", "signed", "permits", "started", "in_production"]


def course(key: str = "p", signing: str = "contract", in_zone: bool = True, **given) -> Course:
    """A project that went through the stages on the days of `went`."""
    went = given.pop("went", [])
    here, steps = "lead", []
    for stage, day in went:
        steps.append(Step(here, stage, day))
        here = stage
    return Course(key=key, stage=here, steps=steps, signing=signing, in_zone=in_zone, **given)


def judged(key: str, courses: list[Course], day: date = DAY):
    rule = next(rule for rule in gates_in(JINCHENG, day) if rule.key == key)
    return judge_share(rule, year_list(JINCHENG, rule.of, day), courses, STAGES, day)


BUILDING = [("started", date(2025, 6, 1))]
SIGNED = [("signed", date(2025, 12, 1))]


def test_continuing_ones_were_under_way_before_the_year_and_not_in_production():
    courses = [
        course("goes-on", went=BUILDING),
        course("resumed", went=BUILDING, resumed=date(2026, 3, 1)),
        course("resumes-later", went=BUILDING, resumed=date(2026, 3, 20)),
        course("produced-since", went=[*BUILDING, ("in_production", date(2026, 2, 1))]),
        course("produced-before", went=[*BUILDING, ("in_production", date(2025, 12, 31))]),
        course("ended-since", went=[*BUILDING, ("ended", date(2026, 2, 1))]),
        course("ended-before", went=[*BUILDING, ("ended", date(2025, 2, 1))]),
        course("new", went=[("started", date(2026, 1, 1))]),
        course("elsewhere", went=BUILDING, in_zone=False),
    ]
    found = judged("resumed-q1", courses)
    assert found.reached == ("resumed", "produced-since")
    assert found.behind == ("goes-on", "resumes-later") and found.needed == 4
    assert [key for key, _why in found.left_out] == ["ended-since"] and found.outside == 1
    assert found.percent == 50 and found.status == "at_risk"
    assert found.forecast.unplanned == ("goes-on", "resumes-later")


def test_new_ones_have_a_contract_and_a_day_in_the_year():
    june, planned = date(2026, 6, 1), {"planned_start": date(2026, 6, 1)}
    courses = [
        course("planned", went=SIGNED, **planned),
        course("started", went=[("started", date(2026, 2, 1))]),
        course("framework", "framework", went=SIGNED, **planned),
        course("unsigned", "none", went=[("talks", date(2026, 1, 5))], **planned),
        course("ended", went=[*SIGNED, ("ended", date(2026, 2, 1))], **planned),
        course("moved-out", went=SIGNED, planned_start=date(2027, 1, 1), moved_out=june),
        course("next-year", went=SIGNED, planned_start=date(2027, 1, 1)),
        course("old", went=BUILDING, **planned),
    ]
    found = judged("started-q1", courses)
    assert (found.reached, found.behind) == (("started",), ("planned",))
    assert found.status == "met" and found.needed == 1 and found.percent == 50
    reasons = dict(found.left_out)
    assert list(reasons) == ["framework", "unsigned", "ended", "moved-out"]
    assert "2026-06-01" in reasons["moved-out"] and "框架" in reasons["framework"]
    half = judged("started-h1", courses)
    assert half.status == "on_track" and half.forecast.in_time == ("planned",)


@pytest.mark.parametrize(
    ("planned", "told"),
    [
        (date(2026, 3, 31), "in_time"),
        (date(2026, 4, 1), "late"),
        (date(2026, 3, 9), "overdue"),
    ],
)
def test_planned_dates_foretell_only_what_they_can(planned, told):
    found = judged("started-q1", [course(went=SIGNED, planned_start=planned)])
    assert getattr(found.forecast, told) == ("p",)
    assert found.status == ("on_track" if told == "in_time" else "at_risk")


def test_permits_that_come_too_late_take_a_plan_out_of_the_forecast():
    planned = {"planned_start": date(2026, 3, 20), "went": SIGNED}
    held = course("held", permitted=date(2026, 4, 1), **planned)
    good = course("good", permitted=date(2026, 3, 31), **planned)
    found = judged("started-q1", [held, good])
    assert (found.forecast.held_up, found.forecast.in_time) == (("held",), ("good",))
    assert found.status == "on_track" and judged("started-q1", [held]).status == "at_risk"


def test_what_comes_after_the_due_day_does_not_change_the_result():
    late = course(went=[*SIGNED, ("started", date(2026, 4, 2))], planned_start=date(2026, 3, 1))
    found = judged("started-q1", [late], date(2026, 5, 1))
    assert found.status == "missed" and found.later == ("p",) and found.on == date(2026, 3, 31)
    assert judged("started-q1", [late], date(2026, 3, 31)).status == "missed"


def test_nothing_asked_is_no_success():
    found = judged("started-q1", [course()])
    assert found.status == "unknown" and found.percent is None and "不计算" in found.reason


def test_going_back_takes_the_start_back():
    back = [*SIGNED, ("started", date(2026, 1, 9)), ("permits", date(2026, 2, 9))]
    one = course(went=back, planned_start=date(2026, 1, 9))
    assert judged("started-q1", [one]).reached == ()
    assert judged("started-q1", [one], date(2026, 2, 8)).reached == ("p",)


def test_a_floor_counts_each_amount_once_and_intentions_never():
    rule = gates_in(LINFEN, DAY)[0]
    billion = Fraction(1_000_000)
    courses = [
        course("planned", "none", investment=4 * billion),
        course("reserved", "none", went=[("talks", DAY)], investment=5 * billion),
        course("signed", went=[("signed", DAY)], investment=billion, planned_start=DAY),
        course("framework", "framework", went=[("signed", DAY)], investment=9 * billion),
        course("blank", went=[("signed", DAY)]),
        course("started", went=[("started", DAY)], investment=9 * billion),
        course("ended", went=[("ended", DAY)], investment=9 * billion),
        course("elsewhere", "none", in_zone=False, investment=9 * billion),
    ]
    found = judge_floor(rule, courses, STAGES, DAY)
    assert found.total == found.floor == 10 * billion and found.status == "at_risk"
    assert [(key, count) for key, count, _sum in found.parts] == [
        ("planned", 1), ("reserved", 1), ("signed", 1)
    ]  # fmt: skip
    assert (found.intended, found.intending, found.outside) == (9 * billion, 1, 1)
    assert [key for key, _why in found.left_out] == ["blank"]
    assert (found.leaving, found.leaving_count) == (billion, 1)
    assert judge_floor(rule, courses[1:], STAGES, DAY).status == "missed"
    assert judge_floor(rule, [courses[4]], STAGES, DAY).status == "unknown"


DAYS = st.dates(date(2024, 6, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(st.lists(DAYS, max_size=4), DAYS, st.booleans()), max_size=12), DAYS)
def test_everybody_asked_came_or_lags_and_the_need_is_the_least(made, day):
    courses = [
        course(
            str(n),
            went=list(zip(ORDER[2:], sorted(days), strict=False)),
            planned_start=planned,
            resumed=planned if flag else None,
        )
        for n, (days, planned, flag) in enumerate(made)
    ]
    for rule in gates_in(JINCHENG, day):
        found = judge_share(rule, year_list(JINCHENG, rule.of, day), courses, STAGES, day)
        keys = [*found.reached, *found.behind, *(key for key, _why in found.left_out)]
        assert len(keys) == len(set(keys)) and set(keys) <= {one.key for one in courses}
        assert 100 * found.needed >= rule.share * found.base > 100 * (found.needed - 1) or (
            not found.base
        )
        if found.base:
            met = 100 * len(found.reached) >= rule.share * found.base
            assert met == (found.status == "met")


HEAD = "key: demo\nlevel: city\nname: 示例市\nname_en: Demo\n"
GATE = (
    "rules:\n  - key: g\n    owner: {body: city, name: 示例市}\n    kind: rule\n    source: 文件\n"
    "    title: 节点\n    title_en: Gate\n    order: 1\n"
)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("    asks: started\n", "schema.value_error"),
        ("    asks: started\n    of: new\n    share: 40\n    due: 02-30\n", "schema.value_error"),
        ("    asks: started\n    of: new\n    share: 40\n    due: 03-31\n", "pack.unknown_list"),
        ("    asks: floor\n    floor: 1000亩\n    parts: []\n", "schema.value_error"),
        (
            "    asks: floor\n    floor: 1000亿元\n    parts:\n"
            "      - {key: a, title: a, title_en: a, stages: [nowhere]}\n",
            "pack.unknown_stage",
        ),
        (
            "    asks: floor\n    floor: 1000亿元\n    parts:\n"
            "      - {key: a, title: a, title_en: a, stages: [lead]}\n"
            "      - {key: b, title: b, title_en: b, stages: [lead]}\n",
            "schema.value_error",
        ),
    ],
)
def test_a_gate_that_can_not_be_is_told_with_its_line(tmp_path, more, code):
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "gates.yaml").write_text(GATE + more, encoding="utf-8")
    _pack, problems = load(tmp_path, {})
    assert [(p.file, p.code) for p in problems] == [("gates.yaml", code)] and problems[0].line == 2


def test_a_rate_that_reaches_no_stage_is_told_with_its_line(tmp_path):
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    rate = (
        "rules:\n  - key: r\n    owner: {body: city, name: 示例市}\n    kind: rule\n    source: 文件\n"
        "    title: 率\n    title_en: Rate\n    order: 1\n    base: signed\n    version: 1\n"
    )
    (tmp_path / "rates.yaml").write_text(f"{rate}    reached: opened\n", encoding="utf-8")
    _pack, problems = load(tmp_path, {})
    found = [(p.file, p.line, p.code, p.message) for p in problems]
    assert found == [("rates.yaml", 2, "pack.unknown_stage", "没有定义的项目环节“opened”")]
    by_firm = f"{rate}    reached: admitted\n    by: enterprise\n"
    (tmp_path / "rates.yaml").write_text(by_firm, encoding="utf-8")
    assert not load(tmp_path, {})[1]
