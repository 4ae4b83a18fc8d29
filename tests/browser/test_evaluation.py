"""A plan is evaluated: a unit and a third party speak, it is judged, reported, signed, made public.

The tests of a story run in their order.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.steps import papers
from factories.site import PREPARED, fresh_site

pytestmark = pytest.mark.xdist_group("evaluation")

PLANNED = f"""{PREPARED}
from datetime import UTC, datetime
from luodi.cli.demo.people import found
from luodi.cli.demo.story import adopt
adopt(found(datetime(2026, 1, 5, 1, tzinfo=UTC)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with the people of the demo city and its adopted plan."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", PLANNED) as one:
        one.start()
        yield one


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


def test_1_the_office_opens_it_and_a_unit_speaks(people, known):
    office = people("office")
    office.go("/assessment/evaluations/")
    office.shot("evaluations")
    office.page.fill("input[name=period]", "2026H1")
    office.press("开展评估")
    office.sees("责任单位已收到自评通知")
    known["page"] = office.page.url
    office.shot("evaluation-open")
    unit = people("gongxin")
    unit.go(known["page"])
    unit.sees("只显示由您所在单位负责")
    unit.page.select_option("select[name=verdict]", "met")
    unit.page.fill("textarea[name=words]", "首批清单已提交并对接")
    unit.press("保存自评")
    unit.sees("与评判不一致")
    unit.shot("evaluation-self")


def test_2_a_third_party_speaks_and_it_is_judged(people, known, tmp_path):
    office = people("office")
    paper = tmp_path / "第三方意见.txt"
    paper.write_text("生成的第三方意见", encoding="utf-8")
    office.go(known["page"])
    form = office.page.locator("form[action$='/opinion/']")
    form.locator("input[name=institution]").fill("示例研究院")
    form.locator("textarea[name=words]").fill("总体可行")
    form.locator("input[type=file]").set_input_files(paper)
    form.locator("button").click()
    office.sees("第三方意见已登记")
    office.page.locator("form[action$='/judge/'] button").click()
    office.sees("评判已保存")
    office.shot("evaluation-judged")
    form = office.page.locator("form[action$='/conclude/']")
    form.locator("textarea[name=conclusion]").fill("半年进度总体正常")
    form.locator("textarea[name=public_words]").fill("上半年按计划推进")
    form.locator("button").click()
    office.sees("结论已登记")


def test_3_the_report_is_checked_and_signed(people, known):
    office = people("office")
    office.go(f"{known['page']}report/")
    expect(office.page.locator("article.official")).to_contain_text("半年进度总体正常")
    office.press("定稿送审")
    office.page.wait_for_url("**/papers/**")
    known["paper"] = office.page.url
    papers.check_and_sign(people("office-check"), people("office-leader"), known["paper"])
    office.go(known["paper"])
    office.page.locator("article.official .figure").first.click()
    expect(office.page.locator(".drawer")).to_be_visible()
    office.shot("evaluation-figure-source")


def test_4_the_leading_group_decides_what_is_public(people, known):
    leader = people("leader")
    leader.go(f"{known['page']}public/")
    leader.sees("现在还没有公开")
    leader.shot("evaluation-public")
    leader.press("决定公开")
    leader.sees("以下内容已固定")
    expect(leader.page.locator("article.public-version")).to_contain_text("上半年按计划推进")
    expect(leader.page.locator("article.public-version")).not_to_contain_text("首批清单已提交")
