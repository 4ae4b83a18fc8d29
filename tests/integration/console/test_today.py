"""The first page: what is mine, in order of consequence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories import letters, plans
from factories.papers import staff_office
from luodi.audit.queries import moment_on, verify
from luodi.common.moments import Moment
from luodi.console.queries import act_rows, duties_of
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.ledger.rules import end_of_day
from luodi.orgs.queries import viewer_of
from luodi.plans.actions import save_steps, set_step_deadlines
from luodi.plans.actions.steps import StepEntry
from luodi.plans.models import Measure
from luodi.plans.queries import steps_of


@pytest.fixture
def items(city, at):
    """Three items of the clerk's unit: overdue, far off, undated."""
    today = Moment(at).today
    dues = {"远": today + timedelta(days=60), "无": None, "超": today + timedelta(days=1)}
    for title, due in dues.items():
        open_item(
            city=city.key,
            source=Source.VISIT,
            title=title,
            lead=city.units["市工信局"],
            due_on=due,
            by=city.people["office"],
            at=at,
        )


def test_the_overdue_stands_first_and_the_undated_last(city, items, at):
    later = Moment(at + timedelta(days=5))
    duties = duties_of(viewer_of(city.accounts["clerk"]), later)
    assert [duty.light for duty in duties] == ["red", "green", "none"]
    assert [duty.what[-1] for duty in duties] == ["超", "远", "无"]


def test_what_is_due_by_the_end_of_a_day_is_not_over_as_of_that_day(city, items, at):
    due = Moment(at).today + timedelta(days=1)
    clerk = viewer_of(city.accounts["clerk"])
    assert duties_of(clerk, moment_on(due))[0].light == "yellow"
    assert duties_of(clerk, moment_on(due + timedelta(days=1)))[0].light == "red"


def test_the_record_calls_acts_and_the_system_by_their_words(city, items, at):
    rows = act_rows(viewer_of(city.accounts["auditor"]), Moment(at))
    assert "立项督办" in {row.verb for row in rows}
    assert not [row for row in rows if row.verb.isascii() or row.by.startswith("system:")]


def test_somebody_else_has_none_of_it(city, items, at):
    assert duties_of(viewer_of(city.accounts["other_clerk"]), Moment(at)) == []


def test_a_step_of_the_annual_plan_shows_its_deadline_and_one_sentence(city, at):
    plan = plans.adopted_plan(city, at)
    zone, unit = plans.viewer(city, "zone_staff"), city.units["开发区管委会"]
    measure = Measure.objects.get(label="2.").key
    who = {"plan": plan, "unit": unit, "year": 2026, "viewer": zone, "by": zone.person}
    save_steps(entries=[StepEntry(measure, "选址")], at=plans.MARCH, **who)
    steps = [row.key for row in steps_of(plan, zone, plans.now(), year=2026)]
    set_step_deadlines(steps=steps, due_on=date(2026, 3, 20), at=plans.MARCH, **who)
    [duty] = [one for one in duties_of(zone, plans.now()) if one.what.endswith("选址")]
    assert duty.due_at == end_of_day(date(2026, 3, 20))
    assert duty.why.startswith("应于 2026-03-20") and "规则" not in duty.why


def test_an_empty_desk_says_what_will_come(sign_in):
    page = sign_in("other_clerk").get("/").content.decode()
    assert "现在没有等您办理的事" in page


def test_the_number_of_queries_does_not_grow_with_the_items(
    city, sign_in, at, django_assert_max_num_queries
):
    def add(count: int) -> None:
        for number in range(count):
            open_item(
                city=city.key,
                source=Source.VISIT,
                title=f"事项 {number}",
                lead=city.units["市工信局"],
                by=city.people["office"],
                at=at,
            )

    client = sign_in("clerk")
    add(1)
    client.get("/")
    with django_assert_max_num_queries(200) as few:
        client.get("/")
    add(40)
    with django_assert_max_num_queries(len(few)):
        client.get("/")


def test_the_leader_without_a_plan_is_told_where_plans_come_from(sign_in):
    page = sign_in("leading_group").get("/leader/").content.decode()
    assert "还没有入库的规划" in page


def test_the_auditor_reads_and_verifies_the_record(sign_in, city):
    page = sign_in("auditor").get("/records/?verify=1").content.decode()
    assert "链条完整" in page
    assert "建立本市" in page
    assert verify().breaks == ()
    sheet = sign_in("auditor").get("/records/?export=xlsx")
    assert sheet.content[:2] == b"PK"


@pytest.mark.parametrize("day", ["2026-03-01", "1999-01-01"])
def test_a_past_date_is_shown_and_left_again(sign_in, day):
    client = sign_in("office")
    client.post("/as-of/", {"day": day, "next": "/ledger/"})
    assert day in client.get("/ledger/").content.decode()
    assert client.post("/people/", {}).status_code == 409
    client.post("/as-of/", {"day": ""})
    assert "past-band" not in client.get("/ledger/").content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "", "2026-13-45", "０"])
def test_a_date_that_is_none_changes_nothing(sign_in, day):
    client = sign_in("office")
    client.post("/as-of/", {"day": day})
    answer = client.get("/")
    assert answer.status_code == 200
    assert "past-band" not in answer.content.decode()


def test_going_back_never_leaves_the_site(sign_in):
    answer = sign_in("office").post("/as-of/", {"day": "", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_a_letter_waits_for_the_unit_it_is_addressed_to(city, at):
    staff_office(city, at)
    letter = letters.issued(city, at, letters.red_item(city, at))
    later = Moment(at + timedelta(days=1))

    def waiting(who: str) -> list[str]:
        found = duties_of(viewer_of(city.accounts[who]), later)
        return [duty.what for duty in found if letter in duty.address]

    assert waiting("zone_staff") == ["签收函件"]
    assert waiting("clerk") == []
