"""A lead goes to its promised benefit; two projects want the same floor.

The tests of a story run in their order.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.steps import projects

pytestmark = pytest.mark.xdist_group("projects")


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A file that goes with a move."""
    path = tmp_path_factory.mktemp("papers") / "佐证.txt"
    path.write_text("生成的佐证材料", encoding="utf-8")
    return path


def test_1_a_lead_is_registered_and_reviewed(people, known):
    office = people("office")
    known["project"] = projects.register(office, "示例光学镀膜项目", investment="1.2亿元")
    office.sees("首次答复")
    projects.move(office, "评审")
    office.sees("还缺")
    projects.revise(office, known["project"], {"mode": "chain"}, output="20000")
    projects.moved(office, "洽谈")
    projects.moved(office, "评审")
    office.shot("project-review")


def test_2_a_framework_agreement_is_refused_at_the_gate_of_permits(people, known, paper):
    office = people("office")
    projects.revise(office, known["project"], {"signing": "framework"})
    office.sees("金额是意向")
    projects.moved(office, "签约", paper)
    projects.move(office, "手续")
    office.sees("框架协议不是正式合同")
    office.shot("project-refused")
    projects.revise(office, known["project"], {"signing": "contract"})


def test_3_an_override_stands_in_the_story(people, known):
    office = people("office")
    projects.move(office, "手续", override=True)
    office.sees("都要写明原因")
    office.go(known["project"])
    projects.moved(office, "手续", override=True, why="代码正在办理，先行启动手续")
    office.sees("例外放行")
    office.sees("当时缺")
    office.shot("project-override")


def test_4_it_comes_to_its_promised_benefit(people, known, paper):
    office = people("office")
    projects.revise(
        office,
        known["project"],
        {},
        code="2603-140500-04-01-765432",
        land="40",
        planned_production="2027-06-01",
    )
    for stage in ("开工", "入统", "投产", "达产"):
        projects.moved(office, stage, paper)
    projects.moved(office, "达效", paper, actual_output="20500")
    office.sees("20,500")
    office.shot("project-benefit")
    office.go("/projects/board/", "示例光学镀膜项目")
    expect(office.page.locator("[data-stage=at_promised_benefit] .card")).to_have_count(1)
    office.shot("project-board")


def test_5_the_brief_is_downloaded(people, known):
    office = people("office")
    office.go(known["project"])
    for name in ("一页纸 Word", "PDF"):
        with office.page.expect_download() as waiting:
            office.page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.path().stat().st_size > 5_000


def test_6_a_floor_is_registered(people, known):
    zone = people("zone")
    zone.go("/sites/plants/new/")
    if zone.page.locator("#id_zone").count():
        projects.chosen(zone, "zone", "开发区")
    given = {
        "building": "示例厂房C栋",
        "floor": "2层",
        "area": "3000",
        "load": "10",
        "height": "6",
        "power": "800",
        "rent": "11",
        "completed_on": "2025-12-01",
    }
    for field, said in given.items():
        zone.page.fill(f"#id_{field}", said)
    zone.page.locator("main form button").last.click()
    zone.page.wait_for_url(re.compile(r"/sites/[0-9a-z]{16}/$"))
    zone.shot("site-floor")


def test_7_two_want_the_same_floor_and_one_is_told(people, known):
    office, zone = people("office"), people("zone")
    for person, name in ((office, "示例精密模具项目"), (zone, "示例传感器项目")):
        address = projects.register(person, name, investment="6000")
        person.go(f"{address}sites/", "选址需求")
        projects.chosen(person, "wanted", "厂房")
        person.page.fill("#id_space", "2500")
        person.page.fill("#id_load", "8")
        person.press("保存并匹配")
        person.sees("合适的 1 处")
    office.shot("project-sites")
    office.press("预留")
    office.sees("本项目的载体")
    zone.press("预留")
    zone.sees("预留")
    expect(zone.page.locator("[role=alert]")).to_contain_text("示例精密模具项目")
    zone.shot("project-site-taken")
