"""Zones rate departments: whose, once, within the window; results that show nobody's rating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import bulletins as made
from factories.bulletins import EAST, HOME
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.models import Value
from luodi.ledger.actions import (
    acknowledge,
    apply_for_close_out,
    give_feedback,
    open_item,
    verify_close_out,
)
from luodi.supervision.actions import publish_ratings, rate_department
from luodi.supervision.models import DepartmentRatingState
from luodi.supervision.queries import rating_duties, ratings_shown, to_rate

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = timedelta(days=150)
"""The quarter in which the windows close is over."""


@pytest.fixture
def zoned(at):
    return made.zoned_city(at)


def closed(city, at, lead="市工信局", with_=(HOME,)):
    """An item of some zones that a department led, closed."""
    office, clerk = city.people["office"], city.people["clerk"]
    item = open_item(
        city=city.key, source="call", title="协调用电", lead=city.units[lead],
        cooperating=[city.units[name] for name in with_], by=office, at=at,
    )  # fmt: skip
    paper = [("照片.txt", "示例".encode())]
    acknowledge(item=item.key, by=clerk, at=at)
    give_feedback(item=item.key, text="已接电", evidence=paper, by=clerk, at=at)
    apply_for_close_out(item=item.key, outcome="已办结", by=clerk, at=at)
    verify_close_out(item=item.key, note="属实", by=office, at=at)
    return item.key


def rate(city, at, item, who="zone_staff", score=4, **given):
    said = {"department": city.units["市工信局"], "words": "", "seen": 0, **given}
    rate_department(item=item, score=score, by=city.people[who], at=at, **said)


def rows(city, at, who="zone_staff"):
    return to_rate(made.viewer(city, who), Moment(at))


def shown(city, at, who="office"):
    return [
        (one.name, one.result.text, one.result.count)
        for one in ratings_shown(made.viewer(city, who), Moment(at))
    ]


def test_a_zone_rates_each_department_of_its_closed_item_once(zoned, at):
    item = closed(zoned, at)
    [row] = rows(zoned, at)
    assert (row.item, row.name, row.score, row.open) == (item, "市工信局", None, True)
    [duty] = rating_duties(made.viewer(zoned, "zone_staff"), Moment(at))
    assert duty.due_at == row.until
    rate(zoned, at, item, words="来得快")
    [row] = rows(zoned, at)
    assert (row.score, row.words) == (4, "来得快")
    assert rating_duties(made.viewer(zoned, "zone_staff"), Moment(at)) == []
    with pytest.raises(Conflict):
        rate(zoned, at, item, score=5)
    rate(zoned, at, item, score=5, seen=row.seen)
    assert DepartmentRatingState.objects.count() == 2
    with pytest.raises(Incomplete, match="没有改动"):
        rate(zoned, at, item, score=5, seen=rows(zoned, at)[0].seen)


def test_only_a_zone_of_the_item_rates_and_only_departments(zoned, at):
    item = closed(zoned, at)
    for stranger in ("zone_staff_1", "clerk", "office"):
        with pytest.raises(NotFound):
            rate(zoned, at, item, stranger)
    with pytest.raises(NotFound):
        rate(zoned, at, item, department=zoned.units[HOME])
    assert rows(zoned, at, "zone_staff_1") == [] and rows(zoned, at, "clerk") == []


def test_an_item_still_open_is_not_rated(zoned, at):
    open_item(
        city=zoned.key, source="call", title="协调用水", lead=zoned.units["市工信局"],
        cooperating=[zoned.units[HOME]], by=zoned.people["office"], at=at,
    )  # fmt: skip
    assert rows(zoned, at) == []


def test_marks_and_the_window_are_refused_in_a_sentence(zoned, at):
    item = closed(zoned, at)
    for wrong in (0, 6, -1):
        with pytest.raises(Incomplete, match="1 至 5"):
            rate(zoned, at, item, score=wrong)
    with pytest.raises(Incomplete, match="1000"):
        rate(zoned, at, item, words="好" * 1001)
    with pytest.raises(Closed, match="截止"):
        rate(zoned, at + timedelta(days=30), item)


def test_few_ratings_are_kept_back_and_nobody_sees_who_gave_which(zoned, at):
    items = [closed(zoned, at, with_=(HOME, EAST)) for _n in range(2)]
    rate(zoned, at, items[0], score=5)
    rate(zoned, at, items[1], score=2, words="来得慢")
    assert shown(zoned, at + LATER) == [("市工信局", "", 2)]
    assert rows(zoned, at, "zone_staff_1")[0].score is None
    act = Act.objects.filter(verb="rate_department").last()
    assert act.subjects[0].startswith("rating:") and "score" not in act.payload
    page_of = made.viewer(zoned, "clerk")
    assert to_rate(page_of, Moment(at)) == []


def test_a_mean_is_shown_once_its_period_is_over(zoned, at):
    items = [closed(zoned, at, with_=(HOME, EAST)) for _n in range(2)]
    rate(zoned, at, items[0], score=5)
    rate(zoned, at, items[1], score=4)
    rate(zoned, at, items[0], "zone_staff_1", score=4)
    assert shown(zoned, at) == []
    assert shown(zoned, at + LATER) == [("市工信局", "4.33", 3)]
    assert shown(zoned, at + LATER, "clerk") == [("市工信局", "4.33", 3)]
    assert shown(zoned, at + LATER, "other_clerk") == []
    assert shown(zoned, at + LATER, "zone_staff") == []


def test_results_are_published_to_the_dictionary_once(zoned, at):
    items = [closed(zoned, at, with_=(HOME, EAST)) for _n in range(2)]
    for item, who, score in (
        (items[0], "zone_staff", 5),
        (items[1], "zone_staff", 4),
        (items[0], "zone_staff_1", 4),
    ):
        rate(zoned, at, item, who, score=score)
    office = {"period": "2026Q1", "by": zoned.people["office"]}
    with pytest.raises(Incomplete):
        publish_ratings(at=at, **office)
    assert publish_ratings(at=at + LATER, **office) == 1
    value = Value.objects.open().get(indicator__code="department-rating")
    assert (value.amount, value.scale, value.unit) == (8667, 2, zoned.units["市工信局"])
    with pytest.raises(Conflict, match="已经发布"):
        publish_ratings(at=at + LATER, **office)
    with pytest.raises(NotAllowed):
        publish_ratings(period="2026Q1", by=zoned.people["clerk"], at=at + LATER)


def test_the_list_asks_the_same_questions_for_two_items_and_for_six(zoned, at):
    counts = []
    for more in (2, 4):
        for _n in range(more):
            closed(zoned, at)
        with CaptureQueriesContext(connection) as found:
            assert rows(zoned, at)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_page_keeps_what_was_typed(city, sign_in):
    item = closed(city, datetime.now(UTC))
    zone = sign_in("zone_staff")
    assert "市工信局" in zone.get("/supervision/ratings/").content.decode()
    body = {"department": city.units["市工信局"], "seen": 0, "words": "来得快"}
    answer = zone.post(f"/supervision/ratings/{item}/", body)
    assert answer.status_code == 422 and "来得快" in answer.content.decode()
    answer = zone.post(f"/supervision/ratings/{item}/", {**body, "score": 9})
    assert answer.status_code == 422 and "1 至 5" in answer.content.decode()
    assert zone.post(f"/supervision/ratings/{item}/", {**body, "score": 5}).status_code == 302
    office = sign_in("office").get("/supervision/ratings/")
    assert office.status_code == 200 and "来得快" not in office.content.decode()
    answer = sign_in("office").post("/supervision/ratings/publish/", {"period": "2026Q1"})
    assert answer.status_code == 422
