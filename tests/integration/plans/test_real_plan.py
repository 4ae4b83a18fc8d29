"""The real work plan, from its file to the first month, in the real city's pack."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luodi.audit.queries import verify
from luodi.cli.demo.people import found
from luodi.common.moments import Moment
from luodi.indicators.models import Target
from luodi.orgs.models import UnitState
from luodi.orgs.queries import members_of, viewer_of_person
from luodi.plans import actions, queries
from luodi.plans.models import Plan, Report
from luodi.reading.actions import accept_certain, adopt_document, decide_card, import_document
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard

pytestmark = [pytest.mark.seeds, pytest.mark.django_db(databases="__all__")]


@pytest.fixture
def cast(at):
    return found(at)


@pytest.fixture
def plan(cast, seeds, at):
    office = cast.people["office"]
    document = import_document(
        name="work-plan-2025.txt",
        data=(seeds / "work-plan-2025.txt").read_bytes(),
        city=cast.city,
        progress=lambda done, total, message: None,
        by=office,
        at=at,
    )
    accept_certain(document=document.key, by=office, at=at)
    for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
        decide_card(
            document=document.key,
            card=card.pk,
            version=card.version,
            verdict=Verdict.ACCEPTED,
            by=office,
            at=at,
        )
    adopt_document(document=document.key, by=office, at=at)
    return Plan.objects.get(document=document.key)


def test_measures_units_task_force_and_goals_are_there(cast, plan, at):
    viewer = viewer_of_person(cast.people["leader"])
    rows = queries.measures_of(plan, viewer, Moment(at))
    assert len(rows) == 17
    assert sum(len(row.units) for row in rows) == 83
    assert [row.unresolved for row in rows if row.unresolved] == []
    assert {row.lead for row in rows} == {None}
    assert {row.verdict.light for row in rows} == {"none"}
    assert plan.organ
    seats = members_of(plan.organ, Moment(at))
    assert len(seats) == 25
    assert seats[0].seat == "组长"
    assert UnitState.objects.open().get(of=plan.organ).term_to == "2027-12"
    assert sorted(t.states.get().amount for t in Target.objects.all())[-2:] == [500, 1000]
    assert verify().breaks == ()


def test_the_first_month_asks_every_unit_for_its_measures(plan, at):
    actions.open_due_rounds(by="system:clock", at=at + timedelta(days=30))
    newest = Report.objects.order_by("-round__period").first().round
    assert Report.objects.filter(round=newest).count() == 83
