"""Projects by county and zone: sums with their working, drawn where the pack gives areas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from factories.city import MAKER, PASSWORD
from factories.projects import bulk_projects
from luodi.common.moments import Moment
from luodi.orgs.actions import appoint, found_city, open_account
from luodi.orgs.choices import Role
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import units_in
from luodi.packs import resolve
from luodi.projects import actions
from luodi.projects.cards import map_drawing
from luodi.projects.queries import map_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def real(at, settings):
    """A city with the counties of its pack, an office, and projects in two places and nowhere."""
    stack = resolve("jincheng")
    found_city(
        key="real", pack=stack.content(), units=units_in(stack, date(2026, 3, 1)), by=MAKER, at=at
    )
    units = dict(UnitState.objects.open().filter(of__city="real").values_list("name", "of"))
    person = appoint(
        name="示例-91",
        unit=units["晋城市商务局"],
        role=Role.OFFICE,
        by=MAKER,
        at=at,
        generated=True,
    ).key
    account = open_account(username="map", password=PASSWORD, person=person, by=MAKER, at=at)

    def opened(number: int, zone: str, **given):
        usual = {
            "name": f"示例{number}", "investor": f"投资方{number}", "origin": "lead",
            "zone": units[zone] if zone else "", "lead": units["晋城市商务局"],
            "signing": "none", "investment": "20000",
        }  # fmt: skip
        return actions.open_lead(city="real", details=usual | given, by=person, at=at).key

    keys = [
        opened(1, "泽州县人民政府"), opened(2, "泽州县人民政府", investment="15000.5"),
        opened(3, "高平市人民政府", signing="framework", investment="70000"),
        opened(4, "泽州县人民政府", investment=""), opened(5, ""), opened(6, "高平市人民政府"),
    ]  # fmt: skip
    actions.move_project(project=keys[5], to="ended", why="撤资", by=person, at=at)
    client = Client()
    client.force_login(account, backend="luodi.config.backends.AccountBackend")
    return client, person, keys


def test_each_place_has_its_projects_and_what_is_left_out_is_said(real, at):
    _client, person, keys = real
    page = map_page(viewer_of_person(person), Moment(at), "investment")
    first = page.places[0]
    assert (first.name, first.total.count, first.total.without) == ("泽州县", 3, 1)
    assert first.total.investment == Decimal("35000.5") and first.shade == 4
    gaoping = next(place for place in page.places if place.name == "高平市")
    assert (gaoping.total.count, gaoping.total.investment) == (1, 0)
    assert gaoping.total.intended == 70000
    assert (page.nowhere.count, page.ended, page.all.count) == (1, 1, 5)
    assert page.all.investment == Decimal("55000.5") and page.schematic and not page.undrawn
    assert ">3.5</text>" in map_drawing(page)
    by = {"by": person, "at": at}
    actions.merge_project(project=keys[1], into=keys[0], takes=[], why="重复", **by)
    page = map_page(viewer_of_person(person), Moment(at))
    assert page.places[0].total.count == 2 and page.all.count == 4


def test_the_page_draws_it_beside_the_table_and_exports(real):
    client, _person, _keys = real
    page = text(client.get("/projects/map/"))
    assert 'class="chart map"' in page and "shade-4" in page and "不是地界" in page
    assert "没有填落地区域的 1 个" in page and "已终止的 1 个" in page
    assert "/projects/?f_zone=%E6%B3%BD%E5%B7%9E%E5%8E%BF" in page
    assert "共 3 行" in text(client.get("/projects/?f_zone=%E6%B3%BD%E5%B7%9E%E5%8E%BF"))
    odd = text(client.get("/projects/map/?measure=x&library=y"))
    assert 'value="count" selected' in odd
    assert "亿元" in text(client.get("/projects/map/?measure=investment&library=leads"))
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(client.get("/projects/map/?export=xlsx").content)
    )
    rows = sheet.get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["泽州县", 3, 35000.5]
    english = {"headers": {"Accept-Language": "en"}}
    page = text(client.get("/projects/map/", **english))
    assert "Map of projects" in page and "A sketch of what lies" in page


def test_a_city_without_areas_has_the_table_and_says_so(sign_in, city, project):
    page = text(sign_in("office").get("/projects/map/"))
    assert "没有给出县区和开发区的图形" in page and "没有图形" in page and "<svg" not in page
    other = text(sign_in("other_clerk").get("/projects/map/"))
    assert "没有您范围内的项目" in other and "只统计您范围内的项目" in other
    assert sign_in("enterprise").get("/projects/map/").status_code == 403


def test_many_take_the_same_queries(sign_in, city, at, project, django_assert_max_num_queries):
    client = sign_in("office")
    client.get("/projects/map/")
    counted = set()
    for n in (0, 60):
        bulk_projects(city, n, at) if n else None
        with django_assert_max_num_queries(60) as seen:
            client.get("/projects/map/")
        counted.add(len(seen))
    assert len(counted) == 1
