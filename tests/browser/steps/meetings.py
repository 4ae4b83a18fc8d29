"""What people do on the pages of meetings."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.conftest import Person


def register(person: Person, title: str) -> str:
    """Register a meeting out of turn; its address."""
    person.go("/supervision/meetings/new/", "登记专题会议")
    person.page.select_option("#id_organ", index=0)
    person.page.fill("#id_title", title)
    person.press("登记")
    person.page.wait_for_url(re.compile(r"/supervision/meetings/[0-9a-z]{16}/$"))
    return person.page.url


def add_topic(person: Person, address: str, title: str) -> None:
    """Put a topic on the agenda."""
    person.go(f"{address}agenda/", "增加议题")
    person.page.fill("#id_title", title)
    person.press("加入议程")
    person.sees("议题已加入")


def call(person: Person, address: str, day: str, why: str = "") -> None:
    """Call the zones to the meeting on a day."""
    person.go(address, "召集会议")
    page = person.page
    page.fill("#id_day", day)
    page.fill("#id_place", "第二会议室")
    page.fill("#id_chair", "组长")
    page.fill("#id_despite", why)
    person.press("通知参会单位")


def carry_over(person: Person, title: str, why: str) -> None:
    """Carry a topic of the open page over to the next meeting."""
    topic = person.page.locator("li.topic", has_text=title)
    topic.locator("summary", has_text="处理").click()
    topic.locator("textarea").fill(why)
    topic.get_by_role("button", name="结转下次").click()
    person.sees("议题已处理")


def discuss(person: Person, title: str, said: str) -> None:
    """Note what was said of a topic."""
    topic = person.page.locator("li.topic", has_text=title)
    topic.locator("summary", has_text="处理").click()
    topic.locator("textarea").fill(said)
    topic.get_by_role("button", name="已议").click()
    person.sees("议题已处理")


def decide(person: Person, line: str) -> None:
    """Note a decision with the keyboard alone: d, the line, Enter."""
    page = person.page
    page.locator("h1").first.click()
    page.keyboard.press("d")
    page.keyboard.type(line)
    page.keyboard.press("Enter")
    expect(page.locator(".decided .title", has_text=line)).to_be_visible()


def everybody_came(person: Person) -> None:
    """Mark everybody as present."""
    person.press("其余全部到会")
    person.sees("出席情况已登记")
