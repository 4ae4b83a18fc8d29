"""What is lit, by unit: every kind, scope, past moments, and a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import plans
from factories.ledger import bulk_items
from factories.projects import details
from luodi.analysis.queries.releases import last_position
from luodi.common.moments import Moment
from luodi.ledger.actions import (
    acknowledge,
    apply_for_close_out,
    give_feedback,
    open_item,
    verify_close_out,
)
from luodi.plans.actions import save_steps
from luodi.plans.actions.steps import StepEntry
from luodi.plans.models import Measure
from luodi.projects.actions import open_lead
from luodi.supervision.queries import by_unit, lit, lit_in

pytestmark = pytest.mark.django_db(databases="__all__")
LATE = timedelta(days=60)


@pytest.fixture
def item(city, at):
    return open_item(
        city=city.key, source="meeting", title="示例事项", lead=city.units["市工信局"],
        due_on=Moment(at).today + timedelta(days=10), by=city.people["office"], at=at,
    )  # fmt: skip


@pytest.fixture
def everything(city, at, item):
    """A plan with a step that is over, an item, a month of reports, and a lead."""
    plan = plans.adopted_plan(city, at)
    zone = plans.viewer(city, "zone_staff")
    first = Measure.objects.filter(plan=plan).order_by("order")[0]
    entry = StepEntry(measure=first.key, title="示例任务", due_on=date(2026, 3, 20), person="")
    save_steps(
        plan=plan, unit=city.units["开发区管委会"], year=2026, entries=[entry], viewer=zone,
        by=zone.person, at=at,
    )  # fmt: skip
    open_lead(city=city.key, details=details(city), by=city.people["office"], at=at)
    plans.opened(plans.MARCH)


def kinds(found) -> set[str]:
    return {one.kind for one in found}


def test_everything_that_is_over_its_time_is_lit_with_rule_and_reason(city, at, everything):
    found = lit_in(city.key, Moment(at + LATE))
    assert {"step", "item", "report", "lead"} <= kinds(found)
    assert all(one.light in ("red", "yellow") and one.why and one.rule for one in found)
    assert [one.light for one in found] == sorted(one.light for one in found)
    assert next(one.days for one in found if one.kind == "item") == 50


def test_a_month_owed_is_one_line_for_each_unit_that_owes_it(city, at, everything):
    owed = [one for one in lit_in(city.key, Moment(at + LATE)) if one.kind == "report"]
    assert len({(one.subject, one.units) for one in owed}) == len(owed) > 1
    assert all(len(one.units) == 1 for one in owed)


def test_nothing_is_lit_before_its_time_and_a_closed_item_no_more(city, at, item):
    office, clerk = city.people["office"], city.people["clerk"]
    assert "item" not in kinds(lit_in(city.key, Moment(at)))
    late = at + timedelta(days=20)
    assert "item" in kinds(lit_in(city.key, Moment(late)))
    acknowledge(item=item.key, by=clerk, at=late)
    proof = [("照片.txt", b"zhaopian")]
    give_feedback(item=item.key, text="已办", evidence=proof, by=clerk, at=late)
    apply_for_close_out(item=item.key, outcome="办结", by=clerk, at=late)
    before = Moment(late, position=last_position())
    verify_close_out(item=item.key, by=office, at=late + timedelta(hours=2))
    assert "item" not in kinds(lit_in(city.key, Moment(late + timedelta(days=1))))
    assert "item" in kinds(lit_in(city.key, before))


def test_a_measure_without_a_lead_says_that_all_its_units_stand_for_it(city, at):
    plans.adopted_plan(city, at)
    found = [
        one for one in lit_in(city.key, Moment(at + timedelta(days=150))) if one.kind == "measure"
    ]
    said = {one.subject: one.why.endswith("；未标明牵头，列出全部责任单位") for one in found}
    assert said == {one.subject: len(one.units) > 1 for one in found} and any(said.values())


def test_a_unit_sees_its_own_items_only(city, at, everything):
    moment = Moment(at + LATE)
    assert "item" in kinds(lit(plans.viewer(city, "clerk"), moment))
    assert "item" not in kinds(lit(plans.viewer(city, "other_clerk"), moment))
    assert lit(plans.viewer(city, "office"), moment) == lit_in(city.key, moment)


def test_units_stand_in_the_order_of_their_reds(city, at, everything):
    rows = by_unit(lit_in(city.key, Moment(at + LATE)), Moment(at + LATE))
    assert [row.reds for row in rows] == sorted((row.reds for row in rows), reverse=True)
    mine = next(row for row in rows if row.unit == city.units["市工信局"])
    assert mine.name == "市工信局" and mine.count("red", "item") == 1
    assert mine.reds + mine.yellows == len(mine.lit)


def test_the_page_says_why_and_asks_the_same_number_of_questions(city, at, everything, sign_in):
    office = sign_in("office")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = office.get("/supervision/")
        assert page.status_code == 200 and "为什么" in page.content.decode()
        return len(queries)

    asked()
    before = asked()
    bulk_items(city, 12, at)
    assert asked() == before
    assert office.get("/supervision/?export=xlsx")["Content-Type"].endswith("sheet")
