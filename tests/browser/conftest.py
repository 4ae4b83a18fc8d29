"""Real people's journeys: a real server on loopback, a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from factories.site import PREPARED, Site, fresh_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHOTS = Path(__file__).parent / "shots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
PEOPLE = f"""{PREPARED}
from datetime import UTC, datetime
from luodi.cli.demo.people import found
found(datetime(2026, 1, 5, 1, tzinfo=UTC))
"""
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser; where there is none, that is said aloud."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="LEFT OUT: no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the people of the demo city, nothing else, server and worker running."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", PEOPLE) as one:
        one.start()
        yield one


class Person:
    """Somebody at a browser: signs in, looks, takes pictures."""

    def __init__(self, chromium, site: Site, username: str, size: dict[str, int] = WIDE) -> None:
        self.context = chromium.new_context(
            viewport=size, locale="zh-CN", accept_downloads=True, base_url=site.address
        )
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.goto("/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", site.password)
        self.page.click("main button")
        self.page.wait_for_url("**/")

    def go(self, address: str, see: str = "") -> None:
        """Open an address; wait for some words on the page where told."""
        self.page.goto(address)
        if see:
            self.sees(see)

    def sees(self, words: str) -> None:
        """Wait until the words are on the page, outside of scripts and hidden things."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for(timeout=30000)

    def press(self, name: str) -> None:
        """Press the first visible button of that name."""
        self.page.get_by_role("button", name=name).locator("visible=true").first.click()

    def _listen(self, message) -> None:
        if message.type == "error" and "422" not in message.text and "40" not in message.text:
            self.troubles.append(message.text)

    def shot(self, name: str) -> None:
        """A picture at the present width and one at the phone's, kept as artefacts."""
        SHOTS.mkdir(exist_ok=True)
        size = self.page.viewport_size
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        self.page.set_viewport_size(PHONE)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.screenshot(path=SHOTS / f"{name}-390.png", full_page=True)
        self.page.set_viewport_size(size)
        assert wide <= PHONE["width"] + 1, f"{name} is {wide} px wide on a phone"


@pytest.fixture
def person(chromium, site):
    """`person("office")`: that person at a browser; trouble in the console fails the test."""
    everybody: list[Person] = []

    def come(username: str, size: dict[str, int] = WIDE) -> Person:
        everybody.append(Person(chromium, site, username, size))
        return everybody[-1]

    yield come
    for one in everybody:
        one.context.close()
    assert [trouble for one in everybody for trouble in one.troubles] == []


@pytest.fixture(scope="module")
def people(chromium, site):
    """The same as `person` for a journey of several tests: everybody signs in once and stays."""
    everybody: dict[str, Person] = {}

    def come(username: str) -> Person:
        if username not in everybody:
            everybody[username] = Person(chromium, site, username)
        return everybody[username]

    yield come
    for one in everybody.values():
        one.context.close()
    assert {name: one.troubles for name, one in everybody.items() if one.troubles} == {}
