"""Grids: reading never raises, the short way of taking a figure equals the long one."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.books import workbook
from luodi.kit.grids import Cell, Grid, Taking, pasted, read_grid
from luodi.kit.grids.figures import plain_figure
from luodi.kit.quantities import Quantity, unit
from luodi.kit.refusals import Refusal

DECIMALS = st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", fullmatch=True)
ODD = st.text(alphabet="0123456789.,-+ ０１２．，—…/%‰万亿元亩eE=@\t\"'负一二十点", max_size=24)
UNITS = st.sampled_from([unit(name) for name in ("万元", "%", "个", "亩", "个百分点")])
SCALES = st.integers(0, 8)
PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml")


@given(DECIMALS, UNITS, SCALES)
def test_the_short_way_is_the_long_way(text, of, scale):
    quick = plain_figure(text, scale)
    slow = Quantity.parse(text, of, scale)
    if quick is not None:
        assert isinstance(slow, Quantity) and slow.number == quick
    answer = Taking(of, scale).read(text)
    assert answer == (slow if isinstance(slow, Refusal) else slow.number)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4), SCALES)
def test_a_usual_figure_takes_the_short_way(number, scale):
    text = f"{number:f}"
    slow = Quantity.parse(text, unit("万元"), scale)
    assert plain_figure(text, scale) == (slow.number if isinstance(slow, Quantity) else None)


@given(ODD, UNITS, SCALES, st.sampled_from(["General", "0%", '0"万元"', "#,##0,", "[Red]0;x"]))
def test_taking_never_raises(text, of, scale, code):
    taking = Taking(of, scale, {"—": "无"})
    for kind in ("text", "number", "date", "error"):
        taking.take(Cell(kind, text, code))


@settings(max_examples=40)
@given(st.binary(max_size=2_000), st.sampled_from(["a.xlsx", "a.csv", "a", "a.xls"]))
def test_no_bytes_break_the_reader(data, name):
    assert isinstance(read_grid(name, data), Grid | Refusal)


@settings(max_examples=40)
@given(st.sampled_from(PARTS), st.integers(0, 3_000), st.binary(max_size=30))
def test_no_broken_part_breaks_the_reader(part, at, noise):
    good = workbook(("表", [["甲", 1.5], ["乙", 0.2]]), formats={(0, 1): "0%"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = content[:at] + noise + content[at + len(noise) :]
            new.writestr(info.filename, content)
    assert isinstance(read_grid("a.xlsx", out.getvalue()), Grid | Refusal)


@given(st.text(max_size=200))
def test_nothing_pasted_breaks_the_reader(text):
    assert isinstance(pasted(text), Grid | Refusal)


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=5), max_size=5)
)
def test_whole_numbers_come_back_through_a_workbook(rows):
    grid = read_grid("a.xlsx", workbook(("表", [["头"], *rows])))
    assert isinstance(grid, Grid)
    for n, row in enumerate(rows, 2):
        assert [grid.sheets[0].at(n, c).text for c in range(1, len(row) + 1)] == [
            str(v) for v in row
        ]
