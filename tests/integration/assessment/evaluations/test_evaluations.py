"""Evaluation of a plan: judged by the machine, said by units and third parties, compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.evaluated import JULY, by_title, page_of, seen, text, viewer
from factories.evaluating import figures, measure_of, planned, target_card
from luodi.assessment import actions
from luodi.assessment.actions import evaluations as acting
from luodi.assessment.models import Evaluation, Judgment
from luodi.assessment.queries import (
    due_evaluations,
    evaluations,
    public_content,
)
from luodi.assessment.queries.judging import judged_at
from luodi.audit.models import Act
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.actions import set_trajectory
from luodi.indicators.models import Target
from luodi.kit.calendars import Period
from luodi.packs import resolve
from luodi.plans.actions import finish_measure

pytestmark = pytest.mark.django_db(databases="__all__")


def test_each_target_and_measure_is_judged_and_says_why(city, judged):
    rows = by_title(page_of(city, judged))
    found = {title: row.verdict for title, row in rows.items()}
    assert found == {
        "示例产值": "behind",
        "示例入园企业": "behind",
        "示例占比": "not_computable",
        "示例能耗": "on_track",
        "1.建设中试基地": "behind",
        "2.推进标准厂房": "not_computable",
        "3.完善统计台账": "missed",
    }
    assert rows["示例产值"].facts["actual"] == "54.00"
    assert rows["示例产值"].facts["expected"] == "60.00"
    assert "超过应达数的 5%" in rows["示例产值"].why
    assert "没有数" in rows["示例占比"].why or "还没有数" in rows["示例占比"].why
    assert rows["2.推进标准厂房"].why == "没有设定时限，无法评判。"
    assert "2026-06-30" in rows["3.完善统计台账"].why
    assert rows["示例产值"].sentence.startswith("b" * 64)


def test_what_was_judged_stays_and_equals_a_recomputation_at_its_position(city, plan, judged):
    figures(city, JULY + timedelta(days=1), "示例产值", {"2026-06": "90"})
    page = page_of(city, judged)
    assert by_title(page)["示例产值"].verdict == "behind"
    then = moment_at(page.state.position)
    again = judged_at(plan, Period.parse("2026H1").end, page.rule, then)
    kept = Judgment.objects.open().filter(evaluation=judged).order_by("order")
    assert [(j.subject, j.found.verdict, j.found.code, j.found.facts) for j in again] == [
        (k.subject, k.verdict, k.code, k.facts) for k in kept
    ]
    before = moment_at(Act.objects.get(verb="open_evaluation").position)
    assert page_of(city, judged, moment=before).live


def test_units_and_third_parties_speak_beside_it(city, half, office, plan):
    subject = f"measure:{measure_of(city, '市工信局').key}"
    mine = {"by": city.people["clerk"], "at": JULY}
    unit = city.units["市工信局"]
    said = {"evaluation": half, "subject": subject, "unit": unit, "verdict": "met"}
    actions.say_self_evaluation(words="已建成", **said, **mine)
    actions.say_self_evaluation(words="已建成投用", **said, **mine)
    actions.record_opinion(
        evaluation=half, subject=subject, institution="示例研究院", verdict="behind",
        words="尚未投用", name="意见.txt", data=b"ok", **office,
    )  # fmt: skip
    row = next(row for row in page_of(city, half).rows if row.subject == subject)
    [one] = row.selves
    assert (one.verdict, one.words, one.differs) == ("met", "已建成投用", True)
    assert row.opinions[0].who == "示例研究院" and not row.opinions[0].differs
    assert row.verdict == "behind", "nobody's word moves the computed verdict"
    actions.judge_evaluation(evaluation=half, seen=seen(half), **office)
    with pytest.raises(Closed, match="自评已经截止"):
        actions.say_self_evaluation(words="再补", **said, **mine)
    with pytest.raises(Incomplete, match="理由"):
        actions.move_evaluation(evaluation=half, move="reopen", seen=seen(half), **office)
    actions.move_evaluation(evaluation=half, move="reopen", why="漏报", seen=seen(half), **office)
    actions.say_self_evaluation(words="再补", **said, **mine)
    actions.judge_evaluation(evaluation=half, seen=seen(half), **office)
    assert verify().breaks == ()


def test_only_whoever_may_does_it(city, plan, half, office):
    subject = f"measure:{measure_of(city, '市工信局').key}"
    said = {"evaluation": half, "subject": subject, "verdict": "met", "words": "好", "at": JULY}
    for who, unit in (("other_clerk", "市统计局"), ("zone_staff", "市工信局")):
        with pytest.raises(NotAllowed, match="负责这一项"):
            actions.say_self_evaluation(unit=city.units[unit], by=city.people[who], **said)
    clerk = {"by": city.people["clerk"], "at": JULY}
    with pytest.raises(NotAllowed):
        actions.open_evaluation(plan=plan.key, kind="final", period="2026", **clerk)
    with pytest.raises(NotAllowed):
        actions.judge_evaluation(evaluation=half, seen=seen(half), **clerk)
    with pytest.raises(NotAllowed, match="专班办公室"):
        actions.record_opinion(
            evaluation=half, subject="", institution="院", verdict="", words="好", name="a.txt",
            data=b"ok", **clerk,
        )  # fmt: skip
    actions.judge_evaluation(evaluation=half, seen=seen(half), **office)
    with pytest.raises(NotAllowed, match="调整建议由"):
        actions.propose_adjustment(
            evaluation=half, subject=subject, proposal="延期", reason="设备", **clerk
        )


def test_before_the_conclusion_a_unit_sees_its_own_rows_only(city, judged, office):
    assert {row.title for row in page_of(city, judged, "clerk").rows} == {
        "1.建设中试基地",
        "2.推进标准厂房",
    }
    assert page_of(city, judged, "other_clerk").rows == ()
    assert evaluations(viewer(city, "clerk"), Moment(JULY))[0].counts == ()
    actions.conclude_evaluation(
        evaluation=judged, conclusion="可行", public_words="", seen=seen(judged), **office
    )
    assert len(page_of(city, judged, "clerk").rows) == 7


def test_a_measure_done_or_reported_counts(city, plan, office):
    first = measure_of(city, "市工信局")
    finish_measure(
        measure=first, done_on=date(2026, 5, 1), why="验收", viewer=viewer(city, "office"),
        **office,
    )  # fmt: skip
    key = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office).key
    row = by_title(page_of(city, key))["1.建设中试基地"]
    assert row.verdict == "met" and "2026-05-01" in row.why


def test_a_target_at_its_end_is_met_or_missed(city, plan, office):
    year_end = datetime(2027, 1, 20, 1, 0, tzinfo=UTC)
    months = [f"2026-{n:02}" for n in range(7, 13)]
    figures(city, year_end, "示例产值", dict.fromkeys(months, "11"))
    figures(city, year_end, "示例能耗", dict.fromkeys(months[:-1], "9"))
    office = office | {"at": year_end}
    key = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026", **office).key
    rows = by_title(page_of(city, key, moment=Moment(year_end)))
    assert rows["示例产值"].verdict == "met"
    assert rows["示例能耗"].verdict == "not_computable" and "2026-12" in rows["示例能耗"].why


def test_a_target_without_a_base_says_so(city, at, office):
    plan = planned(city, at, [target_card(11, "示例占比", "30", "%")])
    figures(city, JULY, "示例占比", {"2026-06": "20"})
    target = Target.objects.get(document=plan.document)
    set_trajectory(
        target=target.key, unit="", baseline="", baseline_period="", pace="given", why="按分解",
        by=office["by"], at=JULY,
    )  # fmt: skip
    key = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office).key
    row = by_title(page_of(city, key))["示例占比"]
    assert row.verdict == "not_computable" and "还没有分解计划" in row.why


def test_a_plan_without_targets_is_judged_by_its_measures_and_says_so(city, at, office, sign_in):
    plan = planned(city, at)
    key = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office).key
    assert not page_of(city, key).has_targets
    assert "没有采纳任何目标" in text(sign_in("office").get(f"/assessment/evaluations/{key}/"))


def test_what_can_not_be_is_refused(city, plan, half, office):
    given = {"plan": plan.key, "kind": "yearly", "period": "2026H1", **office}
    for more, refusal, words in (
        ({}, Conflict, "已经有了"),
        ({"period": "2026-05"}, Incomplete, "不是评估期"),
        ({"period": "x\x00"}, Incomplete, "不是评估期"),
        ({"period": "2027"}, Incomplete, "还没有开始"),
        ({"kind": "other"}, NotFound, "规则包"),
        ({"plan": "0" * 16}, NotFound, "没有这"),
    ):
        with pytest.raises(refusal, match=words):
            actions.open_evaluation(**(given | more))
    subject = f"measure:{measure_of(city, '市工信局').key}"
    mine = {"unit": city.units["市工信局"], "by": city.people["clerk"], "at": JULY}
    for more, words in (({"verdict": "fine"}, "判断"), ({"words": " "}, "情况和依据")):
        said = {"subject": subject, "verdict": "met", "words": "好"} | more
        with pytest.raises(Incomplete, match=words):
            actions.say_self_evaluation(evaluation=half, **said, **mine)
    with pytest.raises(NotFound, match="没有这一项"):
        actions.say_self_evaluation(
            evaluation=half, subject="measure:none", verdict="met", words="好", **mine
        )
    with pytest.raises(Conflict, match="刚刚有了变化"):
        actions.judge_evaluation(evaluation=half, seen=1, **office)
    with pytest.raises(Conflict):
        actions.conclude_evaluation(
            evaluation=half, conclusion="好", public_words="", seen=seen(half), **office
        )
    opinion = {"subject": "", "institution": "院", "verdict": "", "words": "好", "data": b"ok"}
    for more, words in (({"institution": " "}, "机构"), ({"name": ""}, "书面意见")):
        with pytest.raises(Incomplete, match=words):
            actions.record_opinion(
                evaluation=half, **({"name": "a.txt"} | opinion | more), **office
            )
    actions.judge_evaluation(evaluation=half, seen=seen(half), **office)
    with pytest.raises(Incomplete, match="评估结论"):
        actions.conclude_evaluation(
            evaluation=half, conclusion=" ", public_words="", seen=seen(half), **office
        )
    with pytest.raises(Closed, match="作出结论之后"):
        actions.open_evaluation_report(evaluation=half, viewer=viewer(city, "office"), **office)


def test_two_at_once_open_one(city, plan, office, monkeypatch):
    said = {"plan": plan.key, "kind": "yearly", "period": "2026H1", **office}

    def with_another_before(*args, **kwargs):
        monkeypatch.undo()
        actions.open_evaluation(**said)
        return acting.perform(*args, **kwargs)

    monkeypatch.setattr(acting, "perform", with_another_before)
    with pytest.raises(Conflict, match="别人刚刚"):
        actions.open_evaluation(**said)
    assert Evaluation.objects.count() == 1


def test_the_next_one_is_compared_with_the_one_before(city, plan, concluded, office):
    figures(city, JULY, "示例产值", {"2026-06": "20"})
    later = office | {"at": JULY + timedelta(days=30)}
    key = actions.open_evaluation(plan=plan.key, kind="mid_term", period="2026H1", **later).key
    page = page_of(city, key, moment=Moment(later["at"]))
    row = by_title(page)["示例产值"]
    assert (row.before, row.verdict, row.change) == ("behind", "on_track", "better")
    assert page.previous.key == concluded
    assert by_title(page)["示例占比"].change == "same"


def test_what_the_rules_ask_for_is_listed(city, plan, half):
    found = due_evaluations(viewer(city, "office"), Moment(datetime(2027, 6, 1, tzinfo=UTC)))
    said = [(one.kind, one.period, one.due_on, one.late) for one in found]
    assert ("yearly", "2026", date(2027, 3, 25), True) in said
    assert ("final", "2027", date(2028, 6, 25), False) in said
    assert next(one for one in found if one.kind == "mid_term").period == "2026"


def test_pages_take_a_fixed_number_of_queries(city, at, office):
    counts = []
    for total in (2, 12):
        cards = [target_card(n, f"示例指标{total}-{n}", "10", "亿元") for n in range(1, total + 1)]
        plan = planned(city, at, cards, key=f"plan{total}")
        key = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office).key
        with CaptureQueriesContext(connection) as live:
            assert len(page_of(city, key).rows) == total + 3
        actions.judge_evaluation(evaluation=key, seen=seen(key), **office)
        with CaptureQueriesContext(connection) as kept:
            page = page_of(city, key)
            public_content(page)
        with CaptureQueriesContext(connection) as listing:
            evaluations(viewer(city, "office"), Moment(JULY))
        counts.append((len(live), len(kept), len(listing)))
    assert counts[0] == counts[1]


def test_another_city_sees_nothing(city, at, half):
    from factories.city import make_city

    other = make_city(at=at, pack=resolve("linfen").content(), key="other")
    assert evaluations(viewer(other, "office"), Moment(JULY)) == []
    with pytest.raises(NotFound):
        page_of(other, half)
