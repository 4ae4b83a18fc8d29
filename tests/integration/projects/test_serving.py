"""Who serves a project, and what was seen on the spot."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import name_member, record_visit, release_member
from luodi.projects.models import ServiceMember, SiteVisit
from luodi.projects.queries import service_page

pytestmark = pytest.mark.django_db(databases="__all__")

PHOTO = b"\xff\xd8\xff\xe0" + b"0" * 64


def named(city, at, project, who="leading_group", part="sponsor", by="office"):
    given = {"project": project.key, "person": city.people[who], "part": part}
    name_member(by=city.people[by], at=at, **given)
    return given


def test_people_are_named_and_released_with_a_reason(city, at, project):
    given = named(city, at, project)
    with pytest.raises(Conflict):
        named(city, at, project)
    office = {"by": city.people["office"], "at": at}
    with pytest.raises(Incomplete, match="请写明原因"):
        release_member(why=" ", **given, **office)
    release_member(why="工作调整", **given, **office)
    assert not ServiceMember.objects.open().exists()
    with pytest.raises(NotFound):
        release_member(why="再次", **given, **office)


def test_only_who_may_see_the_project_is_named_and_only_by_the_office(city, at, project):
    with pytest.raises(Incomplete, match="看不到这个项目"):
        named(city, at, project, who="other_clerk", part="task_force")
    with pytest.raises(NotAllowed):
        named(city, at, project, by="clerk")
    with pytest.raises(Incomplete, match="请选择"):
        named(city, at, project, part="godfather")


def visited(city, at, project, who="zone_staff", **given):
    usual = {"project": project.key, "kind": "progress", "text": "主体封顶", "at": at}
    record_visit(**(usual | {"by": city.people[who]} | given))


def test_a_sponsor_records_a_visit_by_being_named(city, at, project):
    with pytest.raises(NotAllowed):
        visited(city, at, project, who="leading_group")
    named(city, at, project)
    visited(city, at, project, who="leading_group", kind="visit")
    assert SiteVisit.objects.get().kind == "visit"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": " "}, "请写明看到的情况"),
        ({"visited_on": date(2026, 3, 3)}, "日期不能晚于今天"),
        ({"latitude": "35.5"}, "一起填"),
        ({"latitude": "112.8", "longitude": "35.5"}, "是不是填反了"),
        ({"latitude": "三十五", "longitude": "112"}, "读不出坐标"),
        ({"latitude": "NaN", "longitude": "112"}, "不在国内"),
        ({"kind": "party"}, "请选择"),
    ],
)
def test_odd_visits_are_refused(city, at, project, given, said):
    with pytest.raises(Incomplete, match=said):
        visited(city, at, project, **given)
    assert not SiteVisit.objects.exists()


def test_a_photo_with_time_and_place_is_on_the_page(city, sign_in, project):
    client = sign_in("zone_staff")
    said = {
        "kind": "progress",
        "place": "一号厂房",
        "latitude": "３５.4907",
        "longitude": "112.852",
        "evidence": SimpleUploadedFile("现场.jpg", PHOTO, "image/jpeg"),
    }
    page = client.post(f"/projects/{project.key}/service/visit/", said, follow=True)
    html = page.content.decode()
    assert "一号厂房" in html and "35.4907°N, 112.852°E" in html
    [source] = re.findall(r'<img src="([^"]+)"', html)
    photo = client.get(source)
    assert photo.content == PHOTO and photo["Content-Type"] == "image/jpeg"
    assert sign_in("other_clerk").get(source).status_code == 404
    english = client.get(f"/projects/{project.key}/service/", headers={"accept-language": "en"})
    assert "Progress on site" in english.content.decode()


def test_what_was_refused_comes_back(sign_in, project):
    said = {"kind": "visit", "text": "写好的情况", "latitude": "1", "longitude": "2"}
    answer = sign_in("office").post(f"/projects/{project.key}/service/visit/", said)
    assert answer.status_code == 422 and "写好的情况" in answer.content.decode()


def test_names_stand_in_the_story_and_the_past_is_read_only(city, at, sign_in, project):
    named(city, at, project)
    story = sign_in("office").get(f"/projects/{project.key}/").content.decode()
    assert "确定包联领导：示例-10。" in story
    visited(city, at, project)
    before = Moment(at, ServiceMember.objects.get().since_id)
    page = service_page(project.key, viewer_of_person(city.people["office"]), before)
    assert page is not None and page.visits == () and len(page.members) == 1
    assert not page.may_name and not page.may_record
    later = service_page(
        project.key, viewer_of_person(city.people["office"]), Moment(at + timedelta(days=5))
    )
    assert later is not None and later.days == 5
