"""What a formula may not say is refused before it runs."""

from __future__ import annotations

import pytest

from factories.formulas import BOOK, P, declared
from luodi.kit.formulas import Book, Formula, Table, compute, faults, formula_of, parse, prepare
from luodi.kit.quantities import unit
from luodi.kit.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[output] + [land]", "unit_mismatch"),
        ("[output] + 5", "unit_mismatch"),
        ("[output] < [firms]", "unit_mismatch"),
        ("share([output], [land])", "unit_mismatch"),
        ("contribution([output], [land])", "unit_mismatch"),
        ("comparable_growth([output], [land])", "unit_mismatch"),
        ("min([output], [land], [firms])", "unit_mismatch"),
        ("if_present([output], [land])", "unit_mismatch"),
        ("points(5%, 3%) * [output]", "unit_mismatch"),
        ("points(5%, 3%) / [output]", "unit_mismatch"),
        ("share([output] * [land], [firms] * [land])", "unit_mismatch"),
        ("[output] / points(5%, 3%)", "unit_mismatch"),
        ("points([output], [land])", "not_a_rate"),
        ("[nothing]", "unknown_indicator"),
        ("1 + ([nothing] * 2)", "unknown_indicator"),
        ("growth([stated])", "growth_of_rate"),
        ("growth([added])", "comparable_only"),
        ("chain_growth([todate])", "chain_of_to_date"),
        ("cumulative([staff])", "not_cumulated"),
        ("cumulative([rate])", "not_cumulated"),
        ("cumulative([output] + [operating])", "not_cumulated"),
        ("single([output])", "not_single"),
        ("total([rate])", "not_totalled"),
        ("total([stated])", "not_totalled"),
        ("count([rate])", "not_totalled"),
        ("annual_growth([output], 2) + 1%", "outermost"),
        ("[place] + 1", "no_arithmetic"),
        ("[output] * [land]", "no_unit"),
        ("rank(ratio(0, [output]))", "no_unit"),
        ("", "empty"),
    ],
)
def test_what_can_not_be_meant_is_refused_before_it_runs(text, code):
    found = prepare(text, BOOK)
    assert isinstance(found, Refusal) and found.code == f"formula.{code}", found


def test_the_result_unit_has_to_fit():
    found = prepare("ratio([output], [operating])", BOOK, unit("万元"))
    assert isinstance(found, Refusal) and found.code == "formula.result_unit"
    rate = prepare("ratio([output], [operating])", BOOK, unit("倍"), 2)
    assert isinstance(rate, Formula) and rate.text == "ratio([output], [operating])"
    assert rate.needs == ("output", "operating")
    found = compute(
        rate,
        "e",
        P("2026-03"),
        Table({("output", "e", "2026-03"): 3, ("operating", "e", "2026-03"): 2}),
    )
    assert (found.quantity.text(), found.holds) == ("1.50倍", True)
    assert prepare("500 万元 + [signed]", BOOK).unit.name == "万元"


def test_a_book_refuses_circles_and_doubles():
    a = declared("a", formula=parse("[b] + [x]"))
    b = declared("b", formula=parse("2 * [c]"), name="乙")
    c = declared("c", formula=parse("prior([a])"))
    found = Book.of([a, b, c, declared("x")])
    assert (
        isinstance(found, Refusal)
        and found.code == "formula.cycle"
        and "a → 乙 → c → a" in found.zh
    )
    assert Book.of([declared("x"), declared("x")]).code == "formula.declared_twice"
    assert len(BOOK) == 21 and "rate" in BOOK and BOOK.get("?") is None


def test_faults_of_a_book():
    book = Book.of(
        [
            declared("x"),
            declared("y", "亩", formula=parse("[x]")),
            declared("z", formula=parse("[w]")),
        ]
    )
    assert [(one.key, found.code) for one, found in faults(book)] == [
        ("y", "formula.result_unit"),
        ("z", "formula.unknown_indicator"),
    ]
    assert formula_of("?", book).code == "formula.unknown_indicator"
