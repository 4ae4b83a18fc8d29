"""A meeting with three decisions, one topic carried over twice; its calendar, minutes and items.

The tests of a story run in their order.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from browser.steps import meetings, papers
from luodi.common.moments import LOCAL

pytestmark = pytest.mark.xdist_group("meetings")

TODAY = datetime.now(UTC).astimezone(LOCAL).date()
TOPIC = "园区增容方案的资金来源"
LINES = (
    "市工信局牵头，汇总企业用电需求",
    "由市能源局牵头提出增容方案",
    "开发区管委会负责列出闲置厂房清单",
)


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


def test_1_a_topic_is_carried_over_twice_before_it_is_taken(person, known):
    office = person("office")
    for name in ("第一次", "第二次", "第三次"):
        known[name] = meetings.register(office, f"示例{name}专题会")
    meetings.add_topic(office, known["第一次"], TOPIC)
    office.go(known["第一次"])
    meetings.carry_over(office, TOPIC, "资金渠道没有落实")
    office.go(known["第二次"])
    office.sees("已结转 1 次")
    meetings.carry_over(office, TOPIC, "等省里批复")
    office.go(known["第三次"])
    office.sees("已结转 2 次")
    office.shot("meeting-before")


def test_2_a_day_off_comes_back_in_words_and_the_meeting_is_called(person, known):
    office = person("office")
    saturday = TODAY + timedelta(days=5 - TODAY.weekday() + 7)
    meetings.call(office, known["第三次"], saturday.isoformat())
    office.sees("不是工作日")
    expect(office.page.locator("#id_place")).to_have_value("第二会议室")
    meetings.call(office, known["第三次"], TODAY.isoformat(), "急件，当天召开")
    office.sees("会议已通知")
    zone = person("zone")
    zone.go(known["第三次"], "示例第三次专题会")
    expect(zone.page.get_by_role("button", name="记下")).to_have_count(0)


def test_3_three_decisions_are_noted_with_the_keyboard(person, known):
    office = person("office")
    office.go(known["第三次"], "议定事项")
    for line in LINES:
        meetings.decide(office, line)
    expect(office.page.locator(".decided .tag", has_text="已记录")).to_have_count(3)
    meetings.discuss(office, TOPIC, "分两期安排")
    office.shot("meeting-during")
    meetings.everybody_came(office)
    office.press("登记召开")
    office.sees("已召开")
    office.press("立项交办 3 项")
    office.sees("议定事项已立项")
    expect(office.page.locator(".decided a", has_text="督〔")).to_have_count(3)


def test_4_the_minutes_are_signed_and_reach_the_zone(person, known):
    office = person("office")
    office.go(known["第三次"])
    office.press("开始拟纪要")
    office.sees("纪要已开始拟稿")
    office.press("定稿送审")
    office.sees("纪要已定稿送审")
    office.page.get_by_role("link", name=re.compile("会议纪要")).first.click()
    office.page.wait_for_url(re.compile(r"/papers/"))
    office.shot("meeting-minutes")
    address = office.page.url
    papers.check_and_sign(person("office-check"), person("office-leader"), address)
    zone = person("zone")
    zone.go(address, "会议议定事项")


def test_5_the_meeting_ends_and_its_decisions_are_followed(person, known):
    office = person("office")
    office.go(known["第三次"], "议题都有处理结果")
    office.press("结束会议")
    office.sees("已结束")
    office.shot("meeting-after")
    office.go("/supervision/decisions/", LINES[0])
    office.shot("decisions")
    office.go("/supervision/calendar/", "推定")
    office.shot("meeting-calendar")
    office.press("生成订阅地址")
    office.sees("只显示这一次")
