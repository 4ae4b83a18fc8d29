"""What people and programs send by hand: other cities, wrong roles, odd days, broken lists."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.city import FIRMS, make_city
from factories.registers import CASE, aimed, case_of, entered, moved, refer
from luodi.audit.queries import verify
from luodi.common.refusals import Incomplete, NotFound
from luodi.orgs.actions import merge_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.registers.actions import move_entry, revise_entry
from luodi.registers.models import EntryState, RegisterGoalState

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")']


def text(response) -> str:
    return response.content.decode()


def book(*rows, formula: str = "") -> SimpleUploadedFile:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    page = made.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if formula:
        page.write_formula(len(rows), 0, formula, value="#REF!")
    made.close()
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def imported(client, register, file, stage):
    address = f"/registers/of/{register}/import/"
    return client.post(address, {"stage": stage, "file": file}, follow=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"from_on": date(1, 1, 1)}, "不合常理"), ({"from_on": date(1948, 12, 31)}, "不合常理"),
        ({"from_on": date(2026, 1, 1), "until_on": date(9999, 12, 31)}, "不合常理"),
        ({"from_on": date(2026, 3, 3)}, "不能晚于今天"),
    ],
)  # fmt: skip
def test_days_that_can_not_be_are_refused(city, at, given, words):
    key = entered(city, at, "specialised")
    with pytest.raises(Incomplete, match=words):
        moved(city, at, key, "recognise", level="innovative", **given)
    with pytest.raises(Incomplete, match=words):
        revise_entry(entry=key, given=given, why="示例", by=city.people["office"], at=at)


@pytest.mark.parametrize("day", ["0000-00-00", "99999-01-01", "2026-02-30", "昨天", "1.5", "-1"])
def test_a_typed_day_that_is_none_comes_back_with_the_form(city, at, sign_in, day):
    key = entered(city, at, "specialised")
    said = {"level": "innovative", "from_on": day, "reason": "写好的"}
    answer = sign_in("office").post(f"/registers/entries/{key}/recognise/", said)
    assert answer.status_code == 422 and "写好的" in text(answer)
    assert EntryState.objects.open().get(entry=key).stage == "nurtured"


def test_nothing_but_what_a_step_asks_for_gets_into_an_entry(city, at, sign_in):
    key, other = case_of(city, at), list(city.enterprises.values())[1]
    more = {"about": other, "stage": "closed", "ended": True, "matter": "改名", "entry_id": "x"}
    given = {"referred_to": city.units["市工信局"], "reason": "示例"} | more
    move_entry(entry=key, move="refer", given=given, by=city.people["zone_staff"], at=at)
    state = EntryState.objects.open().get(entry=key)
    assert (state.stage, state.matter, state.ended) == ("referred", "示例专利被仿制", False)
    assert state.about != other
    sign_in("clerk").post(f"/registers/entries/{key}/settle/", {"reply": "已办", **more})
    state = EntryState.objects.open().get(entry=key)
    assert (state.stage, state.matter) == ("closed", "示例专利被仿制") and state.about != other


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "9" * 40])
def test_a_row_version_made_up_overwrites_nothing(city, at, sign_in, seen):
    key = case_of(city, at)
    said = {"referred_to": city.units["市工信局"], "reason": "写好的意见", "seen": seen}
    answer = sign_in("zone_staff").post(f"/registers/entries/{key}/refer/", said)
    assert answer.status_code == (302 if seen == "" else 422)
    assert ("写好的意见" in text(answer)) == (seen != "")


def test_another_city_is_as_if_it_were_not_there(city, at, sign_in):
    other_city = make_city(at=at, key="bieshi")
    firm = other_city.enterprises[FIRMS[0][0]]
    there, goal = case_of(other_city, at), aimed(other_city, at)
    refer(other_city, at, there, "市工信局")
    home = case_of(city, at)
    office = sign_in("office")
    for address in (
        f"/registers/entries/{there}/", f"/registers/entries/{there}/recall/",
        f"/registers/entries/{there}/revise/", f"/registers/goals/{goal}/",
        f"/enterprises/{firm}/merge/",
    ):  # fmt: skip
        answer = office.post(address, {"reason": "x", "why": "x", "into": FIRMS[0][0]})
        assert answer.status_code in {404, 405}, address
    given = {"referred_to": other_city.units["市工信局"], "reason": "x"}
    with pytest.raises(Incomplete, match="没有这个单位"):
        move_entry(entry=home, move="refer", given=given, by=city.people["office"], at=at)
    with pytest.raises(NotFound):
        move_entry(
            entry=there, move="answer", given={"reason": "x"}, by=city.people["clerk"], at=at
        )
    with pytest.raises(NotFound):
        merge_enterprise(
            enterprise=city.enterprises[FIRMS[0][0]], into=firm, why="x",
            by=city.people["office"], at=at,
        )  # fmt: skip
    assert "示例专利被仿制" not in text(sign_in("clerk").get("/"))


@pytest.mark.parametrize("who", ["statistician", "leading_group", "system_admin", "auditor"])
def test_roles_that_keep_nothing_write_nothing(city, at, sign_in, who):
    key, client = case_of(city, at), sign_in(who)
    for address in (
        f"/registers/entries/{key}/accept/", f"/registers/entries/{key}/revise/",
        "/registers/of/ip-aid/new/", "/registers/of/ip-aid/import/",
        "/registers/of/specialised/goal/",
    ):  # fmt: skip
        assert client.post(address, CASE | {"matter": "x"}).status_code == 403, address
    assert EntryState.objects.count() == 1 and not RegisterGoalState.objects.exists()


def test_text_that_looks_like_a_formula_stays_text(city, at, sign_in):
    for number, words in enumerate(FORMULAS):
        case_of(city, at, words, given=CASE | {"reason": f"{words}{number}"})
    answer = sign_in("office").get("/registers/of/ip-aid/?export=xlsx")
    cells = [
        cell
        for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows
        for cell in row
    ]
    assert set(FORMULAS) <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_a_list_of_cases_needs_their_matters(city, at, sign_in):
    head = ["企业名称", "案由", "类别"]
    bad = book(
        head, [FIRMS[0][0], "甲", "专利"], [FIRMS[0][0], "", "专利"], [FIRMS[0][0], "甲", ""]
    )
    page = text(imported(sign_in("office"), "ip-aid", bad, "received"))
    assert "第 3 行：请写明事由" in page and "第 4 行：" in page
    assert not EntryState.objects.exists()
    good = book(head, [FIRMS[0][0], "甲", "专利"], [FIRMS[0][0], "乙", "商标"])
    page = text(imported(sign_in("office"), "ip-aid", good, "received"))
    assert "新登记 2 条" in page
    assert not verify().breaks


@pytest.mark.parametrize(
    "rows",
    [
        [["企业名称"], ["=1+1"]], [["企业名称"], ["x" * 40_000]],
        [["企业名称", "企业名称"], ["甲", "乙"]], [["信用代码"], [9.15e17]],
        [["企业名称", "认定日期"], [FIRMS[0][0], "1900-02-29"]],
        [["企业名称", "认定日期"], [FIRMS[0][0], "0001-01-01"]], [["企业名称"]],
    ],
)  # fmt: skip
def test_odd_lists_are_answered_in_words_and_write_nothing(city, sign_in, rows):
    answer = imported(sign_in("office"), "specialised", book(*rows), "nurtured")
    assert answer.status_code == 422 and 'class="error"' in text(answer)
    assert not EntryState.objects.exists()


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.xls", "名单.csv", "名单", "名单.exe"])
@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\x00" * 64, b"\xff\xfe", b'a,b\n"c'])
def test_files_that_are_no_lists_are_answered_in_words(city, sign_in, name, data):
    file = SimpleUploadedFile(name, data)
    answer = imported(sign_in("office"), "specialised", file, "nurtured")
    assert answer.status_code == 422


def test_a_code_kept_as_a_number_and_a_date_as_a_date_are_read(city, at, sign_in):
    code = EnterpriseState.objects.open().get(name=FIRMS[0][0]).credit_code
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet()
    page.write_row(0, 0, ["信用代码", "认定日期"])
    page.write_string(1, 0, f" {code[:8]} {code[8:]} ")
    page.write_datetime(1, 1, datetime(2025, 3, 5), made.add_format({"num_format": "yyyy/m/d"}))
    made.close()
    file = SimpleUploadedFile("名单.xlsx", out.getvalue())
    assert "新登记 1 条" in text(imported(sign_in("office"), "specialised", file, "recognised"))
    assert EntryState.objects.open().get().from_on == date(2025, 3, 5)


def test_a_formula_that_broke_is_no_enterprise(city, sign_in):
    file = book(["企业名称"], formula="=Sheet9!A1")
    answer = imported(sign_in("office"), "specialised", file, "nurtured")
    assert answer.status_code == 422 and not EntryState.objects.exists()


def test_words_a_page_can_not_take_as_html(city, at, sign_in):
    key = case_of(city, at, "<script>alert(1)</script>")
    for address in (f"/registers/entries/{key}/", "/registers/of/ip-aid/", "/"):
        assert "<script>alert" not in text(sign_in("zone_staff").get(address))
