"""A form that is sent twice counts once; the day of a step is the office's own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factories.projects import details
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.queries import viewer_of_person
from luodi.papers.exports import write_word
from luodi.projects.actions import move_project, open_lead, record_funding, record_visit
from luodi.projects.models import FundingEntry, SiteVisit
from luodi.projects.queries import project_brief

from .test_brief import word_text

pytestmark = pytest.mark.django_db(databases="__all__")


def test_money_told_twice_counts_once_unless_a_reason_says_otherwise(city, at, project):
    told = {
        "project": project.key, "kind": "special_fund", "giver": "示例资金", "step": "applied_for",
        "happened_on": date(2026, 2, 1), "by": city.people["office"], "at": at,
    }  # fmt: skip
    record_funding(amount="5.5", **told)
    with pytest.raises(Incomplete, match="已记过同样的金额"):
        record_funding(amount="5.50", **told)
    record_funding(amount="5.50", why="第二批", **told)
    record_funding(amount="5.5", **told | {"happened_on": date(2026, 2, 2)})
    assert FundingEntry.objects.open().count() == 3


def test_a_visit_sent_twice_is_kept_once(city, at, project):
    by = {"project": project.key, "by": city.people["clerk"], "at": at}
    seen = {"kind": "visit", "text": "正在平整场地", **by}
    record_visit(**seen)
    with pytest.raises(Conflict, match="同样的情况"):
        record_visit(**seen)
    record_visit(**seen | {"by": city.people["office"]})
    assert SiteVisit.objects.count() == 2


def test_after_four_in_the_afternoon_utc_it_is_the_next_day(city):
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    office = city.people["office"]
    project = open_lead(city=city.key, details=details(city), by=office, at=late)
    viewer = viewer_of_person(office)
    said = word_text(write_word(project_brief(project.key, viewer, Moment(late)), None))
    assert "截至2026年3月3日" in said and "2026-03-03" in said


def test_a_day_before_all_records_is_passed_over(sign_in, city, at, project):
    told = {"project": project.key, "kind": "special_fund", "giver": "示例资金", "amount": "5"}
    for step in ("applied_for", "granted", "used"):
        record_funding(
            step=step, happened_on=date(2026, 2, 1), by=city.people["office"], at=at, **told
        )
    answer = sign_in("office").get("/projects/funding/?day=0001-01-01")
    assert answer.status_code == 200


def test_english_pages_set_off_what_is_said_by_an_english_colon(sign_in, city, at, project):
    office = {"by": city.people["office"], "at": at}
    move_project(project=project.key, to="talks", **office)
    move_project(project=project.key, to="lead", why="again", **office)
    client = sign_in("office")
    for address in (f"/projects/{project.key}/", "/projects/gates/", "/projects/permits/"):
        page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert "given：" not in page and "Definition：" not in page and "by：" not in page
        assert ": " in page.split("<main")[1]
