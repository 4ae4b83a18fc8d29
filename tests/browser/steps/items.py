"""A supervised item, from the measure's problem to its second close-out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect


def open_from_problem(office, round_key: str, problem: str) -> None:
    """From the problem a unit reported, on the office's review page, to the form."""
    office.go(f"/round/{round_key}/review/")
    line = office.page.locator("p.problem", has_text=problem)
    line.locator("a:has-text('立项督办')").click()
    office.page.wait_for_url("**/ledger/new/**")


def open_item(office, title: str, lead: str, due_on: str) -> str:
    """Fill in the form about the measure; returns the address of the item."""
    assert office.page.locator("#id_source").input_value() == "measure"
    office.page.fill("#id_title", title)
    office.page.fill("#id_content", "请科技部门会同辅导，补齐申报材料。")
    office.page.select_option("#id_lead", label=lead)
    office.page.fill("#id_due_on", due_on)
    office.shot("item-new")
    office.press("交办")
    office.sees("已立项交办")
    return office.page.url


def step(person, name: str, **words: str):
    """Fill in the form of a step; a folded one is unfolded first."""
    form = person.page.locator(f"form[action$='/{name}/']")
    form.wait_for(state="attached")
    if not form.locator("button").first.is_visible():
        form.locator("xpath=ancestor::details/summary").click()
    for field, said in words.items():
        form.locator(f"[name={field}]").fill(said)
    return form


def acknowledge(unit, address: str) -> None:
    """签收"""
    unit.go(address)
    unit.press("签收")
    unit.sees("已签收")


def feed_back(unit, text: str, evidence: Path) -> None:
    """反馈, with evidence."""
    form = step(unit, "give_feedback", text=text, claimed="80")
    form.locator("input[type=file]").set_input_files(evidence)
    unit.shot("item-feedback")
    form.locator("button").click()
    unit.sees("反馈已记入台账")
    unit.page.locator(f"a:has-text('{evidence.name}')").last.wait_for()


def apply(unit, address: str, outcome: str) -> None:
    """申请销号"""
    unit.go(address)
    step(unit, "apply_for_close_out", outcome=outcome).locator("button").click()
    unit.sees("等待办公室核实")


def apply_too_early(unit, address: str, outcome: str) -> None:
    """Without a feedback since the reopening it is refused; the words stay in the form."""
    unit.go(address)
    step(unit, "apply_for_close_out", outcome=outcome).locator("button").click()
    unit.sees("申请销号前请先补齐：至少一条反馈。 您填的内容还在下面。")
    assert unit.page.locator("[name=outcome]").input_value() == outcome


def verify(office, address: str) -> None:
    """核实销号"""
    office.go(address)
    step(office, "verify_close_out", note="已电话核实").locator("button").click()
    office.sees("已核实销号")


def reopen(office, address: str, reason: str) -> None:
    """回头看重开"""
    office.go(address)
    step(office, "reopen", reason=reason).locator("button").click()
    office.sees("已重新打开")
    office.shot("item-reopened")


def read_timeline(person, address: str, *words: str) -> None:
    """What happened stands there in its order."""
    person.go(address)
    told = person.page.locator("ol.timeline").inner_text()
    places = [told.index(word) for word in words]
    assert places == sorted(places) or places == sorted(places, reverse=True), told
    person.shot("item-closed")
    expect(person.page.locator(".head .tag")).to_have_text("已销号")
