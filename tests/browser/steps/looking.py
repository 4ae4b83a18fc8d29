"""Looking: refusals, a past date, the leader's page, search."""

from __future__ import annotations

from playwright.sync_api import expect


def refused(person, address: str, sentence: str) -> None:
    """The page says why it stays shut, in the frame, with a way back."""
    answer = person.page.goto(address)
    assert answer.status in {403, 404}, f"{person.page.url} answered {answer.status}"
    expect(person.page.locator("section.refusal")).to_contain_text(sentence)
    expect(person.page.locator("section.refusal a")).to_have_text("回到工作台")


def set_day(person, day: str) -> None:
    """Look at the record as of a day, from the top bar."""
    person.page.fill("input[name=day]", day)
    person.sees(f"正在查看 {day} 当日所知的情况，只读。")


def back_to_today(person) -> None:
    """And return."""
    person.press("回到今天")
    person.page.wait_for_selector(".past-band", state="detached")


def search(person, words: str) -> list[str]:
    """Type into the search field by its key; what kinds of things were found."""
    person.page.keyboard.press("/")
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(words)
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(f"h1:has-text('{words}')")
    return person.page.locator("ol.hits .tag").all_inner_texts()


def from_red_to_its_sentence(leader, measure: str) -> None:
    """On the leader's page: a red measure, its page, and the sentence it comes from."""
    leader.go("/leader/")
    leader.shot("leader")
    row = leader.page.locator("tr", has_text=measure).first
    expect(row).to_contain_text("超期")
    row.get_by_role("link", name=measure).click()
    leader.sees("各月进展")
    expect(leader.page.locator("p.why").first).to_contain_text("超期天数")
    expect(leader.page.locator("article.report-line").first).to_contain_text("汇总")
    leader.shot("measure-red")
    leader.page.click("a:has-text('看原文')")
    expect(leader.page.locator("mark.now")).to_contain_text(measure)
    leader.shot("sentence")
