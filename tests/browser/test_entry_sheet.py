"""The entry sheet in a real browser, on a small server of its own under the product's policy."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from random import Random

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page, expect

from browser.conftest import PHONE, SHOTS, WIDE
from browser.steps.sheets import PASTE
from factories.entry_sheets import Form, FormServer, serving

ROUND = """async ([text, rows]) => {
  const { readTsv, writeTsv } = await import("/static/common/grid/tsv.js");
  return [readTsv(text), readTsv(`${writeTsv(rows, false)}\\r\\n`)];
}"""
COPY = """(name) => {
  const data = new DataTransfer();
  document.activeElement.dispatchEvent(
    new ClipboardEvent(name, { clipboardData: data, bubbles: true, cancelable: true }));
  return data.getData("text/plain");
}"""


class Desk:
    """Somebody in front of the sheet."""

    def __init__(self, page: Page, server: FormServer) -> None:
        self.page, self.server = page, server

    def open(self, who: str = "jia", path: str = "/") -> Desk:
        self.page.goto(f"{self.server.address}{path}?as={who}")
        self.page.wait_for_selector(".grid.ready")
        return self

    def cell(self, r: int, c: int):
        return self.page.locator(f"tbody tr >> nth={r} >> css=td >> nth={c}")

    def at(self, r: int, c: int) -> Desk:
        self.cell(r, c).click()
        return self

    def type(self, text: str, then: str = "Enter") -> Desk:
        self.page.keyboard.type(text)
        self.page.keyboard.press(then)
        return self

    def press(self, *keys: str) -> Desk:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def paste(self, text: str) -> Desk:
        self.page.evaluate(PASTE, text)
        return self

    def copy(self, name: str = "copy") -> str:
        return self.page.evaluate(COPY, name)

    def state(self, words: str) -> Desk:
        expect(self.page.locator("[data-state]")).to_contain_text(words, timeout=15000)
        return self

    def saved(self) -> dict[str, str]:
        """Wait for the server to have it all; what the server has."""
        self.page.wait_for_function(
            "() => !document.querySelector('[data-grid]').grid.store.unsaved"
        )
        self.state("已保存")
        return self.server.form.cells

    def text(self, r: int, c: int) -> str:
        return self.page.evaluate(
            "([r, c]) => document.querySelector('[data-grid]').grid.sheet.text(r, c)", [r, c]
        )

    def news(self, words: str) -> Desk:
        expect(self.page.locator("[data-news]")).to_contain_text(words)
        return self

    @property
    def place(self) -> list[int]:
        return self.page.evaluate("() => document.querySelector('[data-grid]').grid.hand.place")

    def shot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def form() -> Form:
    return Form(rows=12, columns=6)


@pytest.fixture
def server(form: Form) -> Iterator[FormServer]:
    with serving(form) as one:
        yield one


@pytest.fixture
def desk(chromium, server: FormServer) -> Iterator[Callable[..., Desk]]:
    """`desk()`: a new person at the sheet; trouble on the page fails the test."""
    pages, troubles = [], []

    def come(who: str = "jia", size: dict[str, int] = WIDE, path: str = "/", **more) -> Desk:
        context = chromium.new_context(viewport=size, locale="zh-CN", **more)
        page = context.new_page()
        pages.append(context)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: "Security" in m.text and troubles.append(m.text))
        return Desk(page, server).open(who, path)

    yield come
    for context in pages:
        context.close()
    assert troubles == []


def test_what_is_typed_is_kept_as_typed_and_saved(desk):
    one = desk()
    one.at(0, 0).type("１２．50").type(" 1,200 ", then="Tab").type("0012")
    cells = one.saved()
    assert cells == {"r0:c0": "１２．50", "r1:c0": " 1,200 ", "r1:c1": "0012"}
    assert one.place == [2, 0], "Enter after Tab goes back to where the line began"
    expect(one.page.locator("tfoot td").first).to_have_text("1,212.50")


def test_keys_move_as_in_a_spreadsheet(desk, form):
    form.cells = {f"r{r}:c0": str(r) for r in (0, 1, 2, 3, 7)}
    one = desk().at(0, 0)
    for key, place in [
        ("Control+ArrowDown", [3, 0]), ("Control+ArrowDown", [7, 0]), ("Control+ArrowDown", [11, 0]),
        ("Control+Home", [0, 0]), ("End", [0, 5]), ("Home", [0, 0]), ("Control+End", [11, 5]),
        ("Control+Home", [0, 0]), ("ArrowRight", [0, 1]), ("Tab", [0, 2]),
        ("Shift+Tab", [0, 1]), ("Enter", [1, 1]), ("Shift+Enter", [0, 1]), ("ArrowUp", [0, 1]),
    ]:  # fmt: skip
        assert one.press(key).place == place, key


def test_escape_gives_up_and_then_tab_leaves(desk, form):
    form.cells = {"r0:c0": "5"}
    one = desk().at(0, 0)
    one.page.keyboard.type("99")
    one.press("Escape")
    assert one.text(0, 0) == "5"
    one.press("F2", "End").page.keyboard.type("6")
    one.press("Enter")
    assert one.text(0, 0) == "56"
    one.press("Escape").news("Tab")
    one.press("Tab")
    assert one.page.evaluate("() => !document.activeElement.closest('.grid-frame')")


def test_a_chinese_input_method_loses_no_letter_and_its_enter_moves_nothing(desk):
    one = desk().at(2, 5)
    method = one.page.context.new_cdp_session(one.page)
    method.send("Input.imeSetComposition", {"text": "ting", "selectionStart": 4, "selectionEnd": 4})
    assert one.place == [2, 5]
    method.send("Input.insertText", {"text": "停产"})
    assert one.place == [2, 5]
    one.press("Enter")
    assert one.saved() == {"r2:c5": "停产"}


def test_a_rectangle_is_copied_cut_filled_and_taken_back(desk, form):
    form.cells = {"r0:c0": "1", "r0:c1": '说"好"\t了', "r1:c0": "=1+1", "r1:c1": "-5"}
    one = desk().at(0, 0).press("Shift+ArrowDown", "Shift+ArrowRight")
    assert one.copy() == '1\t"说""好""\t了"\r\n\'=1+1\t-5'
    one.copy("cut")
    assert [one.text(r, c) for r in (0, 1) for c in (0, 1)] == [""] * 4
    one.press("Control+z")
    assert one.text(0, 1) == '说"好"\t了'
    one.press("Control+y").press("Control+z")
    one.at(0, 0).press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert [one.text(r, 0) for r in range(4)] == ["1", "1", "1", ""]
    one.at(3, 0).press("Control+d")
    assert one.text(3, 0) == "1"
    one.at(5, 0)
    one.page.keyboard.type("7")
    one.press("Control+Enter")
    assert one.saved()["r5:c0"] == "7"


def test_the_mouse_picks_and_the_foot_adds_up(desk, form):
    form.cells = {"r0:c0": "1.5", "r1:c0": "２", "r1:c1": "无"}
    one = desk().at(0, 0)
    one.page.keyboard.down("Shift")
    one.cell(1, 1).click()
    one.page.keyboard.up("Shift")
    expect(one.page.locator("[data-picked]")).to_have_text("选中 4 格 · 数字 2 个 · 合计 3.5")
    one.cell(3, 1).hover()
    one.page.mouse.down()
    one.cell(5, 3).hover()
    one.page.mouse.up()
    expect(one.page.locator("td[aria-selected=true]")).to_have_count(9)


def test_paste_says_what_did_not_fit_and_passes_over_what_is_locked(desk, form):
    form.locked = {"r1:c1": {"typed": "80", "source": "国家联网直报 2026-04"}}
    one = desk().at(0, 0)
    one.paste('1\t2\r\n3\t4\r\n"5\n6"\t"七""八"""\r\n')
    one.news("改动 5 格").news("1 格不能填")
    one.at(10, 4).paste("a\tb\tc\nd\te\tf\ng\th\ti\n").news("5 格超出表外")
    cells = one.saved()
    assert cells["r2:c0"] == "5\n6"
    assert cells["r2:c1"] == '七"八"'
    assert "r1:c1" not in cells
    assert one.text(1, 1) == "80"
    one.at(1, 1)
    expect(one.page.locator("#grid-says")).to_contain_text("国家联网直报 2026-04")
    one.page.keyboard.type("9")
    assert one.text(1, 1) == "80"


def test_faults_stand_at_their_cell_and_in_the_list_and_ask_for_an_explanation(desk, form):
    one = desk().at(0, 0).type("十二").type("500", then="Tab").type("10")
    one.saved()
    expect(one.page.locator("[data-tally]")).to_have_text("必须改 1 处 · 要说明 1 处")
    expect(one.cell(0, 0)).to_have_attribute("aria-invalid", "true")
    one.press("F8")
    assert one.place == [0, 0]
    field = one.page.locator(".grid-field")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-label") == "演示企业001（生成） 工业总产值（万元）"
    expect(one.page.locator(f"#{field.get_attribute('aria-describedby')}")).to_contain_text(
        "不是数"
    )
    one.shot("entry-faults")
    one.page.get_by_role("button", name="总产值超过").click()
    assert one.place == [1, 0]
    one.page.get_by_label("说明").fill("上月集中结算")
    one.at(0, 0).type("12").saved()
    expect(one.page.locator("[data-tally]")).to_have_text("已说明 1 处")
    assert form.explanations == {"ratio": "上月集中结算"}


def test_two_people_in_one_form_lose_nothing(desk, form):
    one, two = desk("jia"), desk("yi")
    one.at(0, 0).type("11").type("12").saved()
    two.at(4, 1).type("5").saved()
    assert two.text(0, 0) == "11", "what the other wrote elsewhere comes by itself"
    one.at(0, 0).type("21").type("22").saved()
    two.at(0, 0).type("31", then="ArrowRight").type("7")
    two.state("有格子被别人改过")
    expect(two.page.locator("[data-conflicts]")).to_contain_text("jia")
    assert form.cells["r0:c0"] == "21"
    two.shot("entry-conflict")
    two.page.get_by_role("button", name="用这个 ").first.click()
    cells = two.saved()
    assert (cells["r0:c0"], cells["r1:c0"], cells["r0:c1"]) == ("31", "22", "7")
    one.at(0, 0).type("41").state("有格子被别人改过")
    one.page.get_by_role("button", name="用这个 ").nth(1).click()
    assert one.saved()["r0:c0"] == "31"
    assert one.text(0, 0) == "31"


def test_a_server_that_stops_and_comes_back_gets_everything(desk, server, form):
    one = desk().at(0, 0).type("1")
    one.saved()
    server.stop()
    one.type("2").type("3").state("未保存（离线）")
    one.shot("entry-offline")
    asked = []
    one.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    one.page.evaluate("() => setTimeout(() => location.reload(), 0)")
    one.page.wait_for_timeout(400)
    assert asked == ["beforeunload"]
    server.start()
    assert one.saved() == {"r0:c0": "1", "r1:c0": "2", "r2:c0": "3"}


def test_who_is_signed_out_or_refused_keeps_the_text_on_the_page(desk, form):
    one = desk()
    form.signed_out = True
    one.at(0, 0).type("1").state("登录已到期")
    assert one.page.locator("[data-door]").is_visible()
    form.signed_out, form.closed = False, "这张表已经提交，不能再改。"
    one.type("2").state("这张表已经提交，不能再改。")
    assert (one.text(0, 0), one.text(1, 0)) == ("1", "2")
    form.closed = ""
    one.type("3")
    assert one.saved() == {"r0:c0": "1", "r1:c0": "2", "r2:c0": "3"}


def test_by_keys_alone_from_the_first_cell_to_the_submission(desk, form):
    one = desk()
    one.page.locator("#hand-in").focus()
    for _ in range(12):
        one.press("Tab")
        if one.page.evaluate("() => document.activeElement.matches('.grid-field')"):
            break
    one.type("500", then="Tab").type("10", then="Tab").type("x")
    one.saved()
    one.press("F8", "F8", "F8").type("8").saved()
    one.press("F8", "Escape", "Tab", "Tab")
    one.page.keyboard.type("停产检修后恢复")
    while not one.page.evaluate("() => document.activeElement.id === 'hand-in'"):
        one.press("Shift+Tab")
    one.press("Enter")
    one.page.wait_for_url("**/submit")
    assert json.loads(form.submitted[0])["r0:c2"] == "8"
    assert form.explanations == {"ratio": "停产检修后恢复"}


def test_cells_come_and_go_as_a_spreadsheet_writes_them(desk):
    """Python's own writer of Excel's tab dialect is the judge; seeded, so a failure comes again."""
    one, random = desk(), Random(20260401)
    for _ in range(60):
        wide = random.randrange(1, 5)
        rows = [
            ["".join(random.choices('a1"\t\n，=', k=random.randrange(5))) for _ in range(wide)]
            for _ in range(random.randrange(1, 5))
        ]
        if rows == [[""]]:
            continue
        written = io.StringIO()
        csv.writer(written, dialect="excel-tab").writerows(rows)
        read, back = one.page.evaluate(ROUND, [written.getvalue(), rows])
        assert read == rows
        assert back == rows


def test_sums_are_exact_and_say_what_is_no_number(desk):
    said = desk().page.evaluate(
        """async (texts) => {
          const { sumOf } = await import("/static/common/grid/decimals.js");
          return texts.map((some) => sumOf(some));
        }""",
        [
            ["0.1", "0.2"], ["９９９９９９９９９９９９９９９９９９", "1"], ["-1,234.50", "无", ""], ["1e308", "NaN"],
            ["1,23", "--5", "5-"], ["\u2212.5", "5."],
        ],
    )  # fmt: skip
    assert [(one["sum"], one["numbers"]) for one in said] == [
        ("0.3", 2), ("1,000,000,000,000,000,000", 2), ("\u22121,234.50", 1), ("", 0),
        ("", 0), ("4.5", 2),
    ]  # fmt: skip


def test_it_speaks_english_and_prints_on_paper(desk, form):
    form.cells = {"r0:c0": "12", "r1:c5": "说明"}
    one = desk(path="/en")
    one.at(0, 0).type("x").state("Saved 12:03")
    expect(one.page.locator("[data-tally]")).to_have_text("1 must be changed")
    one.page.emulate_media(media="print")
    one.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert one.page.locator(".grid-paper table").count() == 1
    assert not one.page.locator(".grid-frame").is_visible()
    one.shot("entry-print")
    one.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert one.page.locator(".grid-paper").count() == 0


def test_a_wide_sheet_is_printed_as_several_tables(chromium):
    with serving(Form(rows=60, columns=40)) as server:
        context = chromium.new_context(viewport=WIDE, locale="zh-CN")
        one = Desk(context.new_page(), server).open()
        paper = one.page.pdf(landscape=True, format="A4")
        context.close()
    with pdfium.PdfDocument(paper) as document:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) >= 6
    assert all("演示企业" in page and "（生成）" in page for page in pages)
    assert "备注" in pages[-1]


def test_a_finger_opens_a_cell_and_writes(desk, form):
    one = desk(size=PHONE, has_touch=True, is_mobile=True)
    cell = one.cell(0, 2)
    cell.tap()
    assert one.place == [0, 2]
    one.page.keyboard.type("35")
    one.page.keyboard.press("Enter")
    one.page.get_by_role("button", name="下一行").tap()
    assert one.saved() == {"r0:c2": "35"}


def test_a_screen_reader_finds_a_grid_with_names(desk, form):
    form.cells = {"r0:c0": "5"}
    form.locked = {"r0:c1": {"typed": "80", "source": "国家联网直报 2026-04"}}
    one = desk().at(0, 0)
    grid = one.page.get_by_role("grid", name="规模以上工业月报（演示）")
    assert grid.get_attribute("aria-rowcount") == "13"
    assert grid.get_by_role("columnheader").count() >= 7
    assert grid.get_by_role("rowheader", name="演示企业003（生成）").count() == 1
    assert one.page.locator("[data-grid] textarea.grid-field").count() == 1, "one stop of Tab"
    one.press("ArrowRight")
    field = one.page.get_by_role("textbox", name="演示企业001（生成） 营业收入（万元）")
    expect(field).to_be_focused()
    expect(field).to_have_value("80")
    assert field.get_attribute("readonly") is not None
    assert one.cell(0, 1).get_attribute("aria-readonly") == "true"
