"""Meeting screens: from one frozen moment, each zone its own, a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import bulletins as made
from factories.bulletins import EAST, HOME, WEST
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.actions import set_target
from luodi.indicators.models import Definition
from luodi.ledger.actions import open_item
from luodi.supervision.queries import screens, stamp_of, stamped

pytestmark = pytest.mark.django_db(databases="__all__")
JANUARY = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)


@pytest.fixture
def zoned(db):
    return made.zoned_city(JANUARY - timedelta(days=20))


def item(city, at, name=HOME, source="meeting", due=None):
    return open_item(
        city=city.key, source=source, title="示例事项", lead=city.units[name], due_on=due,
        by=city.people["office"], at=at,
    )  # fmt: skip


def rows(city, at, who="office", position=None):
    return {row.name: row for row in screens(made.viewer(city, who), Moment(at, position))}


def test_a_zone_has_its_lights_goals_and_open_decisions(zoned):
    row = Definition.objects.open().get(
        indicator__city="sanqu", indicator__code="signed-investment"
    )
    set_target(
        indicator=row.indicator_id, amount="240", comparator=">=", period="2026",
        unit=zoned.units[HOME], why="示例", by=zoned.people["statistician"], at=JANUARY,
    )  # fmt: skip
    item(zoned, JANUARY, due=(JANUARY + timedelta(days=2)).date())
    item(zoned, JANUARY, source="call")
    late = JANUARY + timedelta(days=20)
    home = rows(zoned, late)[HOME]
    assert (home.reds, home.open_items, home.red_items, home.decisions) == (1, 2, 1, 1)
    assert home.worst[0].title.endswith("示例事项") and home.worst[0].why
    assert [goal.name for goal in home.goals] == ["招商签约额"]
    assert rows(zoned, late)[EAST].open_items == 0


def test_a_zone_sees_its_own_screen_only(zoned):
    assert set(rows(zoned, JANUARY)) == {HOME, EAST, WEST}
    assert set(rows(zoned, JANUARY, "zone_staff_1")) == {EAST}
    assert rows(zoned, JANUARY, "clerk") == {}


def test_the_address_holds_the_moment_for_ever(zoned):
    item(zoned, JANUARY, due=(JANUARY + timedelta(days=2)).date())
    position, minute = stamp_of(Moment(JANUARY + timedelta(days=20)))
    now = datetime.now(UTC)
    before = screens(made.viewer(zoned, "office"), stamped(position, minute, now))
    item(zoned, JANUARY + timedelta(days=21), due=JANUARY.date())
    after = screens(made.viewer(zoned, "office"), stamped(position, minute, now))
    assert before == after
    for wrong in ((position + 9, minute), (0, minute), (position, minute + 10**7), (position, 5)):
        with pytest.raises(NotFound):
            stamped(*wrong, now)


def test_the_questions_are_the_same_for_three_zones_and_for_twelve(zoned):
    many = made.make_city(at=JANUARY, key="duoqu", zones=[f"示例{n}区" for n in range(11)])
    counts = []
    for city in (zoned, many):
        for _n in range(2):
            item(city, JANUARY, due=JANUARY.date())
        with CaptureQueriesContext(connection) as found:
            assert rows(city, JANUARY + timedelta(days=3))
        counts.append([q["sql"][:160] for q in found.captured_queries])
    assert len(counts[1]) <= len(counts[0]), set(counts[1]) - set(counts[0])


def test_the_pages_open_and_a_wrong_moment_is_not_found(city, at, sign_in):
    office = sign_in("office")
    first = office.get("/supervision/screen/").content.decode()
    position, minute = stamp_of(Moment(datetime.now(UTC)))
    assert f"/supervision/screen/{position}/" in first
    shown = office.get(f"/supervision/screen/{position}/{minute}/")
    assert shown.status_code == 200 and 'id="zone-1"' in shown.content.decode()
    assert office.get(f"/supervision/screen/{position + 99}/{minute}/").status_code == 404
    assert office.get(f"/supervision/screen/{position}/{10**14}/").status_code == 404
    assert "没有开发区" in sign_in("clerk").get("/supervision/screen/").content.decode()
