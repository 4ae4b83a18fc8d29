"""What batches count goes down into the dictionary; the formula engine agrees with the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.indicators.actions import adopt_pack_indicators
from luodi.indicators.models import Indicator, Value
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import add_to_batch, make_batch, move_project, publish_rates
from luodi.projects.queries import cohort
from luodi.projects.rules import distinct

pytestmark = pytest.mark.django_db(databases="__all__")

PAPER = [("材料.txt", "示例".encode())]
STATED = {
    "start": "batch-start-rate",
    "in-statistics": "batch-entry-rate",
    "production": "batch-production-rate",
}


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}


@pytest.fixture
def filled(city, opened, office):
    """Seven projects signed, six announced as started: three started, two of them in statistics."""
    keys = [opened(name=f"示例项目{n}", investor=f"投资方{n}").key for n in range(7)]
    batch = make_batch(city=city.key, title="示例批次", held_on=date(2026, 2, 1), **office).key
    add_to_batch(batch=batch, part="signed", projects=keys, **office)
    add_to_batch(batch=batch, part="started", projects=keys[:6], **office)
    for key, to in zip(keys, ("in_production", "in_official_statistics", "started"), strict=False):
        path = ["talks", "review", "signed", "permits", "started", "in_official_statistics"]
        path.append("in_production")
        for stage in path[: path.index(to) + 1]:
            given = {"happened_on": date(2026, 2, 10), "evidence": PAPER}
            move_project(project=key, to=stage, **given, **office)
    return keys


@pytest.fixture
def dictionary(city, at):
    statistician = {"by": city.people["statistician"], "at": at}
    return adopt_pack_indicators(city=city.key, **statistician)


def publish(city, at, period="2026-02", who="office"):
    return publish_rates(city=city.key, period=period, by=city.people[who], at=at)


def test_the_engine_gives_the_rates_of_the_page(city, at, filled, dictionary):
    done = publish(city, at)
    assert done.written > 0
    viewer = viewer_of_person(city.people["office"])
    found = cohort(viewer, Moment(at), date(2026, 2, 28))
    page = {one.rule.key: one.percent for one in found.rates(distinct(found.all))}
    assert page["start"] == Decimal("42.86") and page["in-statistics"] == Decimal("33.33")
    for rate, code in STATED.items():
        key = Indicator.objects.get(city=city.key, code=code).key
        question = read_question(
            {"indicator": [key], "unit": ["zones"], "show": ["value"],
             "from": ["2026-02"], "to": ["2026-02"]},
            WORDS, at.date(),
        )  # fmt: skip
        rows = pivot(reader_for(viewer, at.date()), question, Moment(at)).rows
        shown = {row.labels[1]: row.cells[0].answer.text for row in rows}
        assert Decimal(shown["开发区管委会"]) == page[rate], code


def test_publishing_twice_writes_what_changed(city, at, filled, dictionary, office):
    first = publish(city, at)
    assert publish(city, at).written == 0
    given = {"happened_on": date(2026, 2, 20), "evidence": PAPER}
    for stage in ("talks", "review", "signed", "permits", "started"):
        move_project(project=filled[3], to=stage, **given, **office)
    again = publish(city, at)
    assert 0 < again.written < first.written
    origin = Value.objects.open().first().origin
    assert origin == "batches:2026-02" and "day=2026-02-28" in find_subject(origin).address


def test_what_is_missing_is_said(city, at, filled, sign_in):
    with pytest.raises(Incomplete, match="指标库里没有这些比率"):
        publish(city, at)
    answer = sign_in("office").post("/projects/batches/publish/", {"period": "2026-02"})
    assert answer.status_code == 422 and "指标库里没有这些比率" in answer.content.decode()


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-03", "还没有过完"),
        ("2026", "请填写月份"),
        ("二月", "请填写月份"),
        ("2026-13", "月份"),
    ],
)
def test_odd_months_are_refused(city, at, filled, dictionary, period, said):
    with pytest.raises(Incomplete, match=said):
        publish(city, at, period)


def test_nothing_to_publish_and_nobody_else_publishes(city, at, dictionary):
    with pytest.raises(Incomplete, match="没有批次"):
        publish(city, at)
    for who in ("clerk", "statistician", "auditor"):
        with pytest.raises(NotAllowed):
            publish(city, at, who=who)


def test_the_page_publishes(city, at, filled, dictionary, sign_in):
    page = sign_in("office").get("/projects/batches/").content.decode()
    assert "发布到指标库" in page
    done = sign_in("office").post("/projects/batches/publish/", {"period": "2026-02"}, follow=True)
    assert "已向指标库写入" in done.content.decode()
    assert sign_in("clerk").post("/projects/batches/publish/", {}).status_code == 403
