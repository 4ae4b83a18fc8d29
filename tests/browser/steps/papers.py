"""The monthly progress report and a notice: drafted, checked, signed, filed back."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from playwright.sync_api import expect


def write_report(office, round_key: str, words: str) -> None:
    """The office's own paragraph beside the units' words, then 定稿送审."""
    office.go("/reports/progress/")
    office.shot("progress-reports")
    office.page.locator(f"a[href*='{round_key}']").first.click()
    office.press("开始拟稿")
    office.sees("随写随存")
    office.page.locator("form[data-own-words] textarea").first.fill(words)
    expect(office.page.locator("[data-saved]")).to_contain_text("已自动保存", timeout=8000)
    office.page.click("a:has-text('刷新右边的样稿')")
    expect(office.page.locator("article.official")).to_contain_text(words)
    office.shot("progress-report-draft")
    office.press("定稿送审")
    office.sees("等待审核")
    office.shot("paper-frozen")


def check_and_sign(checker, leader, address: str) -> None:
    """审核 by another person, 签发 by the leader in charge."""
    checker.go(address)
    checker.press("审核通过")
    checker.sees("等待签发")
    leader.go(address)
    leader.press("签发")
    leader.sees("已签发，编号")
    leader.shot("paper-signed")


def download(person, address: str, to: Path) -> Path:
    """The Word file as signed."""
    person.go(address)
    with person.page.expect_download() as waiting:
        person.page.click("a:has-text('下载 Word')")
    path = to / "signed.docx"
    waiting.value.save_as(path)
    return path


def words_of(path: Path) -> str:
    """All the words of a Word file."""
    document = Document(path)
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def change_one_figure(path: Path, before: str, after: str) -> Path:
    """Edit one figure outside, as somebody at the printer's might."""
    document = Document(path)
    paragraphs = [*document.paragraphs]
    paragraphs += [
        p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs
    ]
    run = next(run for p in paragraphs for run in p.runs if before in run.text)
    run.text = run.text.replace(before, after, 1)
    edited = path.with_name("edited.docx")
    document.save(edited)
    return edited


def file_back(office, address: str, path: Path) -> list[str]:
    """回存; the rows of what differs."""
    office.go(address)
    office.page.set_input_files("#file", path)
    office.press("回存核对")
    office.page.wait_for_selector("#differences")
    office.shot("paper-filed-back")
    expect(office.page.locator("#differences + article.official")).to_be_visible()
    rows = office.page.locator("#differences tbody tr:not(.empty)").all_inner_texts()
    return [re.sub(r"\s+", " ", row) for row in rows]


def draft_notice(office, title: str, body: str) -> str:
    """起草通知, kept, 定稿送审; the address of the paper."""
    office.go("/papers/")
    office.page.click("a:has-text('起草通知')")
    office.page.fill("#id_title", title)
    office.page.fill("#id_addressees", "各有关单位")
    office.page.fill("#id_body", body)
    office.shot("notice-new")
    office.press("保存底稿")
    office.sees("底稿已建立")
    office.press("定稿送审")
    office.sees("等待审核")
    return office.page.url
