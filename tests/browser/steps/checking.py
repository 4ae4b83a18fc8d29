"""The check of a document: deciding on findings, the correction note."""

from __future__ import annotations

from playwright.sync_api import expect


def go_to_check(office) -> None:
    """From the first page, where errors wait, to the findings they are."""
    office.go("/")
    office.page.locator("a", has_text="处错误待处理").first.click()
    office.page.wait_for_url("**/findings/**")
    expect(office.page.locator("#findings .finding.error").first).to_be_visible()
    office.page.locator("#facets .chip[aria-current]").first.click()
    office.page.locator("#facets .chip[aria-current]").first.click()
    expect(office.page.locator("#facets .chip[aria-current]")).to_have_count(0)


def finding(office, words: str):
    """The card whose sentence has these words."""
    has = office.page.locator(".says", has_text=words)
    return office.page.locator("#findings .finding", has=has).first


def accept_by_key(office, words: str, proposed: str) -> None:
    """`j` to it, `a`: the proposal of the computation is what it should be."""
    walk_to(office, words)
    expect(finding(office, words).locator("[name=correction]")).to_have_value(proposed)
    office.page.keyboard.press("a")
    expect(finding(office, words)).to_contain_text("采纳更正")
    expect(finding(office, words).locator(".correction")).to_have_text(proposed)


def walk_to(office, words: str) -> None:
    """Up by `k`, then down by `j`, until the card is the one at hand."""
    key = finding(office, words).get_attribute("data-finding")
    for step in [*"k" * 20, *"j" * 20]:
        if office.page.locator(f"#f-{key}.now").count():
            return
        office.page.keyboard.press(step)
    raise AssertionError(f"neither k nor j came to {words}")


def dismiss_by_key(office, words: str, reason: str) -> None:
    """`x`, the reason, done: the next undecided one comes up."""
    walk_to(office, words)
    office.page.keyboard.press("x")
    office.page.keyboard.type(reason)
    office.shot("findings-dismissing")
    finding(office, words).get_by_role("button", name="记为不采纳").click()
    expect(finding(office, words)).to_contain_text(reason)
    expect(office.page.locator("#findings .finding.undecided.now")).to_have_count(1)


def undo_by_key(office, words: str) -> None:
    """`u` takes a decision back."""
    walk_to(office, words)
    office.page.keyboard.press("u")
    expect(finding(office, words).get_by_role("button", name="采纳更正")).to_be_visible()


def supervise(office, words: str, unit: str, due: str) -> str:
    """`i`, a unit and a date; the address of the item."""
    walk_to(office, words)
    office.page.keyboard.press("i")
    card = finding(office, words)
    card.locator("select[name=lead]").select_option(label=unit)
    card.locator("input[name=due_on]").fill(due)
    office.shot("findings-item")
    card.get_by_role("button", name="立项交办").click()
    link = finding(office, words).locator(".decision-item a[href^='/ledger/']")
    expect(link).to_be_visible()
    return link.get_attribute("href")


def walk_both_ways(office, item: str, words: str) -> None:
    """From the item to its finding and on to the sentence; and back."""
    office.go(item)
    office.page.locator(".sentence a", has_text=words).click()
    office.page.wait_for_url("**/findings/*/")
    expect(finding(office, words)).to_be_visible()
    office.shot("finding")
    finding(office, words).locator(f"a[href='{item}']").click()
    office.page.wait_for_url(f"**{item}")
    office.page.locator(".sentence a", has_text=words).click()
    office.page.wait_for_url("**/findings/*/")
    expect(finding(office, words)).to_be_visible()
    office.page.keyboard.press("j")
    office.page.keyboard.press("o")
    office.page.wait_for_selector(".source mark#at")


def draft_note(office, check: str, words: str) -> str:
    """起草, the office's own words, 定稿送审; the address of the paper."""
    office.go(check)
    office.press("起草更正建议函")
    office.page.wait_for_url("**/correction/")
    office.page.fill("#own-opening", words)
    expect(office.page.locator("[data-saved]")).to_contain_text("已自动保存", timeout=8000)
    office.page.click("a:has-text('刷新右边的样稿')")
    expect(office.page.locator("article.official")).to_contain_text(words)
    office.shot("correction-draft")
    office.press("定稿送审")
    office.sees("等待审核")
    office.shot("correction-frozen")
    return office.page.url


def compare(office, check: str, title: str, words: str) -> None:
    """Choose another document; what differs stands first, with the places in both."""
    office.go(check)
    office.page.locator(".compare summary").click()
    office.page.get_by_label(title).first.check()
    office.shot("findings-comparing")
    office.page.get_by_role("button", name="比较", exact=True).click()
    office.sees("份文件比较完毕")
    expect(finding(office, words).locator(".passage.other mark")).to_be_visible()
    office.shot("findings-compared")
