"""Verified facts run out: can't tell from the day after, as it was on the days before; who is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factories.policies import known
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import record_fact, state_fact, verify_fact
from luodi.policy.models import FirmFact
from luodi.policy.queries import effects, fact_rows, policies_for, policy_duties, renewals

DECEMBER, JANUARY = datetime(2026, 12, 10, 1, tzinfo=UTC), datetime(2027, 1, 5, 1, tzinfo=UTC)
LAST_YEAR = date(2025, 12, 31)


@pytest.fixture
def told(city, ready):
    """`told(article, at)`: the answer for the firm on a day."""

    def read(article, when):
        moment = when if isinstance(when, Moment) else Moment(when)
        viewer = viewer_of_person(city.people["office"])
        rows = policies_for(ready.firm, viewer, moment)
        return next(row.told for row in rows if row.article.key == article)

    return read


def duties(city, who, when) -> list[str]:
    viewer = viewer_of_person(city.people[who])
    return [duty.what for duty in policy_duties(viewer, Moment(when))]


def test_from_the_day_after_its_last_a_fact_says_nothing(city, ready, told):
    assert told(ready.first, DECEMBER).state == "fits"
    over = told(ready.first, JANUARY)
    assert over.state == "unknown"
    assert over.lacking == "缺：上年度营业收入（已于 2026-12-31 到期，需更新）"
    assert "原值已于 2026-12-31 到期" in over.line
    viewer = viewer_of_person(city.people["office"])
    assert {row.key: row.fitting for row in effects(viewer, Moment(JANUARY))}[ready.first] == 0
    rows = {row.name: row for row in fact_rows(ready.firm, city.key, Moment(JANUARY))}
    revenue = rows["revenue"]
    assert (revenue.missing, revenue.was, revenue.lasts[0]) == (True, "3000万元", "red")


def test_a_past_day_counts_as_it_did_then(city, at, ready, told):
    then = moment_at(FirmFact.objects.open().latest("since").since_id)
    known(city, JANUARY, revenue="900万元")
    assert told(ready.first, JANUARY).state == "unknown"  # as of the year before last
    record_fact(
        enterprise=ready.firm, fact="revenue", value="900万元", on=date(2026, 12, 31),
        why="年报", by=city.people["office"], at=JANUARY,
    )  # fmt: skip
    assert told(ready.first, JANUARY).state == "near"
    assert told(ready.first, then).state == "fits"


def test_firm_and_home_are_asked_before_it_ends(city, ready, sign_in):
    assert duties(city, "enterprise", datetime(2026, 11, 1, 1, tzinfo=UTC)) == []
    asked = duties(city, "enterprise", DECEMBER)
    assert "请更新企业事实：上年度营业收入" in asked
    assert "2 项企业事实将到期" in duties(city, "zone_staff", DECEMBER)
    assert "2 项企业事实将到期" not in duties(city, "other_clerk", DECEMBER)
    assert "请更新企业事实：上年度营业收入" in duties(city, "enterprise", JANUARY)
    state_fact(
        enterprise=ready.firm, fact="revenue", value="3200万元", on=date(2026, 12, 9),
        by=city.people["enterprise"], at=DECEMBER,
    )  # fmt: skip
    assert "请更新企业事实：上年度营业收入" not in duties(city, "enterprise", DECEMBER)
    assert "1 项企业事实将到期" in duties(city, "zone_staff", DECEMBER)


def test_the_list_of_what_runs_out(city, ready):
    zone, other = (viewer_of_person(city.people[who]) for who in ("zone_staff", "other_clerk"))
    rows = renewals(zone, Moment(JANUARY))
    assert [(row.label, row.light[0], row.articles) for row in rows] == [
        ("上年度营业收入", "red", 1), ("研发费用占营业收入比重", "red", 1),
    ]  # fmt: skip
    assert renewals(zone, Moment(JANUARY), soon=True) == []
    assert renewals(other, Moment(JANUARY)) == []


def test_a_certificate_lasts_until_its_own_day(city, at, ready, told):
    own = {"enterprise": ready.firm, "on": LAST_YEAR, "at": at}
    firm, zone = city.people["enterprise"], city.people["zone_staff"]
    with pytest.raises(Incomplete, match="没有证书上的有效期"):
        state_fact(fact="employees", value="120", until=date(2027, 1, 1), by=firm, **own)
    with pytest.raises(Incomplete, match="已经过期"):
        state_fact(
            fact="certificates", value="高新技术企业", until=date(2026, 3, 1), by=firm, **own
        )
    state_fact(fact="certificates", value="高新技术企业", until=date(2026, 6, 1), by=firm, **own)
    seen = FirmFact.objects.open().get(stage="stated").since_id
    said = {"enterprise": ready.firm, "fact": "certificates", "seen": seen, "by": zone}
    with pytest.raises(Closed, match="只到 2026-06-01 有效"):
        verify_fact(**said, at=DECEMBER)
    verify_fact(**said, at=at)
    assert told(ready.second, datetime(2026, 6, 1, 1, tzinfo=UTC)).state == "fits"
    assert told(ready.second, datetime(2026, 6, 2, 1, tzinfo=UTC)).state == "unknown"


def test_the_page_of_what_runs_out(ready, sign_in):
    client = sign_in("zone_staff")
    assert "只列现行条款用到的事实" in client.get("/policies/renewals/").content.decode()
    assert client.get("/policies/renewals/", {"export": "xlsx"}).content[:2] == b"PK"
    assert sign_in("enterprise").get("/policies/renewals/").status_code == 403
