"""A plan with planted mistakes: found, decided on, written to its issuer, followed up.

The tests are the steps of one story and run in their order.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from browser.steps import checking, looking, papers, reading
from factories.reading import FAULTY

pytestmark = pytest.mark.xdist_group("check")
SHARE, GROWTH, NUMBERING = "12 ÷ 28", "31 ÷ 20", "编号“4.”"
UNIT = "晋城市工业和信息化局"


OTHER = """青河区人民政府
关于印发青河区特色产业五年规划的通知

青政发〔2026〕3号

各镇人民政府：
现将规划印发给你们。

青河区人民政府
2026年1月8日

青河区特色产业五年规划

一、目标
到2027年，特色产业产值达到60亿元以上。

二、任务
（一）育龙头
1.扶持骨干企业。按季度调度。（责任单位：区工信局）
"""


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


def test_1_the_plan_is_imported_and_its_errors_stand_on_the_first_page(people, known, tmp_path):
    office = people("office")
    path = tmp_path / "提升方案.txt"
    path.write_text(FAULTY, encoding="utf-8")
    office.go("/documents/import/")
    office.page.set_input_files("#id_file", path)
    office.press("导入")
    reading.watch(office)
    known["room"] = office.page.url.partition("?")[0]
    office.go(known["room"])
    expect(office.page.locator(".mark-finding.error").first).to_be_visible()
    office.shot("room-findings")
    checking.go_to_check(office)
    known["check"] = office.page.url.partition("?")[0]
    office.shot("findings")


def test_2_the_office_decides_by_keyboard(people, known):
    office = people("office")
    checking.accept_by_key(office, SHARE, "42.9%")
    checking.dismiss_by_key(office, GROWTH, "按可比价计算，口径不同。")
    checking.undo_by_key(office, GROWTH)
    checking.dismiss_by_key(office, GROWTH, "按可比价计算，口径不同。")
    due = (date.today() + timedelta(days=20)).isoformat()
    known["item"] = checking.supervise(office, NUMBERING, UNIT, due)
    expect(office.page.locator("#facets")).to_contain_text("不采纳 1")
    office.shot("findings-decided")
    checking.walk_both_ways(office, known["item"], NUMBERING)


def test_3_the_note_to_the_issuer_is_drafted_signed_and_downloaded(people, known, tmp_path):
    office = people("office")
    paper = checking.draft_note(office, known["check"], "经逐项核对，有一处请予核实。")
    papers.check_and_sign(people("office-check"), people("office-leader"), paper)
    words = papers.words_of(papers.download(office, paper, tmp_path))
    assert "青河区人民政府：" in words and "有一处请予核实" in words
    assert "占比46.8%" in words and "12 ÷ 28 = 42.9%" in words and "更正为“42.9%”" in words
    assert "31 ÷ 20" not in words and "函〔" in words
    office.go(known["check"])
    expect(office.page.locator("#check-side")).to_contain_text("已签发")
    expect(checking.finding(office, SHARE).locator("button")).to_have_count(0)
    office.shot("findings-noted")


def test_4_the_unit_gets_the_item_and_not_the_document(people, known):
    gongxin = people("gongxin")
    gongxin.go(known["item"], see="文件核查")
    expect(gongxin.page.locator(".sentence")).to_contain_text(NUMBERING)
    expect(gongxin.page.locator(".sentence a")).to_have_count(0)
    looking.refused(gongxin, known["check"], "没有这份文件")


def test_5_another_document_of_the_district_sets_the_target_higher(people, known):
    office = people("office")
    office.go("/documents/import/")
    office.page.fill("#id_text", OTHER)
    office.page.fill("#id_title", "五年规划")
    office.press("导入")
    reading.watch(office)
    checking.compare(office, known["check"], "青河区特色产业五年规划", "60亿元")
