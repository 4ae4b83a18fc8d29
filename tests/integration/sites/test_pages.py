"""The pages of sites: lists, page, forms; scope, English, and queries that don't grow."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from factories.sites import bulk_sites, plant_details, plot_details
from luodi.common.doors import find_subject
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.sites import actions
from luodi.sites.models import PlotState, Site

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def test_a_plot_is_registered_revised_and_nobody_overwrites(sign_in, city):
    zone = sign_in("zone_staff")
    assert "登记地块" in text(zone.get("/sites/plots/new/"))
    given = plot_details() | {"zone": city.units["开发区管委会"], "standard": "on"}
    page = text(zone.post("/sites/plots/new/", given, follow=True))
    assert "载体已登记" in page and "示例地块一" in page and "先租后让" in page and "标准地" in page
    key = Site.objects.get().key
    address = f"/sites/{key}/revise/"
    page = text(zone.get(address))
    assert 'value="16.8"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    given |= {"price": "20", "seen": seen}
    assert "修改：地价。" in text(zone.post(address, given, follow=True))
    stale = zone.post(address, given | {"price": "30"})
    assert stale.status_code == 409 and "刚刚有了变化" in text(stale)


def test_a_floor_is_registered_with_the_use_rate_and_its_working(sign_in, city, at, plant, project):
    first = plant()
    plant(floor="2层", area="1000")
    plant(floor="3层", area="500", completed_on=None)
    plant(floor="4层", area="")
    actions.take_site(
        site=first, holder=project(), tenure="let", from_on=date(2026, 3, 1),
        by=city.people["office"], at=at,
    )  # fmt: skip
    page = text(sign_in("office").get("/sites/plants/"))
    assert "<b>75.00</b>%" in page and "已用 3,000 ÷ 已建成 4,000（平方米，2 处）" in page
    assert "不计入的 2 处" in page and "尚未建成" in page and "没有填面积" in page
    assert "已使用面积占已建成面积的比重" in page


def test_nothing_built_has_no_rate_and_says_why(sign_in, city):
    page = text(sign_in("office").get("/sites/plants/"))
    assert "不能计算" in page and "这里还没有标准厂房" in page


def test_bad_input_comes_back_with_what_was_written(sign_in, city):
    office = sign_in("office")
    given = plot_details() | {"zone": city.units["开发区管委会"]}
    for change, words in (
        ({"area": "-3"}, "不能是负数"),
        ({"area": ""}, "请填写地块面积"),
        ({"price": "3米"}, "地价"),
        ({"use": "commercial", "supply_years": 50}, "40 年之间"),
        ({"appraisals": ["environment", "zodiac"]}, "zodiac"),
        ({"zone": ""}, "示例地块一"),
    ):
        answer = office.post("/sites/plots/new/", given | change)
        assert answer.status_code == 422, change
        assert words in text(answer) and "示例地块一" in text(answer)
    assert not Site.objects.exists()


def test_names_numbers_and_floors_are_there_once_in_a_zone(city, plot, plant, office):
    plot(), plant()
    with pytest.raises(Conflict, match="同名"):
        plot(number="")
    with pytest.raises(Conflict, match="宗地编号"):
        plot(name="另一个")
    with pytest.raises(Conflict, match="同一楼层"):
        plant()
    second = plot(name="另一个", number="")
    with pytest.raises(Conflict, match="同名"):
        actions.revise_site(site=second, details=plot_details(number=""), **office)
    with pytest.raises(Incomplete, match="没有改动"):
        actions.revise_site(site=second, details=plot_details(name="另一个", number=""), **office)
    elsewhere = {"city": city.key, "zone": city.units["甲县"]}
    actions.register_site(kind="plot", details=plot_details(), **elsewhere, **office)


def test_only_the_office_and_the_zone_keep_its_sites(sign_in, city, at, plot):
    key, zone = plot(), city.units["开发区管委会"]
    for who in ("clerk", "leading_group", "statistician"):
        by = {"by": city.people[who], "at": at}
        with pytest.raises(NotAllowed):
            actions.register_site(
                city=city.key, zone=zone, kind="plant", details=plant_details(), **by
            )
        with pytest.raises(NotAllowed):
            actions.revise_site(site=key, details=plot_details(price="1"), **by)
    by = {"by": city.people["zone_staff"], "at": at}
    with pytest.raises(NotAllowed):
        other = city.units["甲县"]
        actions.register_site(
            city=city.key, zone=other, kind="plant", details=plant_details(), **by
        )
    office = {"by": city.people["office"], "at": at}
    with pytest.raises(NotFound):
        actions.register_site(
            city=city.key,
            zone=city.units["市统计局"],
            kind="plot",
            details=plot_details(),
            **office,
        )
    assert "修改</a>" in text(sign_in("zone_staff").get(f"/sites/{key}/"))
    page = text(sign_in("clerk").get(f"/sites/{key}/"))
    assert "修改</a>" not in page and "登记出让" not in page
    assert sign_in("clerk").get(f"/sites/{key}/revise/").status_code == 403
    assert sign_in("enterprise").get(f"/sites/{key}/").status_code == 403
    assert sign_in("office").get("/sites/zzzz/").status_code == 404


def test_a_site_is_reserved_let_and_released_on_its_page(sign_in, city, plot, project):
    key, holder = plot(), project()
    number = holder.partition(":")[2]
    clerk, zone = sign_in("clerk"), sign_in("zone_staff")
    refused = clerk.post(f"/sites/{key}/reserve/", {"holder": "随便写的", "why": "试试"})
    assert refused.status_code == 404 and "试试" in text(refused)
    given = {"holder": f"http://x/projects/{number}/", "why": "意向"}
    page = text(clerk.post(f"/sites/{key}/reserve/", given, follow=True))
    assert "已预留" in page and "示例光电产业园项目" in page and "怎样算出来的" in page
    assert "本地默认，待确认" in page
    late = clerk.post(f"/sites/{key}/reserve/", given)
    assert late.status_code == 409 and "到期" in text(late)
    given = {"holder": holder, "tenure": "let", "from_on": "2026-03-10"}
    page = text(zone.post(f"/sites/{key}/take/", given, follow=True))
    assert "已登记使用" in page and "登记使用：出租。" in page
    missing = zone.post(f"/sites/{key}/release/", {"why": ""})
    assert missing.status_code == 422
    page = text(zone.post(f"/sites/{key}/release/", {"why": "退租"}, follow=True))
    assert "已释放" in page and "退租" in page


def test_roll_ups_filters_and_the_sheet(sign_in, city, at, plot, project):
    plot()
    held = plot(name="示例地块二", number="2", area="15.5", use="logistics")
    taking = {"tenure": "land_granted", "from_on": at.date(), "by": city.people["office"]}
    actions.take_site(site=held, holder=project(), at=at, **taking)
    office = sign_in("office")
    page = text(office.get("/sites/"))
    assert "<b>60</b><span>空闲（亩）" in page and "<b>15.5</b><span>已用（亩）" in page
    assert "共 1 行" in text(office.get("/sites/?f_state=空闲"))
    sheet = CalamineWorkbook.from_filelike(BytesIO(office.get("/sites/?export=xlsx").content))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert len(rows) == 3 and rows[2][4] == 15.5 and rows[2][1] == "已用"
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(office.get("/sites/plants/?export=xlsx").content)
    )
    assert len(sheet.get_sheet_by_index(0).to_python()) == 1


@pytest.mark.parametrize("who", ["office", "clerk"])
@pytest.mark.parametrize("address", ["/sites/", "/sites/plants/"])
def test_one_row_and_many_take_the_same_queries(
    sign_in, django_assert_max_num_queries, city, at, plot, plant, who, address
):
    plot(), plant()
    client, day = sign_in(who), (at + timedelta(days=1)).date().isoformat()
    client.get(address)  # the pack's rules are read once and kept
    counts = {"": [], day: []}
    for n in (0, 30):
        bulk_sites(city, n, at) if n else None
        for asked, seen in counts.items():
            client.post("/as-of/", {"day": asked})
            with django_assert_max_num_queries(40) as queries:
                assert client.get(address).status_code == 200
            seen.append(len(queries))
    assert all(first == last for first, last in counts.values())


def test_search_finds_a_site_and_the_pages_speak_english(sign_in, city, plot, plant):
    key, floor = plot(), plant()
    found = find_subject(f"site:{key}")
    assert found.address == f"/sites/{key}/" and found.body == "SL-01"
    assert find_subject(f"site:{floor}").title == "示例厂房A栋 1层"
    assert find_subject("site:nothing") is None
    office = sign_in("office")
    pages = {"/sites/": "Plots", "/sites/plants/": "Use rate", f"/sites/{key}/": "Supply mode",
             f"/sites/{floor}/": "Floor load"}  # fmt: skip
    for address, words in pages.items():
        page = text(office.get(address, headers={"Accept-Language": "en"}))
        assert words in page and "载体" not in page
    assert PlotState.objects.open().count() == 1


def test_who_keeps_no_zone_is_told_so_and_offered_nothing(sign_in, city, plot):
    plot()
    clerk, zone = sign_in("clerk"), sign_in("zone_staff")
    for address in ("/sites/", "/sites/plants/", "/sites/plan/"):
        assert 'class="button"' not in text(clerk.get(address))
        assert 'class="button"' in text(zone.get(address))
    for address in ("/sites/plots/new/", "/sites/plants/new/", "/sites/import/"):
        assert "您不负责任何区域" in text(clerk.get(address))
        assert "您不负责任何区域" not in text(zone.get(address))


def test_a_letting_that_is_over_stays_taken_and_the_page_says_so(sign_in, city, at, plant, project):
    key, reserved = plant(), plant(floor="2层")
    now = timezone.now()
    actions.reserve_site(site=reserved, holder=project(), by=city.people["office"], at=now)
    actions.take_site(
        site=key, holder=project(name="另一个"), tenure="let", from_on=at.date(), until_on=date(2026, 6, 30),
        by=city.people["office"], at=at,
    )  # fmt: skip
    page = text(sign_in("office").get(f"/sites/{key}/"))
    assert "已届满，请续办或释放" in page and "2026-06-30" in page
    assert "2026-06-30" in text(sign_in("office").get("/sites/plants/?sort=ends"))
