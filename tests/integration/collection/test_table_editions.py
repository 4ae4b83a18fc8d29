"""A newer edition of a superior's table, and the figures a table holds already."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from factories import collection as made
from luodi.audit.actions import perform
from luodi.audit.models import Act
from luodi.collection import actions
from luodi.collection.choices import Held, Look
from luodi.collection.models import TableRequest, TemplateState
from luodi.collection.queries.burden import burden_rows
from luodi.collection.queries.templates import request_page
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.models import Value

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Moment(made.APRIL)
BUREAU, ZONE = "市工信局", "开发区管委会"
MARCH = (
    ["全省工业情况表（2026年3月）"],
    ["计量单位：万元"],
    ["单位", "工业总产值", "工业总产值上年同期", "期末从业人员（人）", "备注栏"],
    [BUREAU, None, None, None, None],
    [ZONE, None, None, None, None],
)


@pytest.fixture(autouse=True)
def april(monkeypatch, own_data):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


@pytest.fixture
def keys(city, at):
    return made.indicators(city, at)


def book(*rows) -> bytes:
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(out)
    return out.getvalue()


def brought(city, *rows) -> TableRequest:
    who = made.viewer(city, "statistician")
    return actions.bring_table(
        name="表.xlsx", data=book(*rows), period="", city=city.key, viewer=who, by=who.person,
        at=made.APRIL,
    )  # fmt: skip


def page_of(city, request):
    return request_page(made.viewer(city, "statistician"), request.key, NOW)


def confirmed(city, request, posted=None):
    who = made.viewer(city, "statistician")
    return actions.confirm_template(
        table=request.key, posted=posted or {}, seen=page_of(city, request).state.since_id,
        viewer=who, by=who.person, at=made.APRIL,
    )  # fmt: skip


def imported(city, request, replacing=(), username="statistician", seen=None):
    who = made.viewer(city, username)
    seen = page_of(city, request).state.since_id if seen is None else seen
    return actions.import_held(
        table=request.key, seen=seen, replacing=replacing, viewer=who, by=who.person, at=made.APRIL
    )


def looked_at(city, request) -> dict[str, Look]:
    return {row.cell.address: row.look for row in page_of(city, request).looked_at}


def filled(**cells) -> list[list[object]]:
    """March's table with figures at addresses."""
    rows = [list(row) for row in MARCH]
    for at, figure in cells.items():
        rows[int(at[1:]) - 1]["ABCDE".index(at[0])] = figure
    return rows


def test_a_newer_edition_asks_only_about_what_changed(city, keys):
    confirmed(city, brought(city, *MARCH), {"subject-B4": city.units[ZONE], "indicator-C5": ""})
    longer = [list(row) for row in MARCH]
    longer[0] = ["全省工业情况表（2026年4月）"]
    longer[2].insert(1, "工业销售产值")
    for row in longer[3:]:
        row.insert(1, None)
    del longer[4]
    request = brought(city, *longer)
    page = page_of(city, request)
    assert not page.row.confirmed and page.last.title.startswith("全省工业情况表")
    looks = looked_at(city, request)
    assert looks == {"B4": Look.NEW, "C4": Look.MOVED, "D4": Look.MOVED, "E4": Look.MOVED}
    assert {row.before for row in page.looked_at} == {"", "B4", "C4", "D4"}
    assert [cell.address for cell in page.last.carried.gone] == ["B5", "D5"]
    assert page.last.carried.texts.new == ("工业销售产值",)
    mapping = confirmed(city, request, {"indicator-D4": ""})
    by = {cell.address: cell for cell in mapping.cells}
    assert by["C4"].subject == city.units[ZONE], "what was confirmed by hand is carried"
    assert by["B4"].indicator == "sales" and "D4" not in by and page_of(city, request).row.confirmed
    act = Act.objects.filter(verb="confirm_template").latest("position")
    assert len(act.subjects) == 2, "the edition it was taken from is named"


def test_another_unit_of_measure_is_never_carried_in_silence(city, keys):
    confirmed(city, brought(city, *MARCH))
    dearer = [["全省工业情况表（2026年4月）"], ["计量单位：亿元"], *MARCH[2:]]
    request = brought(city, *dearer)
    looks = looked_at(city, request)
    assert looks == dict.fromkeys(("B4", "B5", "C4", "C5"), Look.MEASURE)
    cells = {cell.address: cell.measured_in for cell in confirmed(city, request).cells}
    assert cells["B4"] == "亿元" and cells["D4"] == "人"


def test_a_table_with_little_in_common_is_a_new_one(city, keys):
    confirmed(city, brought(city, *MARCH))
    other = (
        ["外贸情况（2026年3月）"], ["计量单位：万元"], ["单位", "进出口", "出口"],
        [BUREAU, None, None], [ZONE, None, None],
    )  # fmt: skip
    assert page_of(city, brought(city, *other)).last is None


def test_labels_that_stand_more_often_are_looked_at(city, keys):
    rows = [*MARCH, ["其中：规上", None, None, None, None]]
    confirmed(city, brought(city, *rows), {
        f"{what}-B6": said for what, said in
        (("indicator", "output"), ("subject", city.units[ZONE]), ("about", "own"))
    })  # fmt: skip
    twice = [*rows[:4], ["其中：规上", None, None, None, None], *rows[4:]]
    looks = looked_at(city, brought(city, *twice))
    assert looks["B5"] == Look.DOUBLED and looks["B6"] == Look.MOVED


def test_figures_of_the_table_are_taken_in_once_with_it_as_their_source(city, keys):
    request = brought(city, *filled(B4=125000, C4=100000, D4="—", D5=7, B5="12.3456789"))
    confirmed(city, request)
    held = {row.address: row for row in page_of(city, request).held}
    assert {at: row.standing for at, row in held.items()} == {
        "B4": Held.NEW, "C4": Held.NEW, "D5": Held.NEW, "B5": Held.UNREAD
    }  # fmt: skip
    assert held["B4"].figure == "12.50" and held["C4"].period == "2025-03" and held["B5"].why
    assert len(imported(city, request)) == 3
    values = {(v.indicator_id, v.unit, v.period): v for v in Value.objects.open()}
    value = values[keys["output"], city.units[BUREAU], "2026-03"]
    assert (value.amount, value.origin) == (1250, f"table:{request.key}")
    assert find_subject(value.origin).address == reverse("table_request", args=[request.key])
    before = Act.objects.count()
    assert imported(city, request) == [] and Act.objects.count() == before, "nothing twice"
    page = page_of(city, request)
    assert {row.standing for row in page.held} == {Held.EQUAL, Held.UNREAD}
    assert "B4" in page.written and "B4" not in [cell.address for cell in page.asked]


def test_what_a_table_spares_a_unit_is_in_the_burden_meter(city, keys):
    request = brought(city, *filled(B4=125000, D4=5, D5=7))
    confirmed(city, request)
    assert burden_rows(made.viewer(city, "statistician"), NOW) == []
    imported(city, request)
    rows = burden_rows(made.viewer(city, "statistician"), NOW)
    assert {(row.unit, row.month, row.asked, row.spared) for row in rows} == {
        (BUREAU, "2026-04", 0, 2), (ZONE, "2026-04", 0, 1)
    }  # fmt: skip
    assert all(row.form.startswith("上级表：全省工业情况表") for row in rows)


def test_another_tables_figure_is_replaced_only_where_it_is_said(city, keys):
    first = brought(city, *filled(B4=125000))
    confirmed(city, first)
    imported(city, first)
    second = brought(city, *filled(B4=130000, D4=5))
    assert {row.address: row.standing for row in page_of(city, second).held} == {
        "B4": Held.DIFFERENT, "D4": Held.NEW
    }  # fmt: skip
    with pytest.raises(Conflict):
        imported(city, second, ["D4"])
    assert [row.address for row in imported(city, second)] == ["D4"]
    assert [row.address for row in imported(city, second, ["B4"])] == ["B4"]
    rows = Value.objects.filter(indicator=keys["output"]).order_by("pk")
    assert [(row.amount, row.until_id is None) for row in rows] == [(1250, False), (1300, True)]


def test_what_a_respondent_handed_in_stands(city, at):
    form = made.defined(city, at)
    made.opened(city, form)
    filing = made.filing_of(city, form)
    made.submitted(city, filing)
    made.accepted(city, filing)
    request = brought(city, *filled(B4=99900, D4=320))
    confirmed(city, request)
    held = {row.address: row.standing for row in page_of(city, request).held}
    assert held == {"B4": Held.REPORTED, "D4": Held.EQUAL}
    with pytest.raises(Conflict):
        imported(city, request, ["B4"])
    assert imported(city, request) == [] and made.values_of(filing)["output"] == 1250
    cell = Cell(
        made.indicators(city, at)["output"], city.units[BUREAU], "", "2026-03", 9, 2
    )  # and were the page passed by, writing refuses
    with pytest.raises(Closed), perform("import_held", by=city.people["statistician"], at=at,
                                        scope={"city": city.key}) as deed:  # fmt: skip
        write_figures(deed=deed, city=city.key, cells=[cell], origin=f"table:{request.key}",
                      purpose="statistics")  # fmt: skip


def test_sums_since_january_and_two_figures_for_one_place_are_not_taken_in(city, keys):
    rows = filled(B4=100, C4=200)
    rows[2][2] = "工业总产值1-3月"
    rows.append([BUREAU, 300, None, None, None])
    request = brought(city, *rows)
    confirmed(city, request)
    held = {row.address: (row.standing, row.why) for row in page_of(city, request).held}
    assert held["C4"][0] == Held.UNREAD and "累计" in held["C4"][1]
    assert held["B6"][0] == Held.UNREAD and "不一致" in held["B6"][1]


def test_who_may_take_figures_in(city, keys):
    request = brought(city, *filled(B4=125000))
    with pytest.raises(Incomplete):
        imported(city, request)
    confirmed(city, request)
    with pytest.raises(NotAllowed):
        imported(city, request, username="office")
    with pytest.raises(Conflict):
        imported(city, request, seen=0)


def test_through_the_pages(city, keys, sign_in):
    browser = sign_in("statistician")
    request = brought(city, *filled(B4=125000))
    confirmed(city, request)
    where = reverse("table_request", args=[request.key])
    page = browser.get(where).content.decode()
    assert "导入表里的数" in page and "待导入" in page
    seen = TemplateState.objects.open().get().since_id
    there = reverse("table_import", args=[request.key])
    assert browser.post(there, {"seen": seen}).url == where
    assert "与已知相同" in browser.get(where).content.decode()
    assert "没有新的数" in browser.post(there, {"seen": seen}, follow=True).content.decode()
    later = brought(
        city, ["全省工业情况表（2026年4月）"], *MARCH[1:], ["某县", None, None, None, None]
    )
    page = browser.get(reverse("table_request", args=[later.key])).content.decode()
    assert "只核对下面变了的格" in page and "新增" in page and "原在" not in page
