"""A superior's table after a correction: of its mapping, its sheet, a definition, its period."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import collection as made
from luodi.audit.actions import perform
from luodi.collection import actions
from luodi.collection.choices import Held
from luodi.collection.models import TableRequest
from luodi.collection.queries.templates import filled_file, request_page
from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Value

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Moment(made.APRIL)
ROWS = (
    ("全省工业情况表（2026年3月）",),
    ("计量单位：万元",),
    ("单位", "工业总产值", "工业总产值上年同期"),
    ("市工信局", 125000, 100000),
)


@pytest.fixture(autouse=True)
def april(monkeypatch, own_data):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


@pytest.fixture
def keys(city, at):
    return made.indicators(city, at)


def book(sheet: str = "Sheet", *, empty: bool = False, last: str = "") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in ROWS:
        workbook.active.append([None if empty and isinstance(one, int) else one for one in row])
    workbook.active["C3"] = last or ROWS[2][2]
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def brought(city, data: bytes, period: str = "") -> TableRequest:
    who = made.viewer(city, "statistician")
    return actions.bring_table(
        name="表.xlsx", data=data, period=period, city=city.key, viewer=who, by=who.person,
        at=made.APRIL,
    )  # fmt: skip


def page_of(city, request):
    return request_page(made.viewer(city, "statistician"), request.key, NOW)


def confirmed(city, request, **posted) -> None:
    who = made.viewer(city, "statistician")
    actions.confirm_template(
        table=request.key, posted={name.replace("_", "-"): said for name, said in posted.items()},
        seen=page_of(city, request).state.since_id, viewer=who, by=who.person, at=made.APRIL,
    )  # fmt: skip


def imported(city, request):
    who = made.viewer(city, "statistician")
    return actions.import_held(
        table=request.key, seen=page_of(city, request).state.since_id, replacing=(), viewer=who,
        by=who.person, at=made.APRIL,
    )  # fmt: skip


def known(keys) -> dict[tuple[str, str], int]:
    codes = {key: code for code, key in keys.items()}
    return {(codes[v.indicator_id], v.period): v.amount for v in Value.objects.open()}


def revised(city, indicator: str, **changes) -> None:
    row = Definition.objects.open().get(indicator=indicator)
    with perform("revise", by=city.people["statistician"], at=made.APRIL,
                 scope={"city": city.key}) as deed:  # fmt: skip
        deed.replace(row, **changes)


def test_what_a_corrected_mapping_no_longer_says_is_withdrawn(city, keys, sign_in):
    request = brought(city, book())
    confirmed(city, request)
    imported(city, request)
    assert known(keys) == {("output", "2026-03"): 1250, ("output", "2025-03"): 1000}
    confirmed(city, request, indicator_B4="sales")
    told = {(row.name, row.standing) for row in page_of(city, request).held}
    assert ("工业总产值", Held.GONE) in told and ("工业销售产值", Held.NEW) in told
    browser, there = sign_in("statistician"), reverse("table_import", args=[request.key])
    assert (
        "再导入时撤销" in browser.get(reverse("table_request", args=[request.key])).content.decode()
    )
    seen = page_of(city, request).state.since_id
    page = browser.post(there, {"seen": seen}, follow=True).content.decode()
    assert "已导入 1 个数" in page and "已撤销 1 个" in page
    assert known(keys) == {("sales", "2026-03"): 1250, ("output", "2025-03"): 1000}
    assert imported(city, request) == []


def test_a_known_table_is_filled_whatever_its_sheet_is_called_this_month(city, keys):
    confirmed(city, first := brought(city, book("3月")))
    imported(city, first)
    later = brought(city, book("三月（更正）", empty=True))
    assert page_of(city, later).row.confirmed
    _name, data = filled_file(made.viewer(city, "statistician"), later.key, NOW)
    assert openpyxl.load_workbook(io.BytesIO(data))["三月（更正）"]["B4"].value == 125000


@pytest.mark.parametrize("scale", [0, 4])
def test_a_figure_keeps_its_size_when_its_definition_has_other_decimals(city, keys, scale):
    request = brought(city, book())
    confirmed(city, request)
    imported(city, request)
    revised(city, keys["output"], scale=scale)
    written = page_of(city, request).written
    assert {at: float(text) for at, text in written.items()} == {"B4": 125000, "C4": 100000}


def test_no_growth_is_written_across_a_break_of_the_definition(city, keys):
    first = brought(city, book())
    confirmed(city, first)
    imported(city, first)
    request = brought(city, book(last="工业总产值同比增长（%）"))
    confirmed(city, request)
    assert float(page_of(city, request).written["C4"]) == 25
    revised(city, keys["output"], valid_from="2026-01", comparable=False)
    page = page_of(city, request)
    assert "C4" not in page.written and [cell.address for cell, _why in page.refused] == ["C4"]


@pytest.mark.parametrize("period", ["0001", "0001-01", "1899-12", "9998"])
def test_a_period_at_the_edge_of_the_calendar_is_refused_in_words(sign_in, keys, period):
    given = {"file": SimpleUploadedFile("表.xlsx", book()), "period": period}
    answer = sign_in("statistician").post(reverse("table_requests"), given)
    assert answer.status_code == 422 and "时期写得不对" in answer.content.decode()


def test_the_page_of_a_table_has_no_chinese_colon_in_english(city, keys, sign_in):
    request = brought(city, book(last="工业总产值同比增长（%）"))
    confirmed(city, request)
    browser = sign_in("statistician")
    browser.post("/language/", {"language": "en", "next": "/"})
    page = browser.get(reverse("table_request", args=[request.key])).content.decode()
    refused = page.partition('<ul class="plain"><li>')[2].partition("</li>")[0]
    assert refused.startswith("C4") and ": " in refused and "：" not in refused
