"""An assessment from draft to published, with one objection upheld.

The city's pack has no time for objections and notices here: nothing has to be waited for. The
tests of the story run in their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser.steps import appraisals
from factories.appraisals import SMALL
from factories.site import PREPARED, Site, fresh_site

pytestmark = pytest.mark.xdist_group("appraisal")

PREPARE = f"""{PREPARED}
import json
from datetime import UTC, datetime
from luodi.cli.demo.people import found
from luodi.orgs.actions import renew_pack
from luodi.packs import resolve
at = datetime(2026, 1, 5, 1, tzinfo=UTC)
cast = found(at)
content = resolve("jincheng").content()
rules = content[-1]["rules"]
waits = ("appraisal.objection", "appraisal.notice")
rules["clocks"] = [one for one in rules["clocks"] if one["applies_to"] not in waits]
rules["schemes"] = [*rules["schemes"], json.loads({json.dumps(json.dumps(SMALL))})]
renew_pack(city=cast.city, pack=content, by="system:demo", at=at)
"""
MINE = {"output:actual": "30", "growth:actual": "105", "growth:base": "100", "tasks:actual": "8"}
OTHER = {"output:actual": "28", "growth:actual": "110", "growth:base": "100", "tasks:actual": "9"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The people of the demo city, and a small scheme."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", PREPARE) as one:
        one.start()
        yield one


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


def test_1_the_office_opens_it_and_asks_for_self_reports(people, known):
    office = people("office")
    known["appraisal"] = appraisals.opened(office, "示例考核")
    appraisals.step(office, known["appraisal"], "open_self_reports")
    office.sees("待自评")
    office.shot("appraisal-procedure")


def test_2_a_zone_reports_through_its_own_people(people, known):
    clerk = people("zone")
    address = appraisals.fill(clerk, MINE)
    clerk.sees("待科长审核")
    for signer in ("zone-head", "zone-leader"):
        appraisals.pass_on(people(signer), address)
    people("zone-leader").sees("已报出")
    people("zone-leader").shot("self-report")
    known["other"] = appraisals.fill(people("zone-two"), OTHER)


def test_3_the_office_of_the_data_verifies_with_a_figure_of_its_own(people, known):
    office = people("office")
    appraisals.step(office, known["appraisal"], "begin_verification")
    appraisals.accept_all(office, known["appraisal"], {"核实数 开发区管委会 产值": "25"})
    expect(office.page.get_by_text("\u22125").first).to_be_visible()
    appraisals.count(office, known["appraisal"], "开发区管委会 表彰", "1", "表彰决定")
    appraisals.compute(office, known["appraisal"])
    for summary in office.page.locator("details.score > summary").all():
        summary.click()
    office.sees("表彰决定")
    appraisals.step(office, known["appraisal"], "take_first_result", "其余单位未报，先出初步结果")
    appraisals.step(office, known["appraisal"], "show_result")


def test_4_the_zone_objects_and_is_upheld(people, known, tmp_path):
    paper = tmp_path / "年报.txt"
    paper.write_text("生成的年报", encoding="utf-8")
    zone, office = people("zone"), people("office")
    known["objection"] = appraisals.object_to(
        zone, known["appraisal"], "output:actual", "年报为 30 亿元", "30", paper
    )
    office.go(known["objection"])
    office.page.fill("textarea[name=why]", "年报属实")
    office.press("认定成立")
    office.sees("成立，待更正")
    office.page.fill("input[name=figure]", "30")
    office.page.locator("form[action$='/correct/'] textarea").fill("年报第 3 页")
    office.press("核定更正数")
    office.sees("已办理")
    appraisals.compute(office, known["appraisal"])
    office.go(known["appraisal"] + "procedure/")
    office.press("把更正后的计算与异议挂接")
    zone.go(known["objection"])
    zone.sees("成立，已更正")
    zone.sees("名次")
    zone.shot("appraisal-objection")


def test_5_it_is_noticed_decided_published_and_rewarded(people, known):
    office, leader = people("office"), people("leader")
    appraisals.step(office, known["appraisal"], "begin_review")
    appraisals.sign(people, known["appraisal"], "appraisal_notice")
    leader.go(known["appraisal"] + "procedure/")
    leader.page.fill("textarea[name=words]", "同意")
    leader.page.locator("form[action$='/decide/'] button").click()
    leader.sees("审定结果")
    appraisals.sign(people, known["appraisal"], "appraisal_bulletin")
    appraisals.step(office, known["appraisal"], "publish")
    appraisals.step(office, known["appraisal"], "reward")
    office.sees("奖惩兑现")
    office.shot("appraisal-rewarded")
