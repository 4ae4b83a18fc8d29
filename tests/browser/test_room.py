"""The reading room in a real browser: a plan reviewed by keys alone, the pages of a PDF, 200,000
characters."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from browser.steps import smoothness
from factories.long_plans import ZONE_PLAN, long_plan
from factories.pdfs import pdf
from factories.reading import PLAN

FULL = os.environ.get("LUODI_TEST_SIZE") == "full"
MENTAL, KEYSTROKE = 1.35, 0.28
"""Seconds of the keystroke-level model (Card, Moran and Newell 1980): M and K of a typist."""
KEYS_A_CHARACTER = 3
"""Keys of a Chinese input method for one character, the choice included."""
READING, TAPPING = 1.5, 0.06
"""How long the paced run looks at a card, and holds back before a key: seconds."""
IMPORT = """
from datetime import UTC, datetime
from pathlib import Path
from luodi.orgs.models import Account
from luodi.orgs.queries import viewer_of
from luodi.reading.actions import import_document
office = viewer_of(Account.objects.get(username="office"))
document = import_document(
    name={name!r}, data=Path({path!r}).read_bytes(), city=office.city, unit=office.unit,
    progress=lambda *_: None, by=office.person, at=datetime.now(UTC),
)
print(f"/documents/{{document.key}}/")
"""


@pytest.fixture
def imported(site, tmp_path):
    """`imported(name, bytes)`: the address of the room of that document."""

    def one(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return site.python(IMPORT.format(name=name, path=str(path)))

    return one


@pytest.fixture
def say(capsys):
    """Put figures where whoever runs the tests sees them."""

    def one(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{words}\n")

    return one


@dataclass
class Hands:
    """Somebody at the keyboard: every key is counted, the mouse is out of reach."""

    page: object
    paced: bool = False
    keys: int = 0
    decisions: int = 0
    said: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Read a card and make up one's mind."""
        self.decisions += 1
        if self.paced:
            self.page.wait_for_timeout(1000 * READING)

    def press(self, key: str, count: int = 1) -> None:
        self.keys += count
        self.said.append(key)
        if self.paced:
            self.page.wait_for_timeout(1000 * TAPPING)
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        """Type words by an input method."""
        self.keys += KEYS_A_CHARACTER * len(words)
        if self.paced:
            self.page.wait_for_timeout(1000 * KEYSTROKE * KEYS_A_CHARACTER * len(words))
        self.page.keyboard.insert_text(words)

    @property
    def modelled(self) -> float:
        """Seconds by the keystroke-level model."""
        return self.decisions * MENTAL + self.keys * KEYSTROKE


def now(page):
    return page.locator("#cards .card.now")


def review(hands: Hands, office) -> None:
    """Doubtful ones first and each by itself; the certain ones looked at and accepted together."""
    page = hands.page
    expect(now(page)).to_contain_text("园区资产公司")
    hands.look()
    hands.press("e")
    expect(page.locator(".editing [data-doubt]")).to_be_focused()
    hands.write("市国资委")
    office.shot("review-1-edit")
    hands.press("Enter")
    expect(now(page)).to_contain_text("市代办联合会")
    expect(page.locator("#cards .card.accepted")).to_have_count(1)
    hands.look()
    hands.press("x")
    expect(now(page)).to_contain_text("市安全评估协会")
    hands.look()
    hands.press("u")
    expect(now(page)).to_contain_text("市代办联合会")
    hands.look()
    hands.press("a")
    expect(now(page)).to_contain_text("市安全评估协会")
    hands.look()
    hands.press("a")
    office.shot("review-2-certain")
    certain = page.locator("#cards .card.undecided:not(.doubtful)").count()
    for _ in range(certain):
        hands.look()
        hands.press("j")
    hands.press("Shift+A", 2)
    expect(page.locator("#counts b")).to_have_text("0")
    office.shot("review-3-done")


def test_seventeen_measures_are_reviewed_by_keys_within_two_minutes(person, imported, say):
    office = person("office")
    room = imported("工作计划.txt", ZONE_PLAN.encode())
    office.go(room)
    page = office.page
    assert page.locator("#cards .card.measure").count() == 17
    hands = Hands(page, paced=FULL)
    began = page.evaluate("performance.now()")
    review(hands, office)
    seconds = (page.evaluate("performance.now()") - began) / 1000
    say(
        f"{hands.decisions} decisions, {hands.keys} keys: {hands.modelled:.0f} s by the model, "
        f"{seconds:.0f} s on the clock{'' if FULL else ' without pauses'}"
    )
    assert hands.modelled < 120
    assert not FULL or seconds < 120
    page.keyboard.press("u")
    expect(page.locator("#counts b")).not_to_have_text("0")


def test_what_the_last_key_did_is_taken_back_step_by_step(person, imported):
    office = person("office")
    office.go(imported("工作计划二.txt", (ZONE_PLAN + "\n").encode()))
    left = office.page.locator("#counts b")
    before = int(left.inner_text())
    for key in "aax":
        office.page.keyboard.press(key)
    expect(left).to_have_text(str(before - 3))
    for n in range(3):
        office.page.keyboard.press("u")
        expect(left).to_have_text(str(before - 2 + n))


def test_the_pages_of_a_pdf_carry_the_marks_of_its_cards(person, imported):
    office = person("office")
    cut = PLAN.index("二、主要任务")
    filling = "本页没有任务内容\n只为测试长文件"
    data = pdf([PLAN[:cut], PLAN[cut:], *[filling] * 298])
    asked: list[str] = []
    office.page.on("request", lambda request: asked.append(request.url))
    office.go(imported("方案.pdf", data) + "?view=pages")
    page = office.page
    assert page.locator("figure.sheet").count() == 300
    measure = page.locator("#cards .card.measure").first
    measure.locator(".name").click()
    token = measure.get_attribute("data-token")
    mark = page.locator(f".over [data-t='{token}']")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_class(re.compile(r"\bnow\b"))
    other = page.locator(".over path[data-t^=c]").last
    other.click()
    chosen = other.get_attribute("data-t")
    expect(page.locator(f"#side [data-token={chosen}]")).to_have_class(re.compile(r"\bnow\b"))
    pictures = [url for url in asked if url.endswith(".png")]
    assert 0 < len(pictures) < 12, f"{len(pictures)} of 300 pages were fetched"
    page.keyboard.press("+")
    expect(page.locator("#zoom")).to_have_text("125%")
    page.fill("#at-page", "200")
    page.keyboard.press("Enter")
    expect(page.locator("#page-200")).to_be_in_viewport()
    page.keyboard.press("-")
    office.shot("room-pages")


SIZE = 200_000 if FULL else 40_000


def test_a_long_plan_stays_smooth(person, imported, say):
    office = person("office")
    room = imported("总体规划.txt", long_plan(SIZE).encode())
    figures = smoothness.measure(office, room, presses=100)
    cards = office.page.locator("#cards .card").count()
    say(f"{SIZE} characters, {cards} cards\n{figures.lines()}")
    assert figures.sent_kb < 1600
    assert figures.dom_nodes < 20_000
    assert figures.interactive_ms < 10_000
    assert figures.key_p50_ms < 250 and figures.key_p95_ms < 1000
    assert figures.source_frame_p50_ms < 250 and figures.cards_frame_p50_ms < 250
