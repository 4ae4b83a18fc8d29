"""The whole chain, from a plan's sentence to the report that is filed back, in one site.

The tests are the steps of one story and run in their order.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.steps import items, looking, months, papers, reading, years

pytestmark = pytest.mark.xdist_group("chain")
PLAN = files("luodi") / "cli" / "demo" / "plan.txt"
NOTICE = """关于做好园区季度检查工作的通知

各有关单位：

一、主要任务

1.开展设施检查。逐项核对台账，2027年3月底前完成。（责任单位：市工信局、开发区管委会）

2.报送检查结果。汇总问题清单并提出建议。（责任单位：开发区管委会）

晋城市人民政府办公室
2026年11月2日
"""
LIST, RANKS = "编制产业链攻坚清单", "培育专精特新梯队"
PROBLEM = "两户企业申报材料不齐，需要科技部门辅导。"
SECRET = "尚未报出的雏形草稿"
OLD = """
from datetime import UTC, date, datetime
from luodi.ledger.actions import open_item
from luodi.orgs.models import Account, UnitState
office = Account.objects.get(username="office")
unit = UnitState.objects.open().get(short_name="市工信局")
item = open_item(
    city=unit.of.city, source="visit", title="供电缺口核实", content="演示：走访中反映。",
    lead=unit.of_id, due_on=date(2026, 2, 20), by=office.person_id,
    at=datetime(2026, 2, 3, 1, tzinfo=UTC),
)
print(item.key)
"""


@pytest.fixture(scope="module")
def known(site) -> dict[str, str]:
    """What one step leaves for the next; an item of last February is there from the start."""
    return {"old": f"/ledger/{site.python(OLD)}/"}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory) -> Path:
    """A file a unit shows as evidence."""
    path = tmp_path_factory.mktemp("evidence") / "走访记录.txt"
    path.write_text("走访记录：示例企业。", encoding="utf-8")
    return path


def test_1_the_office_imports_reviews_and_adopts_the_plan(known, people, tmp_path):
    office = people("office")
    path = tmp_path / "攻坚行动方案.txt"
    path.write_text(PLAN.read_text(encoding="utf-8"), encoding="utf-8")
    reading.choose_and_import(office, path)
    known["room"] = office.page.url
    office.shot("room")
    reading.review_by_keys(office)
    reading.correct(office, "13.", "2027年6月底前")
    reading.split_and_merge(office, "5.")
    reading.confirm_lead(office, "1.", "市工信局")
    reading.accept_the_rest(office)
    reading.adopt(office)
    created = office.page.locator(".created")
    expect(created).to_contain_text("举措 17")
    expect(created).to_contain_text("攻坚行动工作专班")


def test_2_a_second_paper_is_dropped_or_pasted(people):
    office = people("office")
    reading.drop_and_paste(office, NOTICE)
    assert office.page.locator("#cards .card.measure").count() == 2


def test_3_the_zone_writes_its_year(people):
    zone = people("zone")
    years.open_year(zone)
    years.write_the_year(zone)
    years.date_many(zone)


def test_4_units_report_and_sign_and_the_office_returns_one(site, people, known, evidence):
    known["round"] = key = months.open_month(site)
    zone, office = people("zone"), people("office")
    zone.go("/")
    expect(zone.page.locator(".where")).to_have_text("晋城市 · 开发区管委会")
    zone.shot("today-zone")
    sheet = months.draft_survives(zone, key, LIST, "走访链上企业12家，列出缺失环节9个。")
    months.attach(sheet, LIST, evidence)
    sheet.type(RANKS, "完成首轮走访，建档36户。", PROBLEM)
    zone.shot("sheet")
    sheet.hand_in(LIST, RANKS)
    assert sheet.nothing_new("本月按计划处于资料收集阶段，无新增进展") == 15
    zone.shot("sheet-after")
    months.sign_off(people, "zone")
    _lead_consolidates(people, key)
    office.go(f"/round/{key}/", see="待采用")
    office.shot("round")
    months.send_back(office, key, RANKS, "开发区管委会", "请写明辅导人员和申报时间")
    zone.go("/")
    zone.sees("退回")
    zone.shot("today-returned")
    sheet = months.Sheet(zone, key)
    zone.sees("请写明辅导人员和申报时间")
    zone.shot("sheet-returned")
    sheet.type(RANKS, "完成首轮走访，建档36户，每户明确一名辅导人员。")
    sheet.hand_in(RANKS)
    months.sign_off(people, "zone")


def _lead_consolidates(people, key: str) -> None:
    """市工信局 leads the first measure: it takes the zone's part into its own words."""
    gongxin = people("gongxin")
    sheet = months.Sheet(gongxin, key)
    sheet.row(LIST).get_by_role("button", name="并入汇总").first.click()
    words = sheet.row(LIST).locator("[data-cell=text]")
    expect(words).to_have_value("开发区管委会：走访链上企业12家，列出缺失环节9个。")
    gongxin.shot("sheet-lead")
    sheet.type(LIST, words.input_value() + "\n形成首批清单，待开发区研究。")
    sheet.hand_in(LIST)
    sheet.nothing_new("本项工作按季度推进，本月不涉及")
    months.sign_off(people, "gongxin")


def test_5_a_problem_becomes_an_item_that_is_closed_reopened_and_closed(people, known, evidence):
    office, gongxin = people("office"), people("gongxin")
    items.open_from_problem(office, known["round"], PROBLEM)
    due = (date.today() + timedelta(days=25)).isoformat()
    known["item"] = item = items.open_item(office, "申报材料补齐", "晋城市工业和信息化局", due)
    items.acknowledge(gongxin, item)
    items.feed_back(gongxin, "已会同科技部门辅导两户。", evidence)
    items.apply(gongxin, item, "两户材料已补齐。")
    items.verify(office, item)
    items.reopen(office, item, "一户材料被退件")
    items.apply_too_early(gongxin, item, "退件已重报并受理。")
    items.feed_back(gongxin, "退件已补正。", evidence)
    items.apply(gongxin, item, "退件已重报并受理。")
    items.verify(office, item)
    told = ("立项交办", "签收", "反馈", "两户材料已补齐", "一户材料被退件", "退件已重报")
    items.read_timeline(office, item, *told)
    items.acknowledge(gongxin, known["old"])
    gongxin.go("/ledger/all/")
    gongxin.shot("ledger")
    months.accept_all(office, known["round"])
    office.go(f"/round/{known['round']}/")
    office.shot("round-accepted")


def test_6_the_report_is_signed_read_again_and_filed_back(people, known, tmp_path):
    office, gongxin = people("office"), people("gongxin")
    papers.write_report(office, known["round"], "本月各单位按清单推进，缺报事项已催办。")
    paper = office.page.url
    expect(office.page.get_by_role("button", name="审核通过")).to_have_count(0)
    looking.refused(gongxin, paper, "没有这份文稿，或不在您的范围内")
    papers.check_and_sign(people("office-check"), people("office-leader"), paper)
    path = papers.download(gongxin, paper, tmp_path)
    words = papers.words_of(path)
    assert "市工信局（牵头汇总）：开发区管委会：走访" in words
    assert "第1期" in words and "建档36户" in words and "本月各单位按清单推进" in words
    edited = papers.change_one_figure(path, "36户", "37户")
    (row,) = papers.file_back(office, paper, edited)
    assert "36" in row and "37" in row and RANKS in row


def test_7_a_notice_is_signed(people, tmp_path):
    office = people("office")
    body = "请各单位于每月7日前报送进展。\n一、报送内容\n进展、数据、问题和佐证材料。"
    notice = papers.draft_notice(office, "关于报送工作进展的通知", body)
    papers.check_and_sign(people("office-check"), people("office-leader"), notice)
    words = papers.words_of(papers.download(office, notice, tmp_path))
    assert "各有关单位：" in words and "一、报送内容" in words


def test_8_the_next_month_begins_with_the_last_ones_words(site, people, known):
    known["next"] = key = months.open_month(site, later=1)
    zone = people("zone")
    sheet = months.Sheet(zone, key)
    expect(zone.page.locator("section.desk").first).to_have_id(f"round-{key}")
    cell = sheet.row(RANKS).locator("[data-cell=text]")
    expect(cell).to_have_value("完成首轮走访，建档36户，每户明确一名辅导人员。")
    sheet.type(RANKS, f"{SECRET}：建档40户。")
    expect(sheet.row(RANKS).locator("[data-saved]")).to_contain_text("已保存", timeout=8000)
    expect(sheet.row(RANKS).locator("[data-difference] ins").first).to_be_visible()
    zone.shot("sheet-next-month")
    known["draft"] = f"/report/{sheet.row(RANKS).get_attribute('data-entry')}/"


def test_9_the_wrong_person_is_told_so(people, known):
    gongxin, zone = people("gongxin"), people("zone")
    for address in ("/documents/import/", f"/round/{known['round']}/review/", "/ledger/new/"):
        looking.refused(gongxin, address, "岗位")
    gongxin.shot("refused")
    looking.refused(gongxin, known["draft"], "没有")
    looking.refused(zone, known["item"], "没有这件督办事项，或者它不在您的范围内")
    assert SECRET not in gongxin.page.content()


def test_a_past_date_shows_the_ledger_of_that_day(people, known):
    office = people("office")
    office.go("/ledger/all/")
    office.sees("申报材料补齐")
    looking.set_day(office, "2026-02-10")
    row = office.page.locator("tr", has_text="供电缺口核实")
    expect(row).to_contain_text("已交办")
    expect(row.locator(".light-red")).to_have_count(0)
    expect(office.page.locator("main")).not_to_contain_text("申报材料补齐")
    office.shot("ledger-past")
    office.go(known["old"], see="过去的日期只能看，不能办。")
    expect(office.page.locator("main form")).to_have_count(0)
    looking.back_to_today(office)
    office.go("/ledger/all/")
    expect(office.page.locator("tr", has_text="供电缺口核实").locator(".light-red")).to_have_count(
        1
    )


def test_the_leader_goes_from_red_to_the_sentence_and_search_keeps_to_scope(people):
    leader, gongxin, zone = people("leader"), people("gongxin"), people("zone")
    looking.from_red_to_its_sentence(leader, LIST)
    assert {"举措", "单位"} <= {*looking.search(leader, "培育"), *looking.search(leader, "统计局")}
    assert "督办事项" in looking.search(leader, "申报材料补齐")
    leader.shot("search-leader")
    assert looking.search(gongxin, SECRET) == []
    assert looking.search(zone, "申报材料补齐") == []
