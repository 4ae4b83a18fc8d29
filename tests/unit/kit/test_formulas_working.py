"""The working: every step of a number, as a page shows it."""

from __future__ import annotations

from luodi.kit.calendars import Period
from luodi.kit.formulas import Book, Declared, Table, formula_of, parse, prepare, working
from luodi.kit.quantities import unit

BOOK = Book.of(
    [
        Declared("a", unit("亿元"), 2, "签约"),
        Declared("b", unit("万元"), 0, "到位"),
        Declared("area", unit("亩")),
        Declared("rate", unit("%"), 1, formula=parse("ratio([b], [a])")),
        Declared("root", unit("%"), 1, formula=parse("annual_growth([a], 2)")),
    ]
)
Q1 = Period.parse("2026Q1")
FIGURES = {("a", "z", f"2026-0{m}"): 100 * m for m in (1, 2, 3)}
FIGURES |= {("b", "z", f"2026-0{m}"): 7000 for m in (1, 2, 3)}


def lines(step, depth=0):
    yield "  " * depth + step.says()
    for one in step.inputs:
        yield from lines(one, depth + 1)


def test_a_rate_shows_its_parts_and_their_periods():
    step = working(formula_of("rate", BOOK), "z", Q1, Table(FIGURES))
    assert list(lines(step)) == [
        "ratio([b], [a]) = 35.0%",
        "  [b] = 21,000万元",
        "  [a] = 6.00亿元",
    ]
    assert [p.key for p in step.inputs[0].periods] == ["2026-01", "2026-02", "2026-03"]
    assert step.inputs[0].handed_in and step.inputs[0].key == "b" and not step.handed_in
    third = working(prepare("ratio([a], 3 * [a])", BOOK), "z", Q1, Table(FIGURES))
    assert third.says() == "ratio([a], 3 * [a]) ≈ 33.3%"


def test_a_step_on_the_way_is_rounded_for_the_eye_only():
    step = working(prepare("ratio([a], 3 * [a]) * 3", BOOK), "z", Q1, Table(FIGURES))
    assert step.says() == "ratio([a], 3 * [a]) * 3 = 100.0%"
    assert step.inputs[0].says() == "ratio([a], 3 * [a]) ≈ 33.333333%"
    assert step.inputs[1].says() == "3 = 3.0倍"
    square = working(
        prepare("[a] * [area] / [area]", BOOK),
        "z",
        Q1,
        Table(
            {
                **FIGURES,
                ("area", "z", "2026-01"): 1,
                ("area", "z", "2026-02"): 1,
                ("area", "z", "2026-03"): 1,
            }
        ),
    )
    assert square.says() == "ratio([a] * [area], [area]) = 6.00亿元"
    assert square.inputs[0].result.unit.name == ""


def test_a_reason_stands_at_the_step_it_comes_from():
    step = working(prepare("growth([rate] * [a])", BOOK), "z", Q1, Table(FIGURES))
    assert step.result.code == "base_missing"
    assert step.says() == "growth([rate] * [a])：缺少对比基数：“到位”2025年第一季度没有数"
    assert step.inputs[1].period.key == "2025Q1" and step.inputs[1].says("en").startswith(
        "[rate] * [a]: "
    )
    early = working(prepare("parent([a])", BOOK), "z", Q1, Table(FIGURES))
    assert early.inputs == () and early.result.code == "no_unit_above"


def test_a_root_and_what_refers_to_it():
    figures = {
        ("a", "z", f"{year}-0{m}"): value
        for year, value in ((2024, 100), (2026, 150))
        for m in (1, 2, 3)
    }
    step = working(formula_of("root", BOOK), "z", Q1, Table(figures))
    assert step.says() == "annual_growth([a], 2) ≈ 22.5%"
    outer = working(prepare("[root] + 1%", BOOK), "z", Q1, Table(figures))
    assert list(lines(outer))[:3] == [
        "[root] + 1 % = 23.5%",
        "  [root] = 22.5%",
        "    annual_growth([a], 2) ≈ 22.474487%",
    ]


def test_a_figure_without_a_period():
    weekly = Book.of([Declared("w", unit("万元"), kind="week")])
    step = working(
        prepare("growth([w])", weekly),
        "z",
        Period.parse("2026W53"),
        Table({("w", "z", "2026W53"): 1}),
    )
    assert step.inputs[1].result.code == "no_such_week" and step.inputs[1].periods == ()
