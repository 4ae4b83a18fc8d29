"""The months of the projects: what stands on which day, whose, and how it turned out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.projects import bulk_projects, details
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.models import ProjectState
from luodi.projects.queries import month_page, read_month

pytestmark = pytest.mark.django_db(databases="__all__")
PAPER = [("合同.txt", "示例合同".encode())]


def text(response) -> str:
    return response.content.decode()


def month(city, moment, year, number, who="office", **asked):
    viewer = viewer_of_person(city.people[who])
    page = month_page(viewer, moment, (year, number), **asked)
    days = [day for week in page.weeks for day in week]
    found = [
        (one.day.isoformat(), one.kind, one.name, one.state)
        for day in days
        for one in day.happenings
    ]
    assert len(found) == page.total and all(len(week) == 7 for week in page.weeks)
    return found


def test_planned_days_batches_and_answers_stand_on_their_days(city, at, project):
    office = {"by": city.people["office"], "at": at}
    actions.make_batch(city=city.key, title="一季度", held_on=date(2026, 3, 30), **office)
    name = "示例光电产业园项目"
    assert month(city, Moment(at), 2026, 3) == [
        ("2026-03-05", "answer", name, "green"), ("2026-03-30", "batch", "一季度", "")
    ]  # fmt: skip
    assert month(city, Moment(at), 2026, 6) == [("2026-06-01", "start", name, "none")]
    assert month(city, Moment(at), 2027, 6) == [("2027-06-01", "production", name, "none")]
    assert month(city, Moment(at), 2028, 6) == [("2028-06-01", "capacity", name, "none")]
    assert month(city, Moment(at), 2028, 6, kind="start") == []


def test_it_says_what_was_reached_and_what_is_past(city, at, project):
    late = Moment(at + timedelta(days=100))
    assert month(city, late, 2026, 6)[0][3] == "red"
    office = {"by": city.people["office"], "at": at}
    actions.move_project(project=project.key, to="started", evidence=PAPER, **office)
    assert month(city, late, 2026, 6)[0][3] == "done"
    assert month(city, late, 2026, 3) == []
    actions.move_project(project=project.key, to="ended", why="撤资", **office)
    assert month(city, late, 2026, 6) == []


def test_scope_zone_merges_and_past_moments(city, at, project, opened):
    other = opened(name="别处的", zone="", lead=city.units["开发区管委会"]).key
    zone = city.units["开发区管委会"]
    assert len(month(city, Moment(at), 2026, 6)) == 2
    assert len(month(city, Moment(at), 2026, 6, zone=zone)) == 1
    assert len(month(city, Moment(at), 2026, 6, who="clerk")) == 1
    assert month(city, Moment(at), 2026, 6, who="other_clerk") == []
    office = {"by": city.people["office"], "at": at}
    actions.merge_project(project=other, into=project.key, takes=[], why="重复", **office)
    assert len(month(city, Moment(at), 2026, 6)) == 1
    said = details(city, planned_start=date(2026, 8, 3))
    actions.revise_project(project=project.key, details=said, **office)
    assert month(city, Moment(at), 2026, 6) == []
    before = moment_at(ProjectState.objects.open().get(project=project).since_id - 1)
    assert len(month(city, before, 2026, 6)) == 1


def test_odd_months_are_this_one():
    today = date(2026, 3, 2)
    for said in ("", "x", "2026-13", "1999-01", "2026-6", "２０２６-０６", "2026-06-01", "2026-00"):
        assert read_month(said, today) == (2026, 3)
    assert read_month("2026-06", today) == (2026, 6)


def test_the_page_goes_from_month_to_month(sign_in, city, project):
    client = sign_in("office")
    page = text(client.get("/projects/calendar/?month=2026-06"))
    assert "示例光电产业园项目" in page and 'rel="next"' in page and "month=2026-07" in page
    assert "端午节" in page and "计划开工" in page and 'aria-current="true"' in page
    assert 'rel="next"' not in text(client.get("/projects/calendar/?month=2099-12"))
    assert "没有计划日期" in text(client.get("/projects/calendar/?month=2030-01&kind=x&zone=y"))
    english = {"headers": {"Accept-Language": "en"}}
    page = text(client.get("/projects/calendar/?month=2026-06", **english))
    assert "Planned start" in page and "Mon" in page and "Jun 2026" in page
    assert sign_in("auditor").get("/projects/calendar/").status_code == 403


def test_many_take_the_same_queries(sign_in, city, at, project, django_assert_max_num_queries):
    client = sign_in("office")
    client.get("/projects/calendar/")
    counted = set()
    for n in (0, 60):
        bulk_projects(city, n, at) if n else None
        with django_assert_max_num_queries(60) as seen:
            client.get("/projects/calendar/?month=2026-06")
        counted.add(len(seen))
    assert len(counted) == 1
