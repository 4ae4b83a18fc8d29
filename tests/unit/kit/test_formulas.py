"""Formulas: what they mean, what they refuse, and that a reason travels."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factories.formulas import BOOK
from luodi.kit.calendars import Period
from luodi.kit.formulas import (
    Formula,
    NotComputable,
    Part,
    Table,
    compute,
    compute_all,
    parse,
    prepare,
    stated_growth,
)
from luodi.kit.formulas.nodes import Reference
from luodi.kit.quantities import LIMIT, unit

P = Period.parse
CITY, EAST, WEST, NORTH = "city", "east", "west", "north"


PARENTS = {EAST: CITY, WEST: CITY, NORTH: CITY}


def table(figures, **more):
    """`{("output", "east", "2026-03"): 5}`; a two-part key is of the east zone."""
    whole = {(key[0], EAST, key[1]) if len(key) == 2 else key: v for key, v in figures.items()}
    return Table(whole, PARENTS, **more)


def outcome(text, figures, period="2026-03", of=EAST, measured_in=None, scale=None, **more):
    formula = prepare(text, BOOK, unit(measured_in) if measured_in else None, scale)
    assert isinstance(formula, Formula), formula
    return compute(formula, of, P(period), table(figures, **more))


def said(*args, **more):
    found = outcome(*args, **more)
    return found.text() if found else found.code


def months(key, *figures, year=2026, of=EAST):
    return {(key, of, f"{year}-{m:02}"): v for m, v in enumerate(figures, 1) if v is not None}


def test_units_convert_and_a_rate_is_rounded_once():
    assert (
        said(
            "ratio([operating],[signed])",
            {("operating", "2026-03"): 5000, ("signed", "2026-03"): 63},
        )
        == "79.4%"
    )
    assert (
        said("[signed] + [operating]", {("operating", "2026-03"): 5000, ("signed", "2026-03"): 63})
        == "1.13亿元"
    )
    assert (
        said("[output] / [land]", {("output", "2026-03"): 700, ("land", "2026-03"): 30})
        == "233.33万元/亩"
    )
    assert (
        said("[output] / [staff]", {("output", "2026-03"): 700, ("staff", "2026-03"): 3}, scale=1)
        == "233.3万元/人"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[output] - 2 * [operating]", "4万元"),
        ("-[output]", "−10万元"),
        ("abs([operating] - [output])", "7万元"),
        ("min([output], [operating], 2 万元)", "2万元"),
        ("max([output], [operating])", "10万元"),
        ("[output] * 0.25", "2.50万元"),
        ("[output] / 4", "2.50万元"),
        ("[output] * 25%", "2.50万元"),
        ("if_present([fixed], 0)", "0万元"),
        ("if_present([output], 0)", "10万元"),
        ("if_present(growth([output]), 1%)", "1.0%"),
        ("[output] = [operating] + 7 万元", "1是否"),
        ("[output] != [operating]", "1是否"),
        ("[output] <= 9 万元", "0是否"),
        ("[output] >= 0", "1是否"),
        ("[output] < 10 万元", "0是否"),
        ("[output] > 0", "1是否"),
        ("[firms] >= 3", "1是否"),
        ("-3 <= [firms]", "1是否"),
        ("2 * 3", "6.0倍"),
        ("share([operating], [output])", "30.0%"),
        ("share([operating], [output]) + points(30%, 20%)", "40.0%"),
        ("share([operating], [output]) - 5%", "25.0个百分点"),
        ("points(share([operating], [output]), 5%) / 2", "12.5个百分点"),
        ("[fixed]", "missing"),
        ("[output] / ([operating] - 3 万元)", "zero_denominator"),
        ("share([output], [operating] - 3 万元)", "zero_denominator"),
        ("share([output], [operating] - 4 万元)", "whole_not_positive"),
        ("ratio([fixed], [operating] - [operating])", "missing"),
    ],
)  # fmt: skip
def test_arithmetic(text, expected):
    figures = {("output", "2026-03"): 10, ("operating", "2026-03"): 3, ("firms", "2026-03"): 3}
    assert said(text, figures) == expected


def test_a_total_adds_who_gave_a_figure_and_zero_is_not_missing():
    figures = {("output", EAST, "2026-03"): 0, ("output", WEST, "2026-03"): -4}
    assert said("total([output])", figures, of=CITY) == "−4万元"
    assert said("count([output])", figures, of=CITY) == "2家"
    assert said("total([output])", {}, of=CITY) == "missing"
    assert said("count([output])", {}, of=CITY) == "0家"
    assert said("count([output])", {}, of=CITY, period="2026Q1") == "larger_period"
    assert (
        said(
            "share([output], parent(total([output])))",
            {**figures, ("output", WEST, "2026-03"): 8, ("output", EAST, "2026-03"): 2},
        )
        == "20.0%"
    )
    assert said("parent([output])", {("output", CITY, "2026-03"): 9}) == "9万元"
    assert said("parent([output])", {}, of=CITY) == "no_unit_above"


def test_flows_add_and_stocks_take_the_last():
    flows = months("output", 1, 2, 3, 4)
    assert said("[output]", flows, "2026Q1") == "6万元"
    assert said("[output]", flows, "2026Q2") == "missing"
    assert said("cumulative([output])", flows, "2026-04") == "10万元"
    assert said("cumulative([output])", flows, "2026Q1") == "6万元"
    assert said("cumulative(total([output]))", flows, "2026-02", of=CITY) == "3万元"
    assert said("[staff]", months("staff", 1, 2, 30), "2026Q1") == "30人"
    assert said("[stated]", months("stated", 1, 2, 30), "2026Q1") == "not_over_time"
    assert said("[yearly]", {}, "2026Q1") == "finer_period"
    assert (
        said("[weekly]", {("weekly", f"2026W{w:02}"): 1 for w in range(1, 10)}, "2026-02")
        == "4万元"
    )


def test_january_and_february_are_one():
    retail = months("retail", 99, 10, 7) | months("retail", None, 8, 5, year=2025)
    assert said("[retail]", retail, "2026-01") == "combined_months"
    assert said("[retail]", retail, "2026-02") == "10万元"
    assert said("cumulative([retail])", retail) == "17万元"
    assert said("[retail]", retail, "2026Q1") == "17万元"
    assert said("growth([retail])", retail, "2026-02") == "25.0%"
    assert said("chain_growth([retail])", retail, "2026-02") == "combined_months"
    assert said("chain_growth([retail])", retail, "2026-03") == "combined_months"
    assert (
        said("chain_growth([retail])", retail | months("retail", None, 8, 5, 10))
        == "combined_months"
    )


def test_the_months_before_they_were_joined_stand_alone():
    later = months("retail_since", None, 10, 7) | months("retail_since", 3, 8, 5, year=2025)
    assert said("[retail_since]", later, "2025-01") == "3万元"
    assert said("cumulative([retail_since])", later, "2025-03") == "16万元"
    assert said("chain_growth([retail_since])", later, "2025-02") == "166.7%"
    assert said("cumulative([retail_since])", later, "2026-03") == "17万元"
    assert said("[retail_since]", later, "2026-01") == "combined_months"


def test_growth_in_comparable_prices_is_the_one_that_is_stated():
    assert stated_growth("added", BOOK).code == "formula.comparable_only"
    assert stated_growth("real", BOOK, to_date=True) == Reference("real_growth")
    other = stated_growth("real", BOOK)
    assert other.code == "formula.growth_otherwise" and "当期" in other.zh and "period" in other.en


def test_a_month_of_a_figure_to_date():
    todate = months("todate", 3, 10, 17, 30)
    assert said("[todate]", todate, "2026Q1") == "17万元"
    assert said("cumulative([todate])", todate) == "17万元"
    assert said("single([todate])", todate, "2026-02") == "10万元"
    assert said("single([todate])", todate, "2026-03") == "7万元"
    assert said("single([todate])", todate, "2026Q1") == "17万元"
    assert said("chain_growth(single([todate]))", todate, "2026-04") == "85.7%"
    assert said("chain_growth(single([todate]))", todate, "2026-03") == "combined_months"
    assert said("single([todate])", {}, "2026-01") == "combined_months"


def test_growth_and_its_refusals():
    def growth(base, now=120, text="growth([output])"):
        figures = {("output", "2026-03"): now, ("output", "2025-03"): base}
        return said(text, {k: v for k, v in figures.items() if v is not None})

    assert growth(100) == "20.0%"
    assert growth(100, 99) == "−1.0%"
    assert growth(None) == "base_missing"
    assert growth(100, None) == "missing"
    assert growth(0) == "base_zero"
    assert growth(-5) == "base_negative"
    assert growth(100, 0) == "−100.0%"
    assert said("chain_growth([output])", months("output", 1, 4, 5)) == "25.0%"
    assert said("prior([output])", months("output", 1, 4, 5)) == "4万元"
    assert said("year_ago([output])", months("output", 1, 4, 5, year=2025)) == "5万元"
    assert said("growth([weekly])", {}, "2027W01") == "missing"
    assert said("growth([weekly])", {("weekly", "2026W53"): 1}, "2026W53") == "no_such_week"
    assert (
        said(
            "comparable_growth([fixed], [output])",
            {("fixed", "2026-03"): 110, ("output", "2025-03"): 100},
        )
        == "10.0%"
    )
    assert (
        said(
            "comparable_growth([output] / 125%, [output])",
            {("output", "2026-03"): 150, ("output", "2025-03"): 100},
        )
        == "20.0%"
    )
    assert (
        said(
            "points(growth([output]), growth([operating]))",
            {
                ("output", "2026-03"): 120,
                ("output", "2025-03"): 100,
                ("operating", "2026-03"): 11,
                ("operating", "2025-03"): 10,
            },
        )
        == "10.0个百分点"
    )


def test_a_changed_definition_is_not_compared():
    figures = months("changed", *range(1, 13), year=2025) | months("changed", *range(1, 13))
    assert said("growth([changed])", figures) == "definition_changed"
    assert said("growth([changed])", figures, "2026-07") == "0.0%"
    assert said("cumulative([changed])", figures, "2025-08") == "definition_changed"
    assert said("[changed]", figures, "2025Q3") == "24万元"
    assert said("year_ago([twice])", months("output", 1, 2, 3, year=2025)) == "definition_changed"
    assert said("[twice]", months("output", 1, 2, 3)) == "6万元"


def test_contribution_and_pull():
    def made(text, part, part_then, whole, whole_then):
        return said(
            text,
            {
                ("output", "2026-03"): part,
                ("output", "2025-03"): part_then,
                ("operating", "2026-03"): whole,
                ("operating", "2025-03"): whole_then,
            },
        )

    contribution, pull = "contribution([output], [operating])", "pull([output], [operating])"
    assert made(contribution, 15, 10, 120, 100) == "25.0%"
    assert made(contribution, 15, 10, 100, 100) == "zero_denominator"
    assert made(contribution, 15, 10, 90, 100) == "whole_fell"
    assert made(pull, 15, 10, 120, 100) == "5.0个百分点"
    assert made(pull, 15, 10, 120, 0) == "base_zero"
    assert said(contribution, {("output", "2026-03"): 1}) == "base_missing"


def test_annual_growth_is_an_exact_root():
    figures = {("output", "2026"): 0}
    for now, base, years, expected in (
        (150, 100, 5, "8.4%"), (121, 100, 2, "10.0%"), (0, 100, 3, "−100.0%"), (50, 100, 2, "−29.3%"),
        (100, 100, 50, "0.0%"),
    ):  # fmt: skip
        figures = {("yearly", "2026"): now, ("yearly", str(2026 - years)): base}
        assert said(f"annual_growth([yearly], {years})", figures, "2026") == expected
    figures = {("yearly", "2026"): -1, ("yearly", "2024"): 4}
    assert said("annual_growth([yearly], 2)", figures, "2026") == "not_larger"
    figures = {("yearly", "2026"): 1, ("yearly", "2024"): 0}
    assert said("annual_growth([yearly], 2)", figures, "2026") == "base_zero"
    figures = {("output", "2026-03"): 150, ("output", "2024-03"): 100}
    assert said("points([pace], 20%)", figures) == "2.5个百分点"  # 22.5 as published
    assert said("[pace]", {}) == "missing"


def test_ranks_share_what_is_published_alike():
    figures = {
        ("output", EAST, "2026-03"): 5,
        ("output", WEST, "2026-03"): 9,
        ("output", NORTH, "2026-03"): 5,
    }
    groups = {"类别": {EAST: "A", NORTH: "A", WEST: "B"}}
    assert [said("rank([output])", figures, of=z) for z in (WEST, EAST, NORTH)] == [
        "1位",
        "2位",
        "2位",
    ]
    assert [said("rank([output], low)", figures, of=z) for z in (WEST, EAST, NORTH)] == [
        "3位",
        "1位",
        "1位",
    ]
    assert said('rank([output], high, "类别")', figures, groupings=groups) == "1位"
    assert said("rank([output])", figures, of=CITY) == "missing"
    near = {
        **figures,
        ("output", EAST, "2025-03"): 5,
        ("output", NORTH, "2025-03"): 5,
        ("output", WEST, "2025-03"): 0,
    }
    assert said("rank(growth([output]))", near) == "1位"
    assert said("[place]", figures) == "2位"


def test_an_overflow_is_refused():
    assert (
        said("[output] + [operating]", {("output", "2026-03"): LIMIT, ("operating", "2026-03"): 1})
        == "overflow"
    )
    assert (
        said(
            "[output] + [operating] - [operating]",
            {("output", "2026-03"): LIMIT, ("operating", "2026-03"): 1},
        )
        != "overflow"
    )
    assert said("[output]", {("output", "2026-03"): LIMIT}) == f"{LIMIT}万元"


def test_a_reason_says_where_it_comes_from():
    found = outcome("ratio([output], [operating])", {("output", "2026-03"): 1})
    assert isinstance(found, NotComputable)
    assert (found.indicator, found.unit, found.period) == ("operating", EAST, "2026-03")
    assert "没有数" in found.says() and "no figure" in found.says("en")
    assert not found


def test_many_at_once_are_as_one_by_one():
    figures = {("output", one, f"2026-0{m}"): m for one in (EAST, WEST) for m in (1, 2)}
    formulas = {
        text: prepare(text, BOOK) for text in ("[output] + [output]", "chain_growth([output])")
    }
    found = compute_all(formulas, [EAST, WEST, NORTH], [P("2026-01"), P("2026-02")], table(figures))
    assert len(found) == 12
    for (name, of, period), result in found.items():
        assert result == compute(formulas[name], of, period, table(figures))
    assert compute_all({}, [EAST], [P("2026")], table({})) == {}


def test_constants_are_exact():
    assert parse("0.1").value + parse("0.2").value == Fraction(3, 10)


def test_a_table_names_the_cells_that_a_part_adds_up():
    known = table({("output", "2026-03"): 5})
    assert known.members(CITY) == (EAST, WEST, NORTH) and known.members(EAST) == ()
    march = P("2026-03")
    assert known.cells(Part("output", "own"), CITY, march) == [("output", CITY, "2026-03")]
    below = [("output", zone, "2026-03") for zone in (EAST, WEST, NORTH)]
    assert known.cells(Part("output", "members"), CITY, march) == below
    assert known.read(Part("output", "members"), CITY, (march,)) == 5
    assert known.read(Part("output", "members"), EAST, (march,)) is None
