"""A project finds a plant and reserves it while a second person tries the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.conftest import PEOPLE
from factories.site import Site, fresh_site

MADE = f"""{PEOPLE}
from datetime import date
from luodi.orgs.models import Account, UnitState
from luodi.projects.actions import open_lead, say_site_need
from luodi.sites.actions import register_site
at = datetime(2026, 3, 2, 1, tzinfo=UTC)
office = Account.objects.get(username="office").person
city = office.city
units = {{s.short_name or s.name: s.of_id for s in UnitState.objects.open()}}
by = {{"by": office.key, "at": at}}
zone = units["开发区管委会"]
plant = {{"building": "生成的厂房", "floor": "1层", "area": "3000", "load": "10", "height": "7.2",
         "clean_class": "iso_8", "power": "1250", "rent": "12.5", "completed_on": date(2025, 12, 1)}}
for floor, height in (("1层", "7.2"), ("2层", "4.2")):
    register_site(kind="plant", city=city, zone=zone,
                  details=plant | {{"floor": floor, "height": height}}, **by)
for name, lead in (("生成的光学项目", "市工信局"), ("生成的模具项目", "开发区管委会")):
    made = open_lead(city=city, details={{"name": name, "lead": units[lead], "zone": zone}}, **by)
    if "模具" in name:
        need = {{"wanted": "plant_wanted", "space": "2500", "height": "6"}}
        say_site_need(project=made.key, need=need, **by)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two floors of a plant and two projects that want one."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", MADE) as one:
        one.start()
        yield one


def opened(person, name):
    """The tab of a project where its site is looked for."""
    person.go("/projects/", see=name)
    person.page.get_by_role("link", name=name).locator("visible=true").first.click()
    person.page.get_by_role("link", name="选址", exact=True).click()
    return person


def test_of_two_who_want_the_same_plant_one_wins_and_the_other_is_told(person):
    optics, moulds = (
        opened(person("gongxin"), "生成的光学项目"),
        opened(person("zone"), "生成的模具项目"),
    )
    optics.sees("先填写选址需求")
    page = optics.page
    page.select_option("select[name=wanted]", label="标准厂房")
    page.fill("input[name=space]", "2500")
    page.fill("input[name=height]", "6")
    optics.press("保存并匹配")
    optics.sees("合适的 1 处")
    optics.sees("层高：要求不低于6米，实有4.2米，不满足")
    optics.shot("siting")
    moulds.sees("合适的 1 处")
    optics.press("预留")
    optics.sees("已为本项目预留")
    moulds.press("预留")
    moulds.sees("到期；没有为您预留")
    moulds.shot("siting-too-late")
    moulds.sees("合适的 0 处")
    optics.go("/sites/plants/", see="已预留")
    optics.shot("plants")
