"""From the document in the reading room to a figure known to the office."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories import plans as p
from factories.reading import adopted
from luodi.audit.actions import perform
from luodi.common.refusals import Incomplete
from luodi.indicators.actions import define_indicator
from luodi.indicators.models import Asked, Value
from luodi.plans import queries
from luodi.plans.models import Measure, Plan, Report


@pytest.fixture
def plan(city, at):
    document = adopted(city, at)
    p.opened()
    return Plan.objects.get(document=document.key)


def test_the_adopted_plan_shows_headings_with_their_titles(city, plan):
    rows = queries.measures_of(plan, p.viewer(city, "office"), p.now())
    assert rows and all(len(part) > 3 for row in rows for part in row.path)
    assert all(row.sentence_parts for row in rows)


def test_the_subjects_of_the_adoption_are_found_by_search(city, plan, sign_in):
    title = Measure.objects.filter(plan=plan).first().title
    page = sign_in("clerk").get(reverse("search"), {"q": title[:6]}).content.decode()
    assert title[:6] in page


def test_a_figure_asked_with_a_measure_becomes_a_value_at_the_office(city, plan):
    asked = Asked.objects.open().filter(unit=city.units["市工信局"]).first()
    if asked is None:
        report = Report.objects.filter(unit=city.units["市工信局"]).latest("round__period")
        with perform("define", by="x", at=p.MARCH, scope={"city": city.key}) as deed:
            made = define_indicator(
                deed=deed, city=city.key, name="示例产值", measured_in="亿元", scale=2
            )
            deed.write(
                Asked(
                    indicator_id=made.indicator_id,
                    subject=f"measure:{report.measure_id}",
                    unit=report.unit,
                    city=city.key,
                )
            )
        asked = Asked.objects.open().get(indicator=made.indicator_id)
    measure = asked.subject.partition(":")[2]
    report = Report.objects.filter(measure=measure, unit=asked.unit).latest("round__period")
    key = asked.indicator_id
    with pytest.raises(Incomplete):
        p.submitted(city, "clerk", report, figures={key: "很多"})
    p.submitted(city, "clerk", report, figures={key: "12.5"})
    assert not Value.objects.filter(indicator=key).exists()
    p.passed(city, "section_head", report)
    p.passed(city, "leader_in_charge", report)
    value = Value.objects.get(indicator=key)
    assert (value.origin, value.period) == (f"report:{report.key}", report.round.period)
