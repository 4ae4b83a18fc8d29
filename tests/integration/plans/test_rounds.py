"""Adoption, months that open by themselves, lights at any moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import plans as p
from luodi.audit.queries import moment_at
from luodi.common.refusals import Conflict, Incomplete
from luodi.jobs.models import InboxMessage
from luodi.jobs.signals import ticked
from luodi.plans import actions, queries
from luodi.plans.actions.drafts import Words
from luodi.plans.actions.steps import StepEntry
from luodi.plans.models import Assignment, Measure, Report, Round, RoundState


@pytest.fixture
def plan(city, at):
    return p.adopted_plan(city, at)


def rows(city, plan, who="office", at=p.MARCH):
    return {row.label: row for row in queries.measures_of(plan, p.viewer(city, who), p.now(at))}


def test_adoption_expands_collective_bodies_and_names_no_unit_twice(city, plan):
    third = rows(city, plan)["3."]
    assert {unit.name: unit.written for unit in third.units} == {
        "甲县": "甲县",
        "乙县": "各县（市、区）人民政府",
    }


def test_a_name_no_unit_bears_is_kept_and_shown(city, plan):
    second = rows(city, plan)["2."]
    assert [row["name"] for row in second.unresolved] == ["市数据局"]
    office = p.viewer(city, "office")
    actions.assign_unit(
        measure=Measure.objects.get(key=second.key), unit=city.units["市政府办"],
        written="市数据局", role="responsible", viewer=office, by=office.person, at=p.MARCH,
    )  # fmt: skip
    assert rows(city, plan)["2."].unresolved == ()


def test_nobody_leads_but_who_the_text_or_a_person_names(city, plan):
    assert [row.lead and row.lead.name for row in rows(city, plan).values()] == [
        None, "开发区管委会", None,
    ]  # fmt: skip
    office = p.viewer(city, "office")
    first = Measure.objects.get(label="1.")
    actions.confirm_lead(
        measure=first, unit=city.units["市工信局"], viewer=office, by=office.person, at=p.MARCH
    )
    assert Assignment.objects.open().get(measure=first).confirmed_by == office.person


def test_months_open_by_themselves_once_and_missed_ones_too(city, plan):
    ticked.send(sender=None, at=datetime(2026, 3, 24, 1, tzinfo=UTC))
    before = list(Round.objects.values_list("period", flat=True))
    assert "2026-03" not in before
    for _again in range(2):
        ticked.send(sender=None, at=datetime(2026, 5, 26, 1, tzinfo=UTC))
    found = Round.objects.order_by("period").values_list("period", flat=True)
    assert list(found)[len(before) :] == ["2026-03", "2026-04", "2026-05"]
    assert Report.objects.filter(round__period="2026-05").count() == 5


def test_a_second_worker_opens_nothing(city, plan):
    p.opened()
    count = Round.objects.count()
    assert actions.open_due_rounds(by=p.CLOCK, at=p.MARCH) == 0
    assert Round.objects.count() == count


def test_a_round_keeps_the_rule_it_was_opened_by(city, plan):
    p.opened()
    rule = Round.objects.get(period="2026-03").rule
    assert rule["rule"]["key"] == "task-force-report" and len(rule["digest"]) == 64


def test_a_month_closes_as_the_next_one_falls_due(city, plan):
    p.opened()
    march = RoundState.objects.open().get(round__period="2026-03")
    assert march.due_at < march.closes_at
    assert actions.close_passed_rounds(by=p.CLOCK, at=march.closes_at) >= 1
    assert actions.close_passed_rounds(by=p.CLOCK, at=march.closes_at) == 0


def test_what_has_no_deadline_is_never_green(city, plan):
    for offset in (0, 30, 400):
        shown = rows(city, plan, at=p.MARCH + timedelta(days=offset))["2."]
        assert shown.verdict.light in {"none", "yellow", "red"} and shown.due_on is None
    assert rows(city, plan)["1."].verdict.light == "green"


def test_many_deadlines_at_once_as_a_date_or_in_words(city, plan):
    office = p.viewer(city, "office")
    keys = [row.key for row in rows(city, plan).values()]
    who = {"viewer": office, "by": office.person, "at": p.MARCH}
    actions.set_deadlines(plan=plan, measures=keys, written="6月底前", due_on=None, **who)
    assert {row.due_on for row in rows(city, plan).values()} == {date(2026, 6, 30)}
    actions.set_deadlines(plan=plan, measures=keys[:1], written="持续推进", due_on=None, **who)
    assert rows(city, plan)["1."].verdict.light == "none"
    with pytest.raises(Incomplete):
        actions.set_deadlines(plan=plan, measures=[], written="6月底前", due_on=None, **who)


def test_the_lights_of_a_past_moment_are_what_they_were(city, plan):
    office = p.viewer(city, "office")
    known = []
    for day, due in enumerate([date(2026, 3, 1), date(2026, 4, 5), date(2026, 12, 31)]):
        at = p.MARCH + timedelta(days=day)
        with_date = rows(city, plan)["2."].key
        actions.set_deadlines(
            plan=plan, measures=[with_date], written="", due_on=due,
            viewer=office, by=office.person, at=at,
        )  # fmt: skip
        last = plan._meta.model.objects.latest("act").act_id
        position = type(plan.act).objects.latest("position").position
        assert position > last
        moment = moment_at(position)
        known.append((moment, _lights(plan, office, moment)))
    assert [lights["2."] for _m, lights in known] == ["red", "yellow", "green"]
    for moment, lights in known:
        assert _lights(plan, office, moment) == lights


def _lights(plan, viewer, moment):
    return {row.label: row.verdict.light for row in queries.measures_of(plan, viewer, moment)}


def test_rows_take_the_same_number_of_queries(city, at):
    data = p.MEASURES[0]
    one = p.adopted_plan(city, at, [data], "one")
    many = p.adopted_plan(city, at, [data | {"label": f"{n}."} for n in range(200)], "many")
    p.opened()
    office = p.viewer(city, "office")
    assert _queries(one, office) == _queries(many, office)


def _queries(plan, viewer):
    month = queries.rounds_of(plan, viewer, p.now())[0]
    with CaptureQueriesContext(connection) as seen:
        queries.measures_of(plan, viewer, p.now())
        queries.round_overview(month, viewer, p.now())
        queries.steps_of(plan, viewer, p.now())
    return len(seen)


def test_a_unit_is_reminded_once_a_day_and_calls_are_noted(city, plan):
    p.opened()
    office = p.viewer(city, "office")
    month = Round.objects.get(period="2026-03").key
    who = {"viewer": office, "by": office.person}
    units = [city.units["市工信局"], city.units["甲县"]]
    first = actions.remind_units(round=month, units=units, at=p.MARCH, **who)
    assert first.units == (units[0],) and first.nobody == (units[1],)
    again = actions.remind_units(round=month, units=units, at=p.MARCH, **who)
    assert again.units == () and again.already == (units[0],)
    later = actions.remind_units(round=month, units=units, at=p.MARCH + timedelta(days=1), **who)
    assert later.units == (units[0],)
    assert InboxMessage.objects.filter(kind="report_reminder").count() == 2
    actions.note_call(round=month, unit=units[1], text="答应今天报", at=p.MARCH, **who)
    overview = queries.round_overview(queries.round_for(office, month, p.now()), office, p.now())
    line = next(line for line in overview.units if line.unit == units[1])
    assert [call.text for call in line.calls] == ["答应今天报"]
    assert {line.unit for line in overview.missing_units} >= set(units)


def test_late_units_are_listed_after_the_due_instant(city, plan):
    p.opened()
    office = p.viewer(city, "office")
    month = queries.round_for(office, Round.objects.get(period="2026-03").key, p.now())
    after = p.now(month.due_at + timedelta(minutes=1))
    assert queries.round_overview(month, office, p.now()).late_units == ()
    assert len(queries.round_overview(month, office, after).late_units) == 4


def test_two_people_typing_in_one_draft_lose_nothing(city, plan):
    p.opened()
    report, clerk = p.report_of(city, "1.", "市工信局"), p.viewer(city, "clerk")
    head = p.viewer(city, "section_head")
    who = {"report": report.key, "at": p.MARCH}
    actions.save_draft(words=Words("甲"), version=0, viewer=clerk, by=clerk.person, **who)
    with pytest.raises(Conflict, match="示例-02"):
        actions.save_draft(words=Words("乙"), version=0, viewer=head, by=head.person, **who)
    saved = actions.save_draft(words=Words("乙"), version=1, viewer=head, by=head.person, **who)
    assert (saved.version, saved.text) == (2, "乙")


def test_the_annual_plan_is_written_dated_done_and_withdrawn(city, plan):
    zone, unit = p.viewer(city, "zone_staff"), city.units["开发区管委会"]
    measure = rows(city, plan)["2."].key
    who = {"plan": plan, "unit": unit, "year": 2026, "viewer": zone, "by": zone.person}
    entries = [StepEntry(measure, f"行动{n}", person=city.people["zone_head"]) for n in range(3)]
    assert actions.save_steps(entries=entries, at=p.MARCH, **who) == 3
    with pytest.raises(Incomplete, match="本单位人员"):
        actions.save_steps(
            entries=[StepEntry(measure, "x", person=city.people["clerk"])], at=p.MARCH, **who
        )
    steps = queries.steps_of(plan, zone, p.now(), year=2026)
    assert {step.verdict.light for step in steps} == {"none"}
    keys = [step.key for step in steps]
    actions.set_step_deadlines(steps=keys, due_on=date(2026, 3, 20), at=p.MARCH, **who)
    assert {s.verdict.light for s in queries.steps_of(plan, zone, p.now())} == {"red"}
    stale = StepEntry(measure, "改", key=keys[0], version=steps[0].version)
    with pytest.raises(Conflict):
        actions.save_steps(entries=[stale], at=p.MARCH, **who)
    actions.finish_steps(steps=keys[:1], done_on=date(2026, 3, 21), at=p.MARCH, **who)
    with pytest.raises(Incomplete):
        actions.withdraw_steps(steps=keys[1:2], why="", at=p.MARCH, **who)
    actions.withdraw_steps(steps=keys[1:2], why="并入其他行动", at=p.MARCH, **who)
    left = queries.steps_of(plan, zone, p.now())
    assert sorted(step.verdict.light for step in left) == ["done", "red"]


def test_counts_by_unit_and_section(city, plan):
    office = p.viewer(city, "office")
    units = {t.name: t for t in queries.by_unit(plan, office, p.now())}
    assert units["市工信局"].total == 2 and units["市工信局"].undated == 1
    assert [t.total for t in queries.by_section(plan, office, p.now())] == [2, 1]
