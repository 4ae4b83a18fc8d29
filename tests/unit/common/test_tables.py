"""Lists: filtered, sorted, grouped, exported; everything from outside escaped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from luodi.common.tables import Column, Table, lamp_html, light_html, shown


@dataclass(frozen=True)
class Row:
    name: str
    unit: str
    count: int | None
    due: date | None
    light: str = "green"


ROWS = [
    Row("乙", "市工信局", 3, date(2026, 3, 1), "yellow"),
    Row("甲<script>", "市商务局", None, None, "none"),
    Row("丙", "市工信局", -12, date(2026, 1, 1), "red"),
]
COLUMNS = [
    Column("name", "名称", lambda r: r.name, filter="text", href=lambda r: f'/x/"{r.count}'),
    Column("unit", "单位", lambda r: r.unit, filter="choice", group=True),
    Column("count", "数", lambda r: r.count, kind="number"),
    Column("due", "时限", lambda r: r.due, kind="date"),
    Column("light", "灯", lambda r: (r.light, "因为"), kind="light", filter="choice", group=True),
]


def table(**params: str) -> Table:
    return Table("t", COLUMNS, ROWS, params, "还没有。", select=lambda r: r.name)


def names(**params: str) -> list[str]:
    return [row.name[0] for row in table(**params).shown]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["乙", "甲", "丙"]),
        ({"f_name": "甲"}, ["甲"]),
        ({"f_unit": "市工信局"}, ["乙", "丙"]),
        ({"f_light": "超期"}, ["丙"]),
        ({"f_unit": "市工信局", "f_name": "无"}, []),
        ({"sort": "count"}, ["丙", "乙", "甲"]),
        ({"sort": "due"}, ["丙", "乙", "甲"]),
        ({"sort": "light"}, ["丙", "乙", "甲"]),
        ({"sort": "-light"}, ["甲", "乙", "丙"]),
        ({"sort": "nothing"}, ["乙", "甲", "丙"]),
        ({"group": "unit", "sort": "due"}, ["甲", "丙", "乙"]),
        ({"group": "name"}, ["乙", "甲", "丙"]),
    ],
)
def test_rows_are_filtered_sorted_and_grouped(params, expected):
    if params.get("group") == "unit":
        assert sorted(names(**params)) == sorted(expected)
        html = table(**params).html
        assert html.count('class="group"') == 2
    else:
        assert names(**params) == expected


def test_everything_from_outside_is_escaped():
    html = table(f_name="", sort='"><b>').html
    assert "<script>" not in html
    assert '"><b>' not in html
    assert "&lt;script&gt;" in html


def test_an_empty_list_says_what_belongs_there_and_a_filtered_one_that_it_is_filtered():
    assert "还没有。" in Table("t", COLUMNS, [], {}, "还没有。").html
    assert "没有符合筛选条件的行" in table(f_name="无").html


def test_a_sheet_holds_what_is_on_the_screen():
    head, rows = table(f_unit="市工信局").matrix()
    assert head == ["名称", "单位", "数", "时限", "灯"]
    assert rows == [
        ["乙", "市工信局", 3, date(2026, 3, 1), "临期"],
        ["丙", "市工信局", -12, date(2026, 1, 1), "超期"],
    ]


def test_nothing_is_a_dash_and_minus_is_a_minus():
    assert [shown(v) for v in (None, "", 0, -1234)] == ["—", "—", "0", "\u22121,234"]


def test_a_light_has_shape_word_and_reason():
    assert "●" in light_html("red", "晚了") and "超期" in light_html("red", "晚了")
    assert 'title="&lt;b&gt;"' in light_html("red", "<b>")
    assert 'aria-label="超期"' in lamp_html("red")


def test_a_standing_is_said_by_its_reason_on_the_screen_and_in_the_sheet():
    column = Column("window", "申报期", lambda r: r, kind="standing")
    made = Table(
        "windows", (column,), [("none", "已截止"), ("yellow", "还有 <2> 天")], {"sort": "window"}
    )
    assert "▲</i> 还有 &lt;2&gt; 天" in made.html
    assert made.matrix() == (["申报期"], [["还有 <2> 天"], ["已截止"]])


def paged(**params: str) -> Table:
    rows = [Row(f"行{n:02}", "甲" if n % 2 else "乙", n, None) for n in range(25)]
    return Table("t", COLUMNS, rows, params, portion=10)


@pytest.mark.parametrize(
    ("params", "first", "count", "part"),
    [
        ({}, "行00", 10, 1),
        ({"page": "2"}, "行10", 10, 2),
        ({"page": "3"}, "行20", 5, 3),
        ({"page": "99"}, "行20", 5, 3),
        ({"page": "0"}, "行00", 10, 1),
        ({"page": "-1"}, "行00", 10, 1),
        ({"page": "²"}, "行00", 10, 1),
        ({"page": "9" * 500}, "行00", 10, 1),
        ({"page": "2", "f_unit": "甲"}, "行21", 2, 2),
        ({"page": "2", "sort": "-count"}, "行14", 10, 2),
    ],
)
def test_a_table_is_parted_into_pages(params, first, count, part):
    now = paged(**params)
    assert [now.on_page[0].name, len(now.on_page), now.part] == [first, count, part]
    assert now.html.count("<tr>") == count + 1
    assert len(now.matrix()[1]) == len(now.shown) >= count


def test_turning_a_page_keeps_the_filter_and_sorting_begins_at_the_first():
    now = paged(page="2", f_unit="甲", sort="count")
    assert now.turns == [("?page=1&f_unit=%E7%94%B2&sort=count", "上一页")]
    assert "page" not in now.address(sort="-count") and ("page", "2") not in now.kept
    assert [words for _address, words in paged(page="2").turns] == ["上一页", "下一页"]
    assert paged(f_name="行1").turns == [] and table().parts == 1
