"""A batch onto sites: the optimum, fixed and forbidden pairs, what blocks, who may, past moments."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest

from factories.sites import plant_details, plot_details
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.models import SitePair
from luodi.projects.queries import assigning_page
from luodi.sites.actions import register_site, reserve_site

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}


@pytest.fixture
def site(city, office):
    """`site("甲", 60)`: the key of a plot of so many mu."""

    def register(name, area, **given):
        said = plot_details(name=name, number=name, area=str(area), **given)
        place = {"city": city.key, "zone": city.units["开发区管委会"]}
        return register_site(kind="plot", details=said, **place, **office).key

    return register


@pytest.fixture
def batch(city, opened, office):
    """A batch, and its projects by name: `batch({"一": 40, "二": None})` with the land they need."""

    def make(needs, **more):
        keys = {}
        for name, land in needs.items():
            keys[name] = opened(name=f"项目{name}", investor=name, code="").key
            if land:
                need = {"wanted": "plot_wanted", "land": str(land), **more}
                actions.say_site_need(project=keys[name], need=need, **office)
        held = date(2026, 3, 1)
        key = actions.make_batch(city=city.key, title="一季度", held_on=held, **office).key
        actions.add_to_batch(batch=key, part="started", projects=list(keys.values()), **office)
        return key, keys

    return make


def page_of(city, key, moment, who="office"):
    return assigning_page(key, viewer_of_person(city.people[who]), moment)


def placed(page):
    return {one.project[1]: one.site[1] for one in page.placed}


def test_as_many_as_can_be_get_a_site_and_the_rest_hear_what_blocks(city, at, site, batch):
    site("小", 30), site("中", 50), site("大", 100)
    key, _keys = batch({"一": 25, "二": 28, "三": 45, "四": 200, "五": None})
    page = page_of(city, key, Moment(at))
    assert page.proven and "已证明最优" in page.outcome
    assert set(placed(page)) == {"项目一", "项目二", "项目三"}
    assert placed(page)["项目三"] in ("中", "大")
    [blocked] = page.blocked
    assert blocked.project[1] == "项目四" and "没有满足硬性条件" in blocked.says
    assert blocked.closest.startswith("大：") or "不满足" in blocked.closest
    assert [name for _key, name in page.needless] == ["项目五"]


def test_the_total_is_what_trying_all_ways_finds(city, at, site, batch):
    areas, lands = {"甲": 40, "乙": 55, "丙": 80}, {"一": 35, "二": 50, "三": 38}
    for name, area in areas.items():
        site(name, area, price="10")
    key, _keys = batch(lands)
    page = page_of(city, key, Moment(at))

    def worth(land, area):
        return -1 if area < land else max(0, 100 - (area - land))

    best = max(
        sum(worth(land, area) for land, area in zip(lands.values(), order, strict=True))
        for order in permutations(areas.values())
        if all(area >= land for land, area in zip(lands.values(), order, strict=True))
    )
    found = {one.project[1][2:]: one.site[1] for one in page.placed}
    assert sum(worth(lands[p], areas[s]) for p, s in found.items()) == best


def test_fixed_and_forbidden_pairs_are_kept_and_taken_back(city, at, site, batch, office):
    small, middle, large = site("小", 30), site("中", 50), site("大", 100)
    key, keys = batch({"一": 25, "二": 26})
    pair = {"batch": key, "project": keys["一"], **office}
    actions.pair_site(site=large, pairing="fixed_pair", why="书记会议定", **pair)
    page = page_of(city, key, Moment(at))
    assert placed(page)["项目一"] == "大" and placed(page)["项目二"] == "小"
    assert [one.fixed for one in page.placed if one.project[1] == "项目一"] == [True]
    with pytest.raises(Conflict, match="另一处"):
        actions.pair_site(site=middle, pairing="fixed_pair", **pair)
    with pytest.raises(Conflict, match="另一个项目"):
        actions.pair_site(site=large, pairing="fixed_pair", **{**pair, "project": keys["二"]})
    actions.unpair_site(site=large, **pair)
    for one in (small, middle, large):
        actions.pair_site(site=one, pairing="forbidden_pair", **pair)
    page = page_of(city, key, Moment(at))
    assert "都被禁止" in page.blocked[0].says and set(placed(page)) == {"项目二"}
    actions.pair_site(site=small, pairing="fixed_pair", **pair)
    assert placed(page_of(city, key, Moment(at)))["项目一"] == "小"
    first = SitePair.objects.order_by("since").first().since_id
    assert placed(page_of(city, key, Moment(at, first)))["项目一"] == "大"


def test_a_fixed_pair_that_can_not_be_is_said(city, at, site, batch, office):
    small = site("小", 30)
    key, keys = batch({"一": 45})
    actions.pair_site(batch=key, project=keys["一"], site=small, pairing="fixed_pair", **office)
    page = page_of(city, key, Moment(at))
    assert page.refusal == (
        "指定的项目一与小不满足硬性条件；用地面积：要求不低于45亩，实有30亩，不满足"
    )
    assert not page.placed


def test_who_has_a_site_already_takes_no_part_and_its_site_neither(city, at, site, batch, office):
    one, other = site("小", 30), site("中", 50)
    key, keys = batch({"一": 25, "二": 26})
    actions.pair_site(batch=key, project=keys["一"], site=other, pairing="fixed_pair", **office)
    reserve_site(site=one, holder=f"project:{keys['一']}", **office)
    page = page_of(city, key, Moment(at))
    assert [(p[1], where) for p, where in page.sited] == [("项目一", "小")]
    assert placed(page) == {"项目二": "中"} and page.pairs[0].idle
    later = page_of(city, key, Moment(at + timedelta(days=60)))
    assert not later.sited and len(later.placed) == 2


def test_names_that_stand_twice_are_told_apart(city, at, office, batch):
    for building in ("甲栋", "乙栋"):
        said = plant_details(building=building)
        zone = city.units["开发区管委会" if building == "甲栋" else "甲县"]
        register_site(kind="plant", city=city.key, zone=zone, details=said, **office)
        said = plot_details(name="同名", number="")
        register_site(kind="plot", city=city.key, zone=zone, details=said, **office)
    key, _keys = batch({"一": 25, "二": 26})
    assert set(placed(page_of(city, key, Moment(at))).values()) == {"同名", "同名 (2)"}


def test_odd_pairs_and_people_are_refused(city, at, site, batch, office, opened):
    one = site("小", 30)
    key, keys = batch({"一": 25})
    pair = {"batch": key, "project": keys["一"], "site": one}
    with pytest.raises(NotAllowed):
        actions.pair_site(**pair, pairing="fixed_pair", by=city.people["clerk"], at=at)
    with pytest.raises(NotFound):
        actions.pair_site(**{**pair, "batch": "0" * 16}, pairing="fixed_pair", **office)
    with pytest.raises(NotFound):
        outside = opened(name="外面的", investor="外", code="").key
        actions.pair_site(**{**pair, "project": outside}, pairing="fixed_pair", **office)
    with pytest.raises(NotFound):
        actions.pair_site(**{**pair, "site": "0" * 16}, pairing="fixed_pair", **office)
    with pytest.raises(Incomplete):
        actions.pair_site(**pair, pairing="maybe", **office)
    with pytest.raises(Conflict):
        actions.unpair_site(**pair, **office)
    actions.pair_site(**pair, pairing="fixed_pair", **office)
    with pytest.raises(Incomplete, match="没有改动"):
        actions.pair_site(**pair, pairing="fixed_pair", **office)


def test_the_page_solves_pairs_and_speaks_english(sign_in, city, site, batch):
    small, large = site("小", 30), site("大", 100)
    key, keys = batch({"一": 25, "四": 200})
    client, address = sign_in("office"), f"/projects/batches/{key}/sites/"
    assert "统筹选址" in text(client.get(f"/projects/batches/{key}/"))
    page = text(client.get(address))
    assert "已匹配1个，未匹配1个" in page and "没有满足硬性条件的对象" in page
    given = {"project": keys["一"], "site": large, "pairing": "fixed_pair", "why": "配套齐"}
    page = text(client.post(f"{address}pair/", given, follow=True))
    assert "配套齐" in page and ">大</a>" in page
    twice = client.post(f"{address}pair/", given | {"site": small})
    assert twice.status_code == 409 and "先取消" in text(twice)
    assert client.post(f"{address}pair/", given | {"site": "x"}).status_code == 422
    back = client.post(f"{address}unpair/", {"pair": f"{keys['一']} {large}"}, follow=True)
    assert "已取消" in text(back)
    assert client.post(f"{address}unpair/", {"pair": "x"}).status_code == 409
    english = text(client.get(address, headers={"Accept-Language": "en"}))
    assert "1 assigned, 1 not" in english and "proven optimal" in english
    assert "安排" not in english and "载体" not in english
    assert sign_in("leading_group").get(address).status_code == 200
    assert sign_in("clerk").get(address).status_code == 403
    assert client.get("/projects/batches/nothing/sites/").status_code == 404


def test_an_empty_batch_says_what_is_needed(sign_in, batch):
    key, _keys = batch({"一": None})
    assert "没有可以安排的" in text(sign_in("office").get(f"/projects/batches/{key}/sites/"))


def test_a_project_merged_away_takes_part_as_the_one_it_went_into(
    city, at, site, batch, office, opened
):
    site("小", 30)
    key, keys = batch({"一": 25})
    survivor = opened(name="并入后的项目", investor="一", code="").key
    need = {"wanted": "plot_wanted", "land": "26"}
    actions.say_site_need(project=survivor, need=need, **office)
    actions.merge_project(project=keys["一"], into=survivor, takes=[], why="同一项目", **office)
    assert placed(page_of(city, key, Moment(at))) == {"并入后的项目": "小"}
