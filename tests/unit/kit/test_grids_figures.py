"""From a cell to an integer: exactly, or a sentence why not."""

from __future__ import annotations

import pytest

from luodi.kit.grids import Absent, Cell, Taking
from luodi.kit.grids.cells import EMPTY
from luodi.kit.grids.figures import plain_figure, typed
from luodi.kit.quantities import unit
from luodi.kit.refusals import Refusal

SIGNS = {"—": "没有发生", "…": "不足最小单位", "/": "不适用"}
MONEY = Taking(unit("万元"), 2, SIGNS)
RATE = Taking(unit("%"), 2, SIGNS)
POINTS = Taking(unit("个百分点"), 1)


def number(text: str, code: str = "General") -> Cell:
    return Cell("number", text, code)


@pytest.mark.parametrize(
    ("taking", "cell", "figure"),
    [
        (MONEY, number("12.3"), 1230),
        (MONEY, number("-12.3", "0.00"), -1230),
        (MONEY, Cell("text", "１２．３"), 1230),
        (MONEY, Cell("text", "1,234.5"), 123450),
        (MONEY, Cell("text", " 1 234 "), 123400),
        (MONEY, Cell("text", "12.300"), 1230),
        (MONEY, Cell("text", "1.2亿元"), 1200000),
        (MONEY, Cell("text", "3万元"), 300),
        (MONEY, number("123", '0.00"亿元"'), 123000000),
        (MONEY, number("123400", '#,##0.0,"千元"'), 1234),
        (MONEY, number("5", '0"分"'), 500),
        (MONEY, number("5", '0"万"'), 500),
        (RATE, number("0.05", "0%"), 500),
        (RATE, number("0.0512", "0%"), 512),
        (RATE, number("5"), 500),
        (RATE, number("1", "0.00%"), 10000),
        (RATE, Cell("text", "5.1%"), 510),
        (RATE, Cell("text", "12‰"), 120),
        (POINTS, number("0.015", "0.0%"), 15),
        (MONEY, EMPTY, None),
        (MONEY, Cell("text", "\u3000"), None),
    ],
)
def test_a_figure_is_taken_exactly(taking, cell, figure):
    assert taking.take(cell) == figure


@pytest.mark.parametrize(
    ("taking", "cell", "code"),
    [
        (MONEY, Cell("text", "暂无"), "quantity.unread"),
        (MONEY, Cell("text", "12,34"), "quantity.unread"),
        (MONEY, Cell("text", "12亩"), "quantity.unit_mismatch"),
        (MONEY, number("0.05", "0%"), "quantity.unit_mismatch"),
        (MONEY, number("0.333333333333333", "0.00"), "quantity.too_precise"),
        (MONEY, Cell("text", "1.234"), "quantity.too_precise"),
        (MONEY, number("1E+308"), "quantity.overflow"),
        (MONEY, number("1E+308", "0%"), "quantity.overflow"),
        (MONEY, number("99999999999999999999"), "quantity.overflow"),
        (MONEY, Cell("text", "1e308"), "figure.scientific"),
        (MONEY, Cell("text", "1.23E+11"), "figure.scientific"),
        (MONEY, Cell("date", "2026-03-01"), "figure.date"),
        (MONEY, Cell("error", "#REF!"), "figure.error"),
        (MONEY, Cell("truth", "TRUE"), "figure.truth"),
        (MONEY, Cell("uncomputed", formula=True), "figure.uncomputed"),
        (POINTS, Cell("text", "—"), "quantity.unread"),
    ],
)
def test_what_is_no_figure_says_why(taking, cell, code):
    answer = taking.take(cell)
    assert isinstance(answer, Refusal) and answer.code == code and answer.zh and answer.en


def test_hidden_decimals_are_said_beside_what_is_shown():
    answer = MONEY.take(number("0.333333333333333", "0.00"))
    assert "显示 0.33" in answer.zh and "0.333333333333333" in answer.en


def test_the_signs_of_the_form_mean_what_it_says():
    assert MONEY.take(Cell("text", " — ")) == Absent("—", "没有发生")
    assert MONEY.take(Cell("text", "…")) == Absent("…", "不足最小单位")


def test_the_short_way_leaves_what_it_does_not_know():
    assert plain_figure("1" * 16, 0) is None
    assert plain_figure("999999999999999", 6) is None
    assert plain_figure("1.25", 1) is None and plain_figure("1.50", 1) == 15
    assert plain_figure("1234567890.1234567890", 2) is None
    assert typed(-1230, 2) == "-12.30"
