"""A ledger kept in Excel comes in: three bad rows stay out, are mended, and come in too.

The tests are the steps of one story and run in their order.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.steps import ledgers

pytestmark = pytest.mark.xdist_group("project-ledger")


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What one step leaves for the next."""
    return {}


def test_1_the_office_brings_the_file_and_says_what_its_columns_are(people, known, tmp_path):
    office = people("office")
    ledgers.bring(office, ledgers.workbook(tmp_path / "重点项目台账.xlsx", ledgers.ROWS))
    expect(office.page.locator("#columns")).to_contain_text("按表头猜的")
    expect(office.page.locator("#dry-run")).to_have_count(0)
    assert ledgers.chosen(office, "investment") == "投资与用地总投资"
    office.shot("ledger-columns")
    ledgers.remember_columns(office)
    known["ledger"] = office.page.url


def test_2_a_word_nobody_knows_is_explained_once(people, known):
    office = people("office")
    expect(office.page.locator("#words")).to_contain_text("工信口")
    expect(office.page.locator("#outcomes .outcome-faulty")).to_contain_text("4")
    ledgers.explain(office, "工信口", "晋城市工业和信息化局")
    expect(office.page.locator("#words")).to_have_count(0)
    expect(office.page.locator("#outcomes .outcome-faulty")).to_contain_text("3")
    expect(office.page.locator("#outcomes .outcome-new")).to_contain_text("2")
    for row, words in ((7, "写法不对"), (8, "不能是负数"), (9, "先后颠倒")):
        expect(ledgers.line(office, row)).to_contain_text(words)
    expect(office.page.locator("#skipped summary")).to_contain_text("略过的 2 行")
    office.shot("ledger-dry-run")


def test_3_nothing_is_there_before_it_is_confirmed_and_the_good_rows_after(people, known):
    office = people("office")
    office.go("/projects/")
    expect(office.page.locator("#table-projects")).not_to_contain_text(ledgers.FIRST)
    office.go(known["ledger"])
    known["mend"] = ledgers.download(office)
    office.press("按预演写入")
    office.sees("已登记 2 个新项目")
    office.go("/projects/")
    expect(office.page.locator("#table-projects")).to_contain_text(ledgers.FIRST)
    expect(office.page.locator("#table-projects")).not_to_contain_text("坏代码项目")
    office.page.get_by_role("link", name=ledgers.FIRST).click()
    expect(office.page.locator(".timeline")).to_contain_text("“重点项目台账.xlsx”第 5 行登记")
    office.shot("ledger-project")


def test_4_the_three_rows_are_mended_and_come_in(people, known, tmp_path):
    office = people("office")
    mended = ledgers.mend(known["mend"], tmp_path / "改好.xlsx")
    ledgers.bring(office, mended)
    expect(office.page.locator("#columns")).to_contain_text("已记住")
    expect(office.page.locator("#outcomes .outcome-faulty")).to_contain_text("0")
    office.press("按预演写入")
    office.sees("已登记 3 个新项目")


def test_5_the_same_file_again_changes_nothing(people, known):
    office = people("office")
    office.go(known["ledger"])
    expect(office.page.locator("#outcomes .outcome-equal")).to_contain_text("2")
    expect(office.page.locator("#take")).to_contain_text("没有要写的")
