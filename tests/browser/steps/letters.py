"""Letters: from a red light to a closed rectification."""

from __future__ import annotations

from pathlib import Path

from . import papers
from .items import step


def red_item(office, title: str, lead: str, due_on: str) -> None:
    """交办 something whose day is over."""
    office.go("/ledger/new/")
    office.page.select_option("#id_source", "meeting")
    office.page.fill("#id_title", title)
    office.page.select_option("#id_lead", label=lead)
    office.page.fill("#id_due_on", due_on)
    office.press("交办")
    office.sees("已立项交办")


def draft(office, title: str, kind: str = "warning_letter") -> str:
    """From the red light on the list to a letter about it; its address."""
    office.go("/supervision/", title)
    row = office.page.locator("#table-lit tr", has_text=title)
    row.get_by_role("link", name="起草").click()
    office.page.select_option("#id_kind", kind)
    office.page.wait_for_selector("input[name=subjects]:checked", state="attached")
    office.shot(f"letter-new-{kind}")
    office.press("起草")
    office.sees("函件已起草")
    return office.page.url


def freeze(office, opening: str) -> str:
    """The office's own words, then 定稿送审; the address of the text."""
    office.page.fill("#id_opening", opening)
    office.shot("letter-draft")
    office.press("定稿送审")
    office.sees("已定稿送审")
    return office.page.locator("dl.facts a[href^='/papers/']").get_attribute("href")


def issue(office, checker, leader, address: str, paper: str) -> None:
    """审核、签发 on the text, 印发 on the letter."""
    papers.check_and_sign(checker, leader, paper)
    office.go(address, "已签发")
    office.press("印发")
    office.sees("已印发待签收")
    office.shot("letter-issued")


def answer(unit, leader, address: str, said: str, evidence: Path) -> None:
    """签收、回告, signed by the unit's leader."""
    unit.go(address)
    unit.press("签收")
    unit.sees("已签收待回告")
    form = step(unit, "write_answer", text=said)
    form.locator("input[type=file]").set_input_files(evidence)
    unit.shot("letter-answer")
    form.locator("button").click()
    unit.sees("回告待审签")
    leader.go(address, said)
    leader.press("审签回告")
    leader.sees("已回告待复查")


def rectify(unit, office, address: str, measure: str, due_on: str, evidence: Path) -> None:
    """A measure, reported done with evidence, verified."""
    unit.go(address)
    unit.page.fill("#measures [name=measure]", measure)
    unit.page.fill("#measures [name=due_on]", due_on)
    unit.press("登记措施")
    unit.sees("整改措施已登记")
    form = step(unit, "report_rectification", text="已按措施完成")
    form.locator("input[type=file]").set_input_files(evidence)
    form.locator("button").click()
    unit.sees("已报完成待核实")
    office.go(address)
    step(office, "verify_rectification").locator("button").click()
    office.sees("已核实")


def close(office, address: str, found: str) -> None:
    """复查合格, then 办结."""
    office.go(address)
    step(office, "pass_recheck", text=found).locator("button").click()
    office.sees("复查合格")
    step(office, "close_letter").locator("button").click()
    office.sees("已办结")
    office.shot("letter-closed")
