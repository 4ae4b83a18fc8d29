"""The import and the reading room."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, {type: "text/plain"}));
  const field = document.querySelector("[data-drop]");
  field.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def choose_and_import(office, path: Path) -> None:
    """Choose a file, watch it being read, open the room."""
    office.go("/documents/")
    office.shot("documents-empty")
    office.page.click("a:has-text('导入文件')")
    office.page.set_input_files("#id_file", path)
    expect(office.page.locator("[data-chosen]")).to_contain_text(path.name)
    expect(office.page.locator("[data-chosen]")).to_contain_text(" KB")
    office.shot("import")
    office.press("导入")
    watch(office)


def watch(office) -> None:
    """Watch the job until it is done; the page goes on to the room by itself."""
    office.page.wait_for_url("**/jobs/**")
    office.page.wait_for_selector("#room", timeout=60000)
    office.page.wait_for_url("**/documents/*/")


def drop_and_paste(office, text: str) -> None:
    """Drop a file and see it named; think better of it and paste the text instead."""
    office.go("/documents/import/")
    office.page.evaluate(DROP, ["拖进来的方案.txt", text])
    expect(office.page.locator("[data-chosen]")).to_contain_text("拖进来的方案.txt")
    office.page.reload()
    office.page.fill("#id_text", text)
    office.page.fill("#id_title", "粘贴的通知")
    office.press("导入")
    watch(office)


def card(office, label: str):
    """The measure's card of a number."""
    has = office.page.locator(f"summary b.label:text-is('{label}')")
    return office.page.locator("#cards .card.measure", has=has).first


def review_by_keys(office) -> None:
    """Move, accept, reject, undo and edit without the mouse."""
    page = office.page
    decided = page.locator("#cards .card:not(.undecided)")
    assert decided.count() == 0
    page.keyboard.press("j")
    expect(page.locator("#cards .card.now")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("k")
    first = page.locator("#cards .card").first
    expect(first).to_have_class(re.compile(r"\bnow\b"))
    expect(page.locator(".source mark.now").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#cards .card.accepted")).to_have_count(1)
    expect(page.locator("#counts b")).to_have_text(str(page.locator("#cards .card").count() - 1))
    page.keyboard.press("x")
    expect(page.locator("#cards .card.rejected")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator("#cards .card.rejected")).to_have_count(0)


def correct(office, label: str, deadline: str) -> None:
    """Edit a card by key: give the deadline in words, keep and accept."""
    card(office, label).locator("summary").click()
    office.page.keyboard.press("e")
    form = office.page.locator(".card.editing")
    form.locator("[name=deadline]").fill(deadline)
    office.shot("room-edit")
    form.get_by_role("button", name="保存并采纳").click()
    expect(card(office, label)).to_contain_text(deadline)
    expect(card(office, label).locator(".verdict")).to_contain_text("采纳")


def split_and_merge(office, label: str) -> None:
    """Cut a card in two, find one more, join them again."""
    cards = office.page.locator("#cards .card.measure")
    before = cards.count()
    _open(office, label)
    card(office, label).get_by_role("button", name="拆分").click()
    form = office.page.locator(".card.editing")
    form.locator("input[type=radio]").last.check()
    form.locator("[name=second]").fill("后半句另立一条")
    office.shot("room-split")
    form.get_by_role("button", name="拆成两条").click()
    expect(cards).to_have_count(before + 1)
    expect(office.page.locator("#cards")).to_contain_text("后半句另立一条")
    _open(office, label)
    card(office, label).get_by_role("button", name="与下一条合并").click()
    expect(cards).to_have_count(before)


def _open(office, label: str) -> None:
    """Unfold a card that is folded."""
    if card(office, label).locator("details[open]").count() == 0:
        card(office, label).locator("summary").click()


def confirm_lead(office, label: str, unit: str) -> None:
    """A lead is proposed; a person settles it."""
    _open(office, label)
    card(office, label).locator(".lead-line select").select_option(unit)
    card(office, label).get_by_role("button", name="确认牵头").click()
    expect(card(office, label)).to_contain_text("牵头 " + unit)


def accept_the_rest(office) -> None:
    """All certain ones at once, then the doubtful ones by key."""
    office.page.get_by_role("button", name="采纳全部无疑问的").click()
    office.sees("条无疑问的")
    office.page.click(".tabs a:has-text('只看待核对')")
    left = office.page.locator("#counts b")
    office.shot("room-left")
    while int(left.inner_text()):
        before = left.inner_text()
        office.page.keyboard.press("j")
        office.page.keyboard.press("a")
        expect(left).not_to_have_text(before)
        office.page.reload()


def adopt(office) -> None:
    """Adopt; what was created is listed."""
    office.press("入库")
    office.sees("入库产生的内容")
    office.shot("room-adopted")
