"""Checks written as formulas, on integers where they are sums, on the engine where not."""

from __future__ import annotations

import pytest

from luodi.kit.calendars import Period
from luodi.kit.checking import Compared, Known, check, comparing
from luodi.kit.formulas import Book, Declared
from luodi.kit.quantities import unit
from luodi.kit.refusals import Refusal

MARCH = Period.parse("2026-03")
BOOK = Book.of(
    [
        Declared("total", unit("亿元"), 2, "合计"),
        Declared("a", unit("万元"), 0, "甲"),
        Declared("b", unit("万元"), 0, "乙"),
        Declared("n", unit("家"), 0, "家数"),
        Declared("rate", unit("%"), 1, "比率"),
        Declared("broken", unit("万元"), 0, "改过", breaks=(MARCH,)),
        Declared("quarter", unit("万元"), 0, "季报", kind="quarter"),
    ]
)
assert isinstance(BOOK, Book)


def rule(text: str, hard: bool = True, zh: str = "", en: str = "") -> Compared:
    made = comparing(BOOK)("k", text, hard, zh, en)
    assert isinstance(made, Compared), made
    return made


def run(text: str, period=MARCH, parents=None, **figures):
    placed = {}
    for name, number in figures.items():
        key, _, where = name.partition("_")
        subject, _, months = where.partition("_")
        back, at = int(months or 0), period
        for _step in range(back):
            at = at.previous()
        placed[key, subject or "z", at.key] = number
    return check([rule(text)], ["z"], period, Known(placed, frozenset(), parents or {}))


@pytest.mark.parametrize(
    ("text", "figures", "holds"),
    [
        ("[total] = [a] + [b]", {"total": 300, "a": 10000, "b": 20000}, True),
        ("[total] = [a] + [b]", {"total": 300, "a": 10000, "b": 20001}, False),
        ("abs([total] - [a] - [b]) <= 1 万元", {"total": 300, "a": 10000, "b": 20001}, True),
        ("abs([total] - [a] - [b]) <= 1 万元", {"total": 300, "a": 10000, "b": 20002}, False),
        ("abs([a] - [b]) <= 0", {"a": 1, "b": 2}, False),
        ("abs([a] - [b]) >= 1 万元", {"a": 1, "b": 1}, False),
        ("[a] <= 1.5 * prior([a])", {"a": 15, "a__1": 10}, True),
        ("[a] <= prior([a]) * 1.5", {"a": 16, "a__1": 10}, False),
        ("[a] >= -[b]", {"a": -3, "b": 3}, True),
        ("[n] > 0", {"n": 0}, False),
        ("ratio([a], [total]) <= 100%", {"a": 101, "total": 1}, False),
        ("[rate] - prior([rate]) <= 5 个百分点", {"rate": 151, "rate__1": 100}, False),
        ("[a] >= 0.5 * [b]", {"a": 1, "b": 3}, False),
    ],
)
def test_a_check_holds_or_says_what_stands_on_both_sides(text, figures, holds):
    checked = run(text, **figures)
    assert (checked.faults == []) is holds and not checked.skipped
    for fault in checked.faults:
        assert "左边是" in fault.zh and "the left is" in fault.en and fault.cells


def test_the_sentence_names_the_indicators_not_their_keys():
    (fault,) = run("[total] = [a] + [b]", total=300, a=10000, b=20001).faults
    assert fault.zh == "合计应等于甲 + 乙：左边是 3.0000亿元，右边是 3.0001亿元，相差 −0.0001亿元"
    own = check([rule("[n] > 0", False, "要有企业", "Some firms")], ["z"], MARCH,
                Known({("n", "z", "2026-03"): 0})).faults[0]  # fmt: skip
    assert (
        own.zh.startswith("要有企业：左边是 0家")
        and own.en.startswith("Some firms")
        and not own.hard
    )
    (near,) = run(
        "ratio([a], [total]) <= ratio([b], [total])", a=10001, b=10000, total=10000
    ).faults
    assert "左边是 1.000100000%，右边是 1.000000000%" in near.zh


def test_a_member_sum_is_asked_of_the_engine():
    parents = {"e1": "z", "e2": "z"}
    checked = run("[a] = total([a])", parents=parents, a=5, a_e1=2, a_e2=2)
    (fault,) = checked.faults
    assert {cell.subject for cell in fault.cells} == {"z", "e1", "e2"}
    assert not run("count([a]) = 2", parents=parents, a_e1=2, a_e2=2).faults
    assert run("[a] <= parent([a])", parents={"z": "top"}, a=5, a_top=4).faults
    assert run("total([a]) <= 3 万元", parents=parents, a_e1=2, a_e2=2).faults


def test_what_cannot_be_computed_is_skipped_with_its_reason():
    (skipped,) = run("ratio([a], [total]) <= 100%", a=1).skipped
    assert skipped.missing and "没有数" in skipped.zh
    (skipped,) = run("[broken] <= prior([broken])", broken=1, broken__1=1).skipped
    assert "口径" in skipped.zh
    (skipped,) = run("[quarter] >= 0", quarter=1).skipped
    assert skipped.zh and skipped.en
    assert run("[a] >= 1 万元", period=Period.parse("2026Q1")).skipped


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a] + [b]", "check.no_comparison"),
        ("[x] = 1", "formula.unknown_indicator"),
        ("[a] = [n]", "formula.unit_mismatch"),
    ],
)
def test_what_is_no_check_is_refused(text, code):
    made = comparing(BOOK)("k", text, True, "", "")
    assert isinstance(made, Refusal) and made.code == code


def test_sums_run_on_integers_and_the_rest_does_not():
    assert rule("[total] = [a] + [b]").linear and rule("abs([a] - [b]) <= 1 万元").linear
    for text in (
        "[a] = total([a])",
        "abs([a]) <= [b]",
        "[broken] >= 0",
        "[a] >= [quarter]",
        "abs([a]) >= 1 万元",
    ):
        assert rule(text).linear is None, text
