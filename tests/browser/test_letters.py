"""A red light becomes a letter, signed, answered, put right; then an admonitory talk.

The tests of a story run in their order.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from browser.steps import letters

pytestmark = pytest.mark.xdist_group("letters")
ZONE = "晋城经济技术开发区管理委员会"
"""As the form of an item calls the zone of the account `zone`."""


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    """A file that goes with an answer."""
    path = tmp_path_factory.mktemp("papers") / "佐证.txt"
    path.write_text("生成的佐证材料", encoding="utf-8")
    return path


def day(days: int) -> str:
    """So many days from now, as a form takes it."""
    return (date.today() + timedelta(days=days)).isoformat()


def test_1_a_red_light_becomes_a_draft_that_its_unit_does_not_see(people, known):
    office = people("office")
    letters.red_item(office, "示例管网改造", ZONE, day(-20))
    known["letter"] = letters.draft(office, "示例管网改造")
    people("zone").go(known["letter"], "没有这份函件")
    office.go(known["letter"])
    known["paper"] = letters.freeze(office, "经调度，你单位示例管网改造进度滞后。")


def test_2_it_is_checked_signed_numbered_and_issued(people, known):
    office = people("office")
    letters.issue(
        office, people("office-check"), people("office-leader"), known["letter"], known["paper"]
    )
    people("zone-two").go(known["letter"], "没有这份函件")


def test_3_the_zone_signs_for_it_answers_and_puts_it_right(people, known, proof):
    zone, office = people("zone"), people("office")
    letters.answer(zone, people("zone-leader"), known["letter"], "已倒排工期", proof)
    letters.rectify(zone, office, known["letter"], "倒排工期，周报进度", day(10), proof)
    letters.close(office, known["letter"], "现场看过，已接通")


def test_4_a_talk_is_arranged_held_and_closed(people, known, proof):
    office, zone = people("office"), people("zone")
    letters.red_item(office, "示例供地手续", ZONE, day(-30))
    address = letters.draft(office, "示例供地手续", "talk_notice")
    office.press("定稿送审")
    office.sees("请先安排约谈")
    form = office.page.locator("form[action$='/talk/']")
    form.locator("select").select_option(index=1)
    form.locator("[name=held_at]").fill(f"{day(1)}T09:30")
    form.locator("[name=place]").fill("市政府第二会议室")
    form.locator("button").click()
    office.sees("约谈安排已保存")
    paper = letters.freeze(office, "经研究，决定约谈你单位。")
    letters.issue(office, people("office-check"), people("office-leader"), address, paper)
    record = office.page.locator("form[action$='/record/']")
    record.locator("[name=held_at]").fill(f"{day(0)}T00:01")
    record.locator("[name=record]").fill("指出问题，要求限期整改")
    record.locator("[name=commitments]").fill("月底前办结")
    record.locator("button").click()
    office.sees("约谈记录已保存")
    letters.answer(zone, people("zone-leader"), address, "已落实约谈要求", proof)
    letters.rectify(zone, office, address, "补齐供地材料", day(10), proof)
    letters.close(office, address, "材料齐全")
    office.shot("letter-talk")


def test_5_the_lists_count_them(people):
    office = people("office")
    office.go("/supervision/letters/", "已办结")
    office.shot("letters")
    office.go("/supervision/letters/counts/", "已整改到位")
    office.shot("letter-counts")
    leader = people("leader")
    leader.go("/supervision/letters/", "警示提醒函")
    leader.page.get_by_role("link", name="示例供地手续").first.click()
    leader.page.locator("a[href*='/supervision/ladders/']").first.click()
    leader.sees("督导阶梯")
    leader.shot("ladder")
