"""Zone, park, building, tenant; blocks and their business groups."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.sites import plant_details, plot_details
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import draw_block, give_up_block, redraw_block
from luodi.projects.models import BlockState
from luodi.projects.queries import blocks, parks
from luodi.sites.actions import register_site, reserve_site

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def zone(city) -> str:
    return city.units["开发区管委会"]


@pytest.fixture
def sites(city, at, zone) -> list[str]:
    """A plot and two floors of a building in one park, a floor elsewhere without a park."""
    given = {"city": city.key, "zone": zone, "by": city.people["office"], "at": at}
    made = [("plot", plot_details(park="光机电园"))]
    made += [("plant", plant_details(park="光机电园", floor=f"{n}层")) for n in (1, 2)]
    made += [("plant", plant_details(building="零星厂房"))]
    return [register_site(kind=kind, details=said, **given).key for kind, said in made]


def tree(city, at, who="office"):
    return parks(viewer_of_person(city.people[who]), Moment(at + timedelta(hours=1)))


def drawn(city, at, zone, who="office", **given):
    usual = {"city": city.key, "zone": zone, "name": "一区块", "group": "业务一组"}
    usual |= {"parks": ["光机电园"], "by": city.people[who], "at": at}
    return draw_block(**(usual | given))


def test_the_tree_goes_down_to_the_tenant(city, at, sites, project, zone):
    reserve_site(
        site=sites[1],
        holder=f"project:{project.key}",
        by=city.people["office"],
        at=at,
    )
    drawn(city, at, zone)
    [found] = tree(city, at)
    named, unnamed = found.parks
    assert (named.name, unnamed.name, named.block.group) == ("光机电园", "", "业务一组")
    [building] = named.buildings
    tenants = [spot.tenant for spot in building.floors]
    assert tenants[0].name == "示例光电产业园项目" and tenants[1] is None
    assert (named.area, named.projects, len(named.plots)) == (60, 1, 1)
    [theirs] = tree(city, at, "other_clerk")
    assert theirs.parks[0].buildings[0].floors[0].tenant.address == ""


def test_a_park_lies_in_one_block_and_names_are_once(city, at, sites, zone):
    drawn(city, at, zone)
    with pytest.raises(Conflict, match="光机电园已经在“一区块”里"):
        drawn(city, at, zone, name="二区块")
    with pytest.raises(Conflict, match="同名的区块"):
        drawn(city, at, zone, parks=[])
    with pytest.raises(Incomplete, match="请填写区块名称"):
        drawn(city, at, zone, name=" ", parks=[])


def test_blocks_change_and_end_with_a_reason(city, at, sites, zone):
    block = drawn(city, at, zone, who="zone_staff")
    seen = BlockState.objects.open().get().since_id
    given = {"block": block.key, "by": city.people["zone_staff"], "at": at}
    redraw_block(name="一区块", group="业务二组", parks=["光机电园"], seen=seen, **given)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        give_up_block(why="调整", seen=seen, **given)
    seen = BlockState.objects.open().get().since_id
    with pytest.raises(Incomplete):
        give_up_block(why=" ", seen=seen, **given)
    give_up_block(why="区划调整", seen=seen, **given)
    assert blocks(viewer_of_person(city.people["office"]), Moment(at)) == []


def test_others_may_not_draw(city, at, sites, zone):
    with pytest.raises(NotAllowed):
        drawn(city, at, zone, who="clerk")
    with pytest.raises(NotAllowed):
        drawn(city, at, city.units["甲县"], who="zone_staff")


def test_the_pages_draw_and_give_up(city, sign_in, sites, zone):
    client = sign_in("office")
    said = {"zone": zone, "name": "一区块", "group": "业务一组", "parks": ["光机电园"]}
    page = client.post("/projects/blocks/new/", said, follow=True).content.decode()
    assert "业务一组" in page and "示例厂房A栋" in page
    block = BlockState.objects.open().get()
    address = f"/projects/blocks/{block.block_id}/"
    again = client.post("/projects/blocks/new/", said | {"name": "二区块"})
    assert again.status_code == 409 and "二区块" in again.content.decode()
    changed = {"name": "一区块", "group": "业务三组", "seen": block.since_id}
    assert "业务三组" in client.post(address, changed, follow=True).content.decode()
    assert sign_in("clerk").get(address).status_code in (403, 404)
    seen = BlockState.objects.open().get().since_id
    ended = client.post(f"{address}give-up/", {"why": "调整", "seen": seen}, follow=True)
    assert "业务三组" not in ended.content.decode()
    english = client.get("/projects/parks/", headers={"accept-language": "en"}).content.decode()
    assert "Draw up a block" in english and "园区</h1>" not in english


def test_as_many_queries_for_many(city, at, sign_in, sites, zone, django_assert_max_num_queries):
    client, counts = sign_in("office"), []
    for turn in range(2):
        with django_assert_max_num_queries(40) as asked:
            client.get("/projects/parks/")
        counts.append(len(asked))
        for n in range(5):
            said = plant_details(building=f"厂房{turn}{n}", park=f"园{turn}{n}")
            register_site(
                city=city.key, zone=zone, kind="plant", details=said,
                by=city.people["office"], at=at,
            )  # fmt: skip
    assert counts[0] >= counts[1] - 1
