"""Judging a target or a measure: every branch, the edge of the tolerance, better is never worse."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from luodi.assessment.choices import PlanVerdict
from luodi.assessment.rules.evaluations import (
    BETTER,
    change_of,
    due_on,
    judge_measure,
    judge_target,
    last_year,
    read_period,
)
from luodi.assessment.rules.publication import kept_back, target_entry
from luodi.assessment.rules.verdict_words import NAMES, SENTENCES, sentence_of
from luodi.indicators.models import Definition, Target, TargetState
from luodi.indicators.queries.targets import Course, Goal, PacePoint
from luodi.kit.calendars import Period
from luodi.kit.lights import Verdict
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.plans.queries import MeasureRow
from luodi.plans.queries.measures import LatestReport

JUNE = date(2026, 6, 30)
MONTHS = [Period.parse(f"2026-{n:02}") for n in range(1, 13)]


def goal(comparator: str = ">=", whole: int = 120, upper=None, direction: str = "none") -> Goal:
    definition = Definition(
        name="示例", measured_in="亿元", direction=direction, period_kind="month"
    )
    state = TargetState(target=Target(key="t"), comparator=comparator, amount=whole, period="2026")
    return Goal(state, definition, None, 0, whole, upper, None)


def course(actual, expected=None, why=()) -> Course:
    paces = expected or [10 * n for n in range(1, 13)]
    figures = [*actual, *[None] * (12 - len(actual))]
    return Course(tuple(map(PacePoint, MONTHS, paces, figures)), "u", why)


def verdict(one: Goal, way: Course, end: date = JUNE, tolerance: int = 5) -> tuple[str, str]:
    found = judge_target(one, way, end, tolerance, "≥120亿元")
    return found.verdict.value, found.code


@pytest.mark.parametrize(
    ("june", "wanted"),
    [
        (60, ("on_track", "on_pace")),
        (57, ("on_track", "within")),
        (56, ("behind", "off_pace")),
        (0, ("behind", "off_pace")),
        (-5, ("behind", "off_pace")),
        (120, ("met", "early")),
    ],
)
def test_a_figure_is_held_against_its_pace(june, wanted):
    assert verdict(goal(), course([None] * 5 + [june])) == wanted


def test_a_ceiling_is_held_the_other_way_round():
    for june, wanted in ((60, "on_pace"), (63, "within"), (64, "off_pace"), (10, "on_pace")):
        assert verdict(goal("<="), course([None] * 5 + [june]))[1] == wanted
    assert verdict(goal("~", direction="down"), course([None] * 5 + [10]))[0] == "on_track"


def test_an_expected_zero_has_an_answer():
    zero = course([None] * 5 + [0], expected=[0] * 12)
    assert verdict(goal(), zero) == ("on_track", "on_pace")
    assert verdict(goal(), course([None] * 5 + [-1], expected=[0] * 12))[0] == "behind"


def test_at_its_end_it_is_met_or_missed_or_lacks_its_figure():
    year = date(2026, 12, 31)
    for december, wanted in ((120, "met"), (119, "missed")):
        assert verdict(goal(), course([None] * 11 + [december]), year) == (wanted, "final")
    assert verdict(goal(), course([None] * 10 + [130]), year) == ("not_computable", "final_missing")
    span = goal(whole=100, upper=110)
    assert verdict(span, course([None] * 11 + [111]), year)[0] == "missed"
    assert verdict(span, course([None] * 5 + [105]))[0] == "on_track"


def test_what_can_not_be_computed_says_which():
    assert verdict(goal(), Course((), "", ("没有年份",))) == ("not_computable", "no_course")
    assert verdict(goal(), course([])) == ("not_computable", "no_figure")
    assert verdict(goal(), course([5]), date(2025, 12, 31)) == ("not_computable", "not_begun")
    no_pace = course([None] * 5 + [60], expected=[None] * 12, why=("没有写明基数",))
    found = judge_target(goal(), no_pace, JUNE, 5, "")
    assert found.code == "no_pace" and "没有写明基数" in sentence_of(found.code, found.facts)


@given(
    st.integers(-200, 200),
    st.integers(0, 200),
    st.integers(0, 100),
    st.sampled_from([">=", "<=", "~"]),
)
def test_a_better_figure_is_never_judged_worse(june, more, tolerance, comparator):
    less = comparator == "<="
    better = june - more if less else june + more
    one = goal(comparator)
    worse, nicer = (
        verdict(one, course([None] * 5 + [n]), tolerance=tolerance) for n in (june, better)
    )
    assert BETTER[PlanVerdict(nicer[0])] >= BETTER[PlanVerdict(worse[0])]


def measure(stage="open", due=None, done=None, reported="") -> MeasureRow:
    latest = LatestReport("r", reported, "u", "", "", "") if reported else None
    return MeasureRow(
        key="m", plan="p", order=1, label="", title="", path=(), text="", sentence="", units=(),
        unresolved=(), stage=stage, deadline="", due_on=due, done_on=done,
        verdict=Verdict("none", "none", {}), latest=latest,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (measure("done", done=date(2026, 5, 1)), "done"),
        (measure("done"), "done"),
        (measure("done", date(2026, 4, 1), date(2026, 5, 1)), "done_late"),
        (measure(), "no_deadline"),
        (measure(due=JUNE), "overdue"),
        (measure("done", JUNE, date(2026, 7, 2)), "overdue"),
        (measure("done", date(2026, 9, 1), date(2026, 7, 2)), "done_after"),
        (measure(due=date(2026, 9, 1), reported="2026-05"), "reported"),
        (measure(due=date(2026, 9, 1), reported="2026-01"), "no_report"),
        (measure(due=date(2026, 9, 1)), "no_report"),
    ],
)
def test_a_measure_is_judged_by_deadline_and_reports(row, code):
    found = judge_measure(row, JUNE, 95)
    assert found.code == code and sentence_of(code, found.facts)


def test_every_branch_has_its_sentence_and_a_gone_one_says_so():
    known = dict.fromkeys(NAMES, "x")
    assert all("x" in sentence_of(code, known) or code == "no_deadline" for code in SENTENCES)
    assert "规则已变" in sentence_of("gone", {})


def test_a_kept_reason_is_said_in_the_readers_language():
    with override("en"):
        said = sentence_of("no_course", {"why": "目标没有写明年份或基期，画不出进度"})
        assert sentence_of("no_figure", {}) == "No figure in the period."
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in said)


def test_verdicts_compare_where_they_can():
    assert change_of("behind", "on_track") == "better" and change_of("met", "missed") == "worse"
    assert change_of("not_computable", "met") == "" and change_of("behind", "behind") == "same"
    assert change_of("not_computable", "not_computable") == "same"


def rule(scope: str) -> EvaluationRule:
    return EvaluationRule(
        key="r", owner={"body": "city", "name": "示例"}, kind="example", source="示例", title="评",
        title_en="E", scope=scope, order=1, month=3, day=25, tolerance=5, evidence_days=95,
        publishers=("leading_group",), least_cell=3,
    )  # fmt: skip


def test_due_days_follow_the_term():
    assert due_on(rule("yearly"), 2026, 2027)[-1] == ("2027", date(2028, 3, 25))
    assert due_on(rule("mid_term"), 2026, 2030) == [("2028", date(2028, 3, 25))]
    assert due_on(rule("mid_term"), 2026, 2026) == []
    assert due_on(rule("final"), 2026, 2030) == [("2030", date(2031, 3, 25))]
    assert last_year(["2027", "someday"], [date(2026, 12, 31)]) == 2027
    assert last_year([], []) is None


def test_only_years_and_halves_are_evaluated():
    assert read_period(" 2026H1 ").key == "2026H1" and read_period("2026").key == "2026"
    for typed in ("2026-05", "2026Q1", "", "全年", "2026H3"):
        assert read_period(typed) is None


@pytest.mark.parametrize(
    ("actual", "unit", "purpose", "wanted"),
    [
        ("2", "家", "dispatch", "few"),
        ("0", "家", "dispatch", ""),
        ("3", "家", "dispatch", ""),
        ("1,002", "家", "dispatch", ""),
        ("2.00", "亿元", "dispatch", ""),
        ("2", "家", "statistics", "statistics"),
        ("500", "亿元", "enterprise", "enterprise"),
    ],
)
def test_what_is_kept_back_from_the_public(actual, unit, purpose, wanted):
    facts = {"actual": actual, "unit": unit, "goal": "≥3家", "period": "2026-06"}
    assert kept_back(facts, purpose, 3) == wanted
    entry = target_entry("示例", facts, "met", purpose, 3)
    assert entry["hidden"] == wanted and bool(entry["actual"]) == (wanted == "")
