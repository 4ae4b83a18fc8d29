"""A filing filled in by real people on the running product: 200 rows by 40 columns."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Person
from browser.steps.sheets import PASTE, at, latencies, opened, saved, watch
from factories.city import PASSWORD
from factories.site import Site, fresh_site

ROWS, COLUMNS = 200, 40
FOUND = "from factories.wide_forms import found\n"
VALUES = """
from luodi.indicators.models import Value
rows = Value.objects.open().filter(origin="filing:{key}")
print(rows.count(), sum(rows.values_list("amount", flat=True)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the wide form alone."""
    with fresh_site(tmp_path_factory.mktemp("wide") / "data") as one:
        one.filing = one.python(f"{FOUND}print(found({ROWS}, {COLUMNS}))").splitlines()[-1]
        (one.data / "demo-password.txt").write_text(PASSWORD)
        one.start()
        yield one


@pytest.fixture
def say(capsys):
    """Put figures where whoever runs the tests sees them."""

    def one(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{words}\n")

    return one


def sheet_of(person: Person, site: Site) -> Person:
    person.page.goto(f"/filings/{site.filing}/")
    opened(person.page)
    return person


def test_the_sheet_opens_fast_and_answers_each_key_within_a_frame_or_two(person, site, say):
    jia = sheet_of(person("jia"), site)
    page = jia.page
    page.reload()
    ready = opened(page)
    watch(page)
    at(page, 4, 3)
    spent = {
        "arrow": latencies(page, ["ArrowDown"] * 40),
        "digit": latencies(page, list("1234567890") * 4),
        "digit and Enter": latencies(page, ["7", "8", "Enter"] * 14),
    }
    page.mouse.wheel(0, 3000)
    scrolled = page.evaluate("() => window.framesOf(() => document.querySelector('.grid-frame'))")
    said = ", ".join(
        f"{name} {median:.0f}/{worst:.0f} ms" for name, (median, worst) in spent.items()
    )
    say(f"entry sheet {ROWS}×{COLUMNS}: ready {ready:.0f} ms; median/95%: {said}; {scrolled}")
    assert page.evaluate("() => window.shifted") < 0.02, "the page may not jump"
    saved(page)
    page.keyboard.press("Control+Home")
    jia.shot("filing-sheet")


def test_neither_a_stopped_server_nor_an_ended_sign_in_loses_a_cell(person, site):
    jia = sheet_of(person("jia"), site)
    page, state = jia.page, jia.page.locator("[data-state]")
    at(page, 2, 2)
    site.end(signal.SIGTERM)
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    page.keyboard.type("32")
    page.keyboard.press("Enter")
    expect(state).to_contain_text("未保存（离线）", timeout=20000)
    jia.shot("filing-offline")
    site.start()
    saved(page)
    jia.context.clear_cookies(name="sessionid")
    page.keyboard.type("33")
    page.keyboard.press("Enter")
    expect(state).to_contain_text("登录已到期", timeout=20000)
    with jia.context.expect_page() as door:
        page.get_by_role("link", name="在新窗口登录").click()
    door.value.fill("input[name=username]", "jia")
    door.value.fill("input[name=password]", site.password)
    door.value.click("main button")
    door.value.wait_for_url("**/")
    door.value.close()
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    saved(page)
    jia.troubles.clear()  # the browser itself reports each failed connection
    page.reload()
    opened(page)
    cells = [[r, 2] for r in (2, 3, 4)]
    script = (
        "(all) => all.map(([r, c]) => document.querySelector('[data-grid]').grid.sheet.text(r, c))"
    )
    assert page.evaluate(script, cells) == ["31", "32", "33"]


def test_eight_thousand_cells_are_pasted_saved_handed_in_and_two_people_agree(person, site):
    jia, yi = person("jia"), person("yi")
    sheet_of(jia, site)
    sheet_of(yi, site)
    rows = [[str(1000 - c + r) for c in range(COLUMNS)] for r in range(ROWS)]
    text = "\r\n".join("\t".join(row) for row in rows) + "\r\n"
    at(jia.page, 0, 0)
    jia.page.evaluate(PASTE, text)
    expect(jia.page.locator("[data-news]")).to_contain_text("已粘贴")
    saved(jia.page)
    at(yi.page, 0, 0)
    yi.page.keyboard.type("９９８．５")
    yi.page.keyboard.press("Enter")
    expect(yi.page.locator("[data-conflicts]")).to_contain_text("标石-jia", timeout=20000)
    yi.shot("filing-conflict")
    yi.page.get_by_role("button", name="用这个 您").click()
    saved(yi.page)
    assert (
        yi.page.evaluate("() => document.querySelector('[data-grid]').grid.sheet.text(9, 9)")
        == "1000"
    )
    expect(yi.page.locator("[data-tally]")).to_contain_text("要说明")
    yi.page.get_by_label("说明").first.fill("当月集中结算")
    yi.page.keyboard.press("Tab")
    saved(yi.page)
    yi.shot("filing-explained")
    yi.page.get_by_role("button", name="报送", exact=True).click()
    yi.page.get_by_text("已报送").first.wait_for(timeout=60000)
    total = sum(int(cell) for row in rows for cell in row) * 100 - 150
    assert site.python(VALUES.format(key=site.filing)) == f"{ROWS * COLUMNS} {total}"
    opened(yi.page)
    expect(yi.page.locator("[data-state]")).to_contain_text("只读")
    assert yi.page.get_by_role("button", name="报送", exact=True).count() == 0


def test_on_a_phone_a_row_is_a_card(person, site):
    jia = person("jia", PHONE)
    sheet_of(jia, site)
    page = jia.page
    assert page.locator("tbody tr:visible").count() == 1
    page.get_by_role("button", name="下一行").click()
    expect(page.locator("[data-row-name]")).to_contain_text("2/200")
    page.get_by_role("button", name="看整张表").click()
    assert page.locator("tbody tr:visible").count() > 100
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"] + 1


def test_without_scripts_the_plain_form_is_one_step_away(chromium, site):
    context = chromium.new_context(java_script_enabled=False, base_url=site.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "jia")
    page.fill("input[name=password]", site.password)
    page.click("main button")
    page.goto(f"/filings/{site.filing}/")
    page.get_by_role("link", name="用不带脚本的表单填").first.click()
    assert "plain=1" in page.url
    expect(page.locator("table.sheet tbody tr")).to_have_count(ROWS, timeout=30000)
    context.close()
