"""Sharing: exactly the granted series, for one use, until a day, with a trace; rows never."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.figures import defined, enterprise_rows, reported
from luodi.analysis.actions import grant_series, revoke_grant
from luodi.analysis.choices import Basis, GrantUse
from luodi.analysis.models import Grant
from luodi.analysis.queries.grants import readings
from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.audit.models import Act
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.indicators.choices import OverUnits, Purpose
from luodi.orgs.queries import viewer_of_person


@pytest.fixture
def output(city, at) -> str:
    key = defined(city, at, "园区总产值", purpose=Purpose.STATISTICS)
    for unit, figure in {"甲县": "10", "乙县": "20", "市统计局": "5"}.items():
        reported(city, at, unit, "2026-01", {key: figure}, Purpose.STATISTICS)
        reported(city, at, unit, "2026-01", {key: f"{figure}1"}, Purpose.DISPATCH)
    return key


@pytest.fixture
def grant(city, at, output):
    """`grant(**changes)`: 甲县's series for the industry bureau until the end of the month."""

    def make(**changes) -> Grant:
        said = {
            "city": city.key, "unit": city.units["市工信局"], "indicators": [output],
            "units": [city.units["甲县"]], "purpose": Purpose.STATISTICS, "basis": Basis.UNITS,
            "use": GrantUse.PLANNING, "until_on": at.date() + timedelta(days=30),
            "by": city.people["statistician"], "at": at,
        }  # fmt: skip
        return grant_series(**{**said, **changes})

    return make


@pytest.fixture
def shown(city, at, output):
    """`shown(who)`: what each person's pivot of January holds, by unit."""

    def read(who, purpose=Purpose.STATISTICS, today=None, moment=None, indicator=output, **said):
        asked = {
            "indicator": [indicator], "unit": ["counties", city.units["市统计局"]],
            "from": ["2026-01"], "to": ["2026-01"], "purpose": [purpose], **said,
        }  # fmt: skip
        reader = reader_for(viewer_of_person(city.people[who]), today or at.date())
        found = pivot(reader, read_question(asked, WORDS, at.date()), moment or Moment(at))
        return {row.labels[1]: row.cells[0].answer.text for row in found.rows}

    return read


def test_a_grant_shows_its_series_and_no_other(city, grant, shown):
    assert shown("clerk")["甲县"] == ""
    grant()
    assert shown("clerk") == {
        "甲县": "10.00", "乙县": "", "市统计局": "", "各县（市、区）合计": ""
    }  # fmt: skip
    assert shown("clerk", Purpose.DISPATCH)["甲县"] == "", "another purpose is another series"


WHOLE_CITY = ("office", "statistician", "leading_group")


EVERY_ROLE = (
    "office", "clerk", "section_head", "leader_in_charge", "other_clerk", "zone_staff",
    "statistician", "leading_group", "system_admin", "security_admin", "auditor", "enterprise",
)  # fmt: skip


def test_every_role_reads_what_is_theirs(grant, shown):
    grant()
    for who in EVERY_ROLE:
        found = shown(who)
        bureau = who in ("clerk", "section_head", "leader_in_charge")
        assert found.get("甲县", "") == ("10.00" if who in WHOLE_CITY or bureau else ""), who
        assert found.get("乙县", "") == ("20.00" if who in WHOLE_CITY else ""), who
        own = who == "other_clerk" or who in WHOLE_CITY
        assert found.get("市统计局", "") == ("5.00" if own else ""), who


def test_a_grant_ends_with_its_day_whatever_moment_is_looked_at(city, at, grant, shown):
    made = grant(until_on=at.date() + timedelta(days=1))
    assert shown("clerk", today=at.date() + timedelta(days=1))["甲县"] == "10.00"
    late = at.date() + timedelta(days=2)
    assert shown("clerk", today=late)["甲县"] == ""
    then = moment_at(made.act_id)
    assert shown("clerk", today=late, moment=then)["甲县"] == "", "nor by looking back"


def test_a_revoked_grant_shows_nothing_more(city, at, grant, shown):
    made = grant()
    by = city.people["statistician"]
    with pytest.raises(Incomplete):
        revoke_grant(grant=made.key, why=" ", by=by, at=at)
    with pytest.raises(NotFound):
        revoke_grant(grant=made.key, why="x", by=city.people["zone_staff"], at=at)
    with pytest.raises(NotAllowed):
        revoke_grant(grant=made.key, why="x", by=city.people["clerk"], at=at)
    revoke_grant(grant=made.key, why="课题结束", by=by, at=at)
    assert shown("clerk")["甲县"] == ""
    with pytest.raises(Closed):
        revoke_grant(grant=made.key, why="x", by=by, at=at)


WRONG = [
    ({"use": "rubbish"}, Incomplete, "用途"),
    ({"until_on": None}, Incomplete, "有效期"),
    ({"unit": "nobody"}, NotFound, "没有这个单位"),
    ({"units": ["nobody"]}, NotFound, "没有这个单位"),
    ({"indicators": []}, Incomplete, "指标"),
    ({"indicators": ["nothing"]}, NotFound, "不在本市"),
    ({"purpose": Purpose.SHARED}, NotFound, "不是这种用途"),
    ({"city": "elsewhere"}, NotAllowed, "授权由"),
]


def test_what_can_not_be_granted_is_refused(grant):
    for changes, refusal, words in WRONG:
        with pytest.raises(refusal, match=words):
            grant(**changes)
    assert not Grant.objects.exists()


def test_single_rows_of_statistics_serve_no_other_purpose(grant):
    for use in set(GrantUse) - {GrantUse.STATISTICS}:
        with pytest.raises(NotAllowed, match="不得用于统计以外的目的") as refused:
            grant(detail="rows", use=use)
        assert refused.value.code == "grant.other_use"


def test_single_rows_are_granted_for_no_use_at_all(grant, city):
    with pytest.raises(NotAllowed, match="只给合计"):
        grant(detail="rows", use=GrantUse.STATISTICS)
    with pytest.raises(NotAllowed, match="统计数据由统计人员"):
        grant(by=city.people["office"])
    with pytest.raises(NotAllowed):
        grant(by=city.people["clerk"])


def test_granted_totals_of_enterprises_hide_what_is_small(city, at, grant, shown):
    key = defined(city, at, "企业产值", purpose=Purpose.STATISTICS, over_units=OverUnits.SUM)
    rows = {"甲县": [100, 100], "乙县": [100, 200, 300], "开发区管委会": [500, 600, 700]}
    enterprise_rows(city, at, key, rows)
    grant(indicators=[key], units=[], basis=Basis.ENTERPRISES)
    said = {"indicator": key, "of": ["enterprises"], "unit": []}
    assert shown("clerk", **said) == {
        "甲县": "", "乙县": "", "开发区管委会": "18.00", "全部企业": "26.00"
    }  # fmt: skip


def test_what_a_granted_rate_is_computed_from_is_not_granted_with_it(city, at, grant, shown):
    said = {"purpose": Purpose.STATISTICS, "measured_in": "家", "scale": 0}
    part, whole = (defined(city, at, name, code=name, **said) for name in ("达效", "签约"))
    rate = defined(
        city, at, "达效率", "%", scale=1, formula="ratio([达效], [签约])",
        purpose=Purpose.STATISTICS,
    )  # fmt: skip
    reported(city, at, "甲县", "2026-01", {part: "1", whole: "4"}, Purpose.STATISTICS)
    grant(indicators=[rate])
    assert shown("clerk", indicator=rate)["甲县"] == "25.0"
    assert shown("clerk", indicator=part)["甲县"] == ""


def test_every_reading_leaves_a_trace_once_a_day(city, grant, output, sign_in, at):
    made = grant(until_on=at.date() + timedelta(days=700))
    client = sign_in("clerk")
    query = f"indicator={output}&from=2026-01&to=2026-01&purpose=statistics"
    working = f"/analysis/working/?{query}&unit={city.units['甲县']}&period=2026-01"
    assert "10.00" in client.get(f"/analysis/pivot/?{query}").content.decode()
    assert "10.00" in client.get(working).content.decode()
    (one,) = readings(made.key, Moment(Act.objects.latest("position").at))
    assert one.by == "示例-02"
    assert "示例-02" in sign_in("statistician").get(f"/grants/{made.key}/").content.decode()
    sign_in("office").get(f"/analysis/pivot/?{query}")
    assert Act.objects.filter(verb="read_granted").count() == 1


def test_the_pages_grant_list_and_revoke(city, output, sign_in, at):
    client = sign_in("statistician")
    assert "给哪个部门" in client.get("/grants/").content.decode()
    sent = {
        "to": city.units["市工信局"], "indicator": output, "purpose": "statistics",
        "of": "units", "use": "planning", "until": "2027-06-30", "why": "规划研究",
    }  # fmt: skip
    assert "已授权" in client.post("/grants/give/", sent, follow=True).content.decode()
    assert client.post("/grants/give/", {**sent, "detail": "rows"}).status_code == 403
    assert sign_in("clerk").post("/grants/give/", sent).status_code == 403
    key = Grant.objects.get().key
    assert "园区总产值" in sign_in("clerk").get("/grants/").content.decode()
    assert "园区总产值" not in sign_in("zone_staff").get("/grants/").content.decode()
    assert sign_in("zone_staff").get(f"/grants/{key}/").status_code == 404
    assert "收回授权" not in sign_in("clerk").get(f"/grants/{key}/").content.decode()
    page = client.post(f"/grants/{key}/revoke/", {"why": "到期"}, follow=True).content.decode()
    assert "已收回" in page
    assert client.get("/grants/?export=xlsx").status_code == 200
