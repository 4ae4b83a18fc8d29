"""Sites for one project: the need, the reasons of every answer, reserving, two at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from factories.sites import bulk_sites, plant_details, plot_details
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import SitingRule
from luodi.projects import actions
from luodi.projects.models import SiteNeed
from luodi.projects.queries import siting_page
from luodi.projects.rules.siting import criteria
from luodi.sites.actions import register_site, reserve_site, take_site
from luodi.sites.models import Occupation

pytestmark = pytest.mark.django_db(databases="__all__")

NEED = {"wanted": "either", "land": "60", "price": "20", "space": "2500", "load": "8",
        "height": "6", "clean_class": "iso_8", "power": "1000"}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def site(city, at):
    """`site("plot", area=…)`: the key of a new site in the zone."""

    def register(kind, **given):
        details = (plot_details if kind == "plot" else plant_details)(**given)
        place = {"city": city.key, "zone": city.units["开发区管委会"]}
        by = {"by": city.people["office"], "at": at}
        return register_site(kind=kind, details=details, **place, **by).key

    return register


def page_of(city, project, moment, who="clerk"):
    return siting_page(project, viewer_of_person(city.people[who]), moment)


def say(city, at, project, who="clerk", seen=None, **given):
    actions.say_site_need(
        project=project.key, need=NEED | given, seen=seen, by=city.people[who], at=at
    )


def test_every_site_has_its_reasons_and_unknown_is_neither_yes_nor_no(city, at, project, site):
    near, far = site("plot"), site("plot", name="大地块", number="2", area="90")
    small = site("plot", name="小地块", number="3", area="1公顷")
    unknown = site("plot", name="未定价地块", number="4", price="")
    rising = site("plant", floor="3层", completed_on=None)
    floor, low = site("plant"), site("plant", floor="2层", height="4.2", clean_class="not_clean")
    say(city, at, project)
    page = page_of(city, project, Moment(at))
    assert [one.key for one in page.fitting.shown][:1] == [near]
    assert {one.key for one in page.fitting.shown} == {near, far, floor}
    assert page.fitting.shown[0].place == 1 and page.fitting.shown[0].may_reserve
    assert [one.key for one in page.undecided.shown] == [unknown]
    assert page.undecided.shown[0].open == ("地价：要求不高于20万元/亩，实有情况缺失，无法判断",)
    out = {one.key: one for one in page.excluded.shown}
    assert set(out) == {small, low, rising}
    assert out[rising].no == ("已建成：要求为是，实有否，不满足",)
    assert out[small].no == ("用地面积：要求不低于60亩，实有15亩，不满足",)
    assert out[low].no == (
        "层高：要求不低于6米，实有4.2米，不满足",
        "洁净等级：要求不低于十万级（ISO 8），实有非洁净，不满足",
    )


def test_what_gives_points_is_the_packs_and_without_rules_all_that_fit_are_equal(
    city, at, project, site
):
    site("plot"), site("plot", name="大地块", number="2", area="90")
    say(city, at, project)
    page = page_of(city, project, Moment(at))
    assert page.counted == "面积贴合 2、地价低 1、租金低 1 (各市自定 · 本地默认，待确认)"
    one, other = page.fitting.shown
    credits = dict(one.credits)
    assert credits["面积贴合"] == 100 and credits["地价低"] == Decimal("66.4")
    assert one.score == Decimal("88.8") and other.place == 2
    assert all(one.hard for one in criteria(()))
    rule = {"key": "x", "title": "x", "title_en": "x", "order": 1, "counts": "price", "weight": 1,
            "owner": {"body": "city", "name": "示例市"}, "kind": "rule", "source": "示例"}  # fmt: skip
    for fade in ("50亩", "0万元/亩", "许多"):
        with pytest.raises(ValidationError, match="大于零"):
            SitingRule(fade=fade, **rule)


def test_without_a_need_nothing_is_matched(city, at, project, site):
    site("plot")
    page = page_of(city, project, Moment(at))
    assert page.need is None and not page.fitting.count and not page.excluded.count


def test_odd_needs_are_refused(city, at, project):
    for given, words in (
        ({"wanted": "castle"}, "地块还是标准厂房"),
        ({"land": ""}, "用地面积"),
        ({"wanted": "plant_wanted", "space": ""}, "厂房面积"),
        ({"land": "-3"}, "大于零"),
        ({"price": "20米"}, "地价上限"),
        ({"clean_class": "iso_1"}, "洁净等级"),
    ):
        with pytest.raises(Incomplete, match=words):
            say(city, at, project, **given)
    with pytest.raises(NotFound):
        say(city, at, project, zone="0" * 16)
    with pytest.raises(NotAllowed):
        say(city, at, project, who="leading_group")
    with pytest.raises(NotFound):
        say(city, at, project, who="other_clerk")
    say(city, at, project)
    seen = SiteNeed.objects.get().since_id
    with pytest.raises(Conflict):
        say(city, at, project, land="70")
    with pytest.raises(Incomplete, match="没有改动"):
        say(city, at, project, seen=seen)
    say(city, at, project, seen=seen, land="70")
    assert SiteNeed.objects.open().count() == 1 and verify().breaks == ()
    before = page_of(city, project, Moment(at, seen))
    assert before.amounts["land"] == 60
    assert page_of(city, project, Moment(at)).amounts["land"] == 70


def test_a_plant_is_matched_and_reserved_and_the_second_person_is_told(
    sign_in, city, project, opened, site
):
    key, other = site("plant"), opened(name="另一个项目", investor="另一家")
    clerk, zone = sign_in("clerk"), sign_in("zone_staff")
    address = f"/projects/{project.key}/sites/"
    page = text(clerk.get(address))
    assert "先填写选址需求" in page and 'name="land" value="60"' in page
    given = NEED | {"wanted": "plant_wanted", "land": ""}
    page = text(clerk.post(f"{address}need/", given, follow=True))
    assert "合适的 1 处" in page and "满足的" in page and "本地默认，待确认" in page
    zone.post(f"/projects/{other.key}/sites/need/", given)
    assert "合适的 1 处" in text(zone.get(f"/projects/{other.key}/sites/"))
    won = text(clerk.post(f"{address}reserve/", {"site": key}, follow=True))
    assert "已为本项目预留" in won and "本项目的载体" in won
    lost = zone.post(f"/projects/{other.key}/sites/reserve/", {"site": key})
    assert lost.status_code == 409
    assert "示例-02" in text(lost) and "为“示例光电产业园项目”预留" in text(lost)
    assert Occupation.objects.count() == 1
    told = text(zone.get(f"/projects/{other.key}/sites/"))
    assert "载体状态：要求为空闲或为本项目预留，实有已预留，不满足" in told
    assert "预留载体“示例厂房A栋 1层”。" in text(clerk.get(f"/projects/{project.key}/"))


def test_bad_needs_come_back_and_who_may_not_is_refused(sign_in, city, project, site):
    key, address = site("plot"), f"/projects/{project.key}/sites/"
    answer = sign_in("clerk").post(f"{address}need/", NEED | {"land": "许多"})
    assert answer.status_code == 422 and 'value="许多"' in text(answer)
    answer = sign_in("clerk").post(f"{address}need/", NEED | {"wanted": "castle"})
    assert answer.status_code == 422
    assert sign_in("other_clerk").get(address).status_code == 404
    assert sign_in("leading_group").post(f"{address}need/", NEED).status_code == 403
    assert sign_in("clerk").post(f"{address}reserve/", {"site": "nothing"}).status_code == 404
    assert "选址需求" in text(sign_in("leading_group").get(address))
    assert not Occupation.objects.filter(site=key).exists()


def test_many_sites_take_no_more_queries_and_the_page_speaks_english(
    sign_in, city, at, project, site, django_assert_max_num_queries
):
    site("plot"), site("plant")
    clerk, address = sign_in("clerk"), f"/projects/{project.key}/sites/"
    clerk.post(f"{address}need/", NEED)
    clerk.get(address)
    counts = []
    for n in (0, 80):
        bulk_sites(city, n, at) if n else None
        with django_assert_max_num_queries(50) as seen:
            page = text(clerk.get(address))
        counts.append(len(seen))
    assert counts[0] == counts[1] and "另有" in page
    page = text(clerk.get(address, headers={"Accept-Language": "en"}))
    assert "at least 60 mu is needed, there is 60 mu: met" in page
    assert "载体" not in page and "合适" not in page


def test_what_a_merged_project_held_is_the_survivors_and_it_reserves_no_more(
    city, at, project, opened, site
):
    key, other, twin = site("plot"), site("plant"), opened(name="重复登记的项目", investor="同一家")
    by = {"by": city.people["office"], "at": at}
    actions.reserve_for_project(project=twin.key, site=key, **by)
    actions.merge_project(project=twin.key, into=project.key, takes=[], why="同一项目", **by)
    assert [row.key for row in page_of(city, project, Moment(at)).held] == [key]
    with pytest.raises(Closed):
        actions.reserve_for_project(project=twin.key, site=other, **by)
    stranger = opened(name="别的项目", investor="别家")
    taking = {"site": key, "tenure": "land_granted", "from_on": at.date(), **by}
    with pytest.raises(Conflict, match="预留"):
        take_site(holder=f"project:{stranger.key}", **taking)
    take_site(holder=f"project:{project.key}", **taking)
    with pytest.raises(NotAllowed):
        actions.reserve_for_project(
            project=project.key, site=other, by=city.people["leading_group"], at=at
        )


def test_an_agreement_begins_with_what_the_projects_standard_land_is_sold_with(
    sign_in, city, at, project, site
):
    zone, address = sign_in("zone_staff"), f"/projects/{project.key}/agreement/terms/"
    assert "取自本项目的标准地" not in text(zone.get(address))
    key = site("plot", area="52.5", intensity="320", tax="")
    taking = {"tenure": "land_granted", "from_on": at.date(), "by": city.people["office"]}
    take_site(site=key, holder=f"project:{project.key}", at=at, **taking)
    page = text(zone.get(address))
    assert "取自本项目的标准地“示例地块一”" in page
    assert 'name="promise-intensity" value="320"' in page and 'name="land" value="52.5"' in page


def test_a_site_page_left_open_reserves_for_the_survivor_of_a_merge(city, at, opened, site):
    into, gone = opened(name="主项目", code="").key, opened(name="并入项目", code="").key
    office = {"by": city.people["office"], "at": at}
    actions.merge_project(project=gone, into=into, takes=[], why="重复", **office)
    reserve_site(site=site("plot"), holder=f"project:{gone}", **office)
    assert Occupation.objects.open().get().holder == f"project:{into}"
