"""Checks of figures: each says which cells, in words with the numbers, hard or soft."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luodi.kit.calendars import Period
from luodi.kit.checking import (
    Fault,
    Field,
    Known,
    Linear,
    Members,
    Outlier,
    Place,
    Range,
    Required,
    Side,
    Term,
    check,
    take,
)
from luodi.kit.grids import Cell
from luodi.kit.quantities import unit

MARCH = Period.parse("2026-03")
OUTPUT = Field("output", "总产值", unit("万元"), 2, (("—", "没有发生"),))
TAX = Field("tax", "税收", unit("万元"), 2)
RATE = Field("rate", "开工率", unit("%"), 1)
FIELDS = {one.key: one for one in (OUTPUT, TAX, RATE)}


def known(parents=None, answered=(), **figures):
    """Figures by `indicator_subject` of March."""
    placed = {(*k.split("_"), "2026-03"): v for k, v in figures.items()}
    return Known(placed, frozenset(answered), parents or {})


def faults(rule, figures, subjects=("z1",), period=MARCH):
    return check([rule], list(subjects), period, figures).faults


def test_cells_become_figures_signs_and_faults():
    cells = [
        (Place("output", "z1", "2026-03"), Cell("number", "12.3")),
        (Place("output", "z2", "2026-03"), "—"),
        (Place("tax", "z1", "2026-03"), "很多"),
        (Place("tax", "z2", "2026-03"), ""),
        (Place("rate", "z1", "2026-03"), Cell("number", "0.785", "0.0%")),
    ]
    figures, answered, found = take(cells, FIELDS)
    assert figures == {("output", "z1", "2026-03"): 1230, ("rate", "z1", "2026-03"): 785}
    assert answered == {("output", "z2", "2026-03"), ("tax", "z1", "2026-03")}
    (fault,) = found
    assert fault == Fault(
        (Place("tax", "z1", "2026-03"),), "type", True,
        "税收：“很多”不是可以识别的数值", "税收: “很多” can't be read as a number", "quantity.unread",
    )  # fmt: skip
    assert fault.says() == fault.zh and fault.says("en") == fault.en


def test_a_required_figure_is_there_or_its_sign_is():
    rule = Required("r", OUTPUT)
    sign = {("output", "z2", "2026-03")}
    found = faults(rule, known(output_z1=1, answered=sign), ("z1", "z2", "z3"))
    assert [(f.cells[0].subject, f.kind, f.hard, f.zh) for f in found] == [
        ("z3", "required", True, "总产值必须填写")
    ]
    assert faults(Required("r", OUTPUT, zh="请填", en="Fill"), known())[0].en == "Fill"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (-100, "总产值应不小于 0.00万元，填的是 −1.00万元"),
        (100_001, "总产值应不大于 1,000.00万元，填的是 1,000.01万元"),
        (0, None),
        (100_000, None),
        (None, None),
    ],
)
def test_a_range_includes_its_bounds(number, said):
    figures = known() if number is None else known(output_z1=number)
    found = faults(Range("r", OUTPUT, 0, 100_000), figures)
    assert (found[0].zh if found else None) == said


def test_a_range_may_be_open_and_speak_english():
    assert not faults(Range("r", RATE, low=0), known(rate_z1=5000))
    (fault,) = faults(Range("r", RATE, high=1000, hard=False), known(rate_z1=1001))
    assert fault.en == "开工率 must be at most 100.0%, it is 100.1%" and not fault.hard
    (fault,) = faults(Range("r", OUTPUT, low=0), known(output_z1=-1))
    assert "10,000 yuan" in fault.en
    of_own = Field("x", "数", unit("个").__class__("头", "heads"), 0)
    assert of_own.text(1234, "en") == "1,234头"


TOTAL = Linear(
    "sum",
    Side((Term(1, "total"),), text="合计"),
    "=",
    Side((Term(1, "a"), Term(1, "b")), text="甲 + 乙"),
    unit("万元"),
    parts=100,
    scale=2,
)


def test_sides_that_differ_are_shown_with_their_difference():
    assert not faults(TOTAL, known(total_z1=300, a_z1=100, b_z1=200))
    (fault,) = faults(TOTAL, known(total_z1=310, a_z1=100, b_z1=200))
    assert fault.zh == "合计应等于甲 + 乙：左边是 3.10万元，右边是 3.00万元，相差 0.10万元"
    assert fault.en.startswith("合计 must equal 甲 + 乙: the left is 3.10万元")
    assert [c.indicator for c in fault.cells] == ["total", "a", "b"] and fault.rule == "sum"


def test_what_misses_a_figure_is_skipped_and_said():
    checked = check([TOTAL], ["z1"], MARCH, known(total_z1=3, a_z1=1))
    assert not checked.faults and not checked.hard
    (skipped,) = checked.skipped
    assert skipped.missing == (Place("b", "z1", "2026-03"),) and skipped.zh and skipped.en


def test_a_comparison_reaches_other_periods():
    rule = Linear("p", Side((Term(1, "x"),)), ">=", Side((Term(1, "x", "prior"),)), unit("家"))
    figures = Known({("x", "z1", "2026-03"): 3, ("x", "z1", "2026-02"): 4})
    (fault,) = faults(rule, figures)
    assert [c.period for c in fault.cells] == ["2026-03", "2026-02"]
    last = Linear("y", Side((Term(1, "x"),)), "<", Side((Term(2, "x", "year_ago"),)), unit("家"))
    assert faults(last, Known({("x", "z1", "2026-03"): 3, ("x", "z1", "2025-03"): 1}))
    assert check(
        [last], ["z1"], Period.parse("2026W53"), Known({("x", "z1", "2026W53"): 1})
    ).skipped


def test_an_equation_may_allow_a_small_difference():
    near = Linear("n", Side((Term(1, "x"),)), "=", Side((), 10), unit("家"), within=2)
    assert not faults(near, known(x_z1=12)) and faults(near, known(x_z1=13))
    huge = Linear("h", Side((Term(10**6, "x"),)), "=", Side((), 1), unit("家"))
    assert "9223372036854775807000000家" in faults(huge, known(x_z1=2**63 - 1))[0].zh


PARENTS = {"z1": "city", "z2": "city", "z3": "city"}


def test_the_sum_over_members_says_how_many_gave_a_figure():
    rule = Members("m", OUTPUT)
    subjects = ("city", "z1")
    assert not faults(rule, known(PARENTS, output_city=300, output_z1=100, output_z2=200), subjects)
    (fault,) = faults(rule, known(PARENTS, output_city=500, output_z1=100, output_z2=200), subjects)
    assert "（2/3 家有数）" in fault.zh and "(2/3 gave a figure)" in fault.en
    assert [c.subject for c in fault.cells] == ["city", "z1", "z2"]
    near = Members("m", OUTPUT, within=200)
    assert not faults(near, known(PARENTS, output_city=500, output_z1=300), subjects)


def test_a_sum_without_figures_is_skipped():
    for figures in (known(PARENTS, output_city=1), known(PARENTS, output_z1=1)):
        checked = check([Members("m", OUTPUT)], ["city"], MARCH, figures)
        assert not checked.faults and checked.skipped[0].missing


def past(numbers, now):
    found, period = {("output", "z1", "2026-03"): now}, MARCH
    for number in numbers:
        period = period.previous()
        found[("output", "z1", period.key)] = number
    return Known(found)


def test_a_figure_far_from_its_own_history_is_asked_about():
    rule = Outlier("o", OUTPUT)
    steady = [1000, 1010, 990, 1005, 995, 1000, 1002]
    (fault,) = faults(rule, past(steady, 9000))
    assert not fault.hard and "90.00万元" in fault.zh and "earlier figures around" in fault.en
    assert not faults(rule, past(steady, 1100)), "within a fifth of the median nothing is said"
    assert not faults(rule, past([100, 2000, 50, 1500, 900, 3000], 4000)), "it always jumps"
    assert faults(Outlier("o", OUTPUT, share=Fraction(0)), past([0] * 6, 1))


def test_a_short_history_says_nothing_but_that():
    checked = check([Outlier("o", OUTPUT)], ["z1", "z2"], MARCH, past([1, 2], 9000))
    assert not checked.faults and "只有 2 期" in checked.skipped[0].zh


def test_hard_faults_keep_a_batch_back():
    rules = [Required("a", OUTPUT), Range("b", OUTPUT, high=0, hard=False)]
    assert check(rules, ["z1"], MARCH, known()).hard
    assert not check(rules, ["z1"], MARCH, known(output_z1=5)).hard
