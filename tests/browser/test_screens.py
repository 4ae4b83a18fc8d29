"""The meeting screen in a real browser: sizes, nothing overflowing, keys, no script, a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories.site import PREPARED, fresh_site

CITY = f"""{PREPARED}
from datetime import UTC, date, datetime, timedelta
from luodi.audit.actions import perform
from luodi.cli.demo.people import found, ZONES
from luodi.indicators.actions import Cell, adopt_pack_indicators, set_target, write_figures
from luodi.indicators.models import Definition
from luodi.ledger.actions import open_item
at = datetime(2026, 1, 5, 1, tzinfo=UTC)
cast = found(at)
stat, zone = cast.people["stat"], cast.units["开发区管委会"]
adopt_pack_indicators(city=cast.city, by=stat, at=at)
for code in ("zone-transition-investment", "signed-investment", "zone-fixed-investment",
             "zone-industrial-investment", "signed-projects"):
    row = Definition.objects.open().get(indicator__code=code)
    set_target(indicator=row.indicator_id, amount="12500", comparator=">=", period="2026", unit=zone,
               why="示例", by=stat, at=at)
    with perform("write_figures", by=stat, at=at, scope={{"city": cast.city}}) as deed:
        write_figures(deed=deed, city=cast.city, origin="test:screen", purpose=row.purpose,
                      cells=[Cell(row.indicator_id, zone, "", "2026-02", 123456, row.scale)])
for number in range(4):
    for name in ("开发区管委会", ZONES[0]):
        open_item(
            city=cast.city, source="meeting", title="示例事项很长的标题需要截断显示而不能溢出" * 3,
            lead=cast.units[name], due_on=date(2026, 1, 20) + timedelta(days=number),
            by=cast.people["office"], at=at,
        )
"""
MEASURE = """() => {
  const seen = [...document.querySelectorAll('.screen')].find(one => getComputedStyle(one).display !== 'none');
  const size = (pick) => [...seen.querySelectorAll(pick)].map(one => parseFloat(getComputedStyle(one).fontSize));
  const box = seen.getBoundingClientRect();
  const out = [...seen.querySelectorAll('*')].filter(one => {
    const b = one.getBoundingClientRect();
    return b.width && (b.right > box.right + 1 || b.bottom > box.bottom + 1);
  }).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 20));
  const said = [...seen.querySelectorAll('*')].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  const cut = ['.lamps', '.worst', '.goals', 'footer', 'nav'].map(p => seen.querySelector(p)).filter(one =>
    one && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)).map(one => one.className || one.tagName);
  return {name: seen.querySelector('h1').textContent, figures: size('.lamp b, .figure, .tally b'),
    smallest: Math.min(...said.map(one => parseFloat(getComputedStyle(one).fontSize))), out, cut,
    scrolls: document.documentElement.scrollHeight > innerHeight + 1 || document.documentElement.scrollWidth > innerWidth + 1};
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo's people, its five zones with figures and goals, and items over their time."""
    with fresh_site(tmp_path_factory.mktemp("screens") / "data", CITY) as one:
        one.start()
        yield one


@pytest.fixture
def shots():
    """Where pictures are kept."""
    folder = Path(__file__).parent / "shots"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 40), (1366, 768, 28)])
def test_every_zone_fits_the_screen_with_large_figures(person, shots, width, height, least):
    office = person("office", {"width": width, "height": height})
    office.go("/supervision/screen/", "会议投屏")
    office.page.click("text=开始投屏")
    office.page.wait_for_selector(".screen")
    names = set()
    for number in range(1, 6):
        office.page.keyboard.press(str(number))
        office.page.wait_for_timeout(900)
        found = office.page.evaluate(MEASURE)
        names.add(found["name"])
        assert found["out"] == [] and found["cut"] == [] and not found["scrolls"], found
        assert min(found["figures"]) >= least and max(found["figures"]) <= 120.5, found
        assert found["smallest"] >= least * 24 / 40 - 1, found
    assert len(names) == 5
    office.page.screenshot(path=shots / f"screen-{width}.png")


def test_no_label_at_the_foot_is_cut_in_english(person):
    office = person("office", {"width": 1920, "height": 1080})
    office.context.add_cookies([{"name": "django_language", "value": "en", "url": office.page.url}])
    office.go("/supervision/screen/", "Meeting screen")
    office.page.goto(office.page.get_attribute("a.button", "href"))
    cut = """() => [...document.querySelectorAll('#zone-1 .tally span, #zone-1 .tally h2')].filter(one =>
      one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > 1.3 * one.clientHeight).map(one => one.textContent)"""
    assert office.page.inner_text("#zone-1 footer").count("Overdue") == 1
    assert office.page.evaluate(cut) == []


def test_it_is_worked_by_keys_alone(person):
    office = person("office", {"width": 1920, "height": 1080})
    office.go("/supervision/screen/")
    office.page.click("text=开始投屏")
    office.page.wait_for_selector(".screen")

    def at() -> str:
        return office.page.evaluate("location.hash")

    for key, hash_ in (
        ("ArrowRight", "#zone-2"), (" ", "#zone-3"), ("ArrowDown", "#zone-4"), ("End", "#zone-5"),
        ("ArrowRight", "#zone-5"), ("ArrowLeft", "#zone-4"), ("Home", "#zone-1"),
        ("ArrowUp", "#zone-1"), ("3", "#zone-3"),
    ):  # fmt: skip
        office.page.keyboard.press(key)
        office.page.wait_for_timeout(50)
        assert at() == hash_
    office.page.keyboard.press("Escape")
    office.page.wait_for_url("**/supervision/screen/")


def test_it_works_as_plain_links_and_stacks_on_a_phone(person, chromium, site):
    office = person("office")
    office.go("/supervision/screen/")
    address = office.page.get_attribute("a.button", "href")
    state = office.context.storage_state()
    plain = chromium.new_context(
        base_url=site.address, storage_state=state, java_script_enabled=False,
        viewport={"width": 1920, "height": 1080},
    )  # fmt: skip
    page = plain.new_page()
    page.goto(address)
    page.locator("#zone-1 nav a[href='#zone-3']").click()
    assert page.locator("#zone-3").is_visible() and not page.locator("#zone-1").is_visible()
    plain.close()
    office.page.goto(address)
    office.shot("screen")
