"""What engines are asked for: plans and their statements."""

from __future__ import annotations

import sqlite3

import pytest

from factories.engines import Duck, Revised, Sqlite, table_of
from factories.formulas import BOOK, P, declared
from luodi.kit.formulas import (
    DIALECTS,
    SPARK,
    SQLITE,
    Book,
    Cells,
    Long,
    Wide,
    cells,
    compute,
    formula_of,
    month_of,
    period_at,
    plan,
    prepare,
    statement,
)
from luodi.kit.quantities import LIMIT

MARCH = P("2026-03")
PARENTS = {"e1": "z1", "e2": "z1", "z1": "city"}


def outcomes(on, text, figures, units, period=MARCH):
    made = plan({text: prepare(text, BOOK)}, period.kind)
    layout = on.fill(figures, 1)
    rows = on.rows(statement(made, on.dialect, layout, cells(units, [period], PARENTS)))
    found = made.outcomes(rows, PARENTS, on.dialect.split)
    return [found[text, unit, period] for unit in units]


@pytest.mark.parametrize("on", [Sqlite(), Duck()], ids=["sqlite", "duckdb"])
def test_a_sum_beyond_64_bits_is_refused_alike_and_one_that_returns_is_not(on):
    over = [Revised("output", "e1", "2026-03", LIMIT), Revised("output", "e2", "2026-03", LIMIT)]
    (found,) = outcomes(on, "total([output])", over, ["z1"])
    assert found.code == "overflow"
    assert found == compute(prepare("total([output])", BOOK), "z1", MARCH, table_of(over))
    back = [*over[:1], Revised("operating", "z1", "2026-03", LIMIT)]
    (zero,) = outcomes(on, "total([output]) - [operating]", back, ["z1"])
    assert zero.text() == "0万元"
    low = [Revised("output", "e1", "2026-03", -LIMIT), Revised("output", "e2", "2026-03", 1)]
    assert outcomes(on, "total([output])", low, ["z1"])[0].number == -LIMIT + 1


def test_ranks_are_among_the_asked_units():
    figures = [Revised("output", one, "2026-03", 5) for one in ("e1", "e2")]
    assert [r.text() for r in outcomes(Sqlite(), "rank([output])", figures, ["e1", "e2"])] == [
        "1位",
        "1位",
    ]
    assert outcomes(Sqlite(), "rank([output])", figures, ["city"])[0].code == "missing"
    top = [Revised("output", "city", "2026-03", 5)]
    assert outcomes(Sqlite(), "rank([output])", top, ["city"])[0].text() == "1位"


def test_what_engines_do_not_compute_is_refused():
    weekly = plan({"w": prepare("[weekly]", BOOK)}, "month")
    assert weekly.code == "formula.engine_weeks"
    assert plan({"w": prepare("[output]", BOOK)}, "week").code == "formula.engine_weeks"
    deep = plan({"d": prepare("parent(parent([output]))", BOOK)}, "month")
    assert deep.code == "formula.engine_levels"
    with pytest.raises(ValueError):
        plan({}, "month")
    other = Book.of([declared("x")])
    with pytest.raises(ValueError):
        plan({"a": prepare("[x]", other), "b": prepare("[output]", BOOK)}, "month")


def test_nothing_asked_gives_no_statement():
    assert cells([], [MARCH], {}) is None
    assert cells(["z1"], [], {}) is None


def test_a_formula_of_constants_reads_nothing():
    (found,) = outcomes(Sqlite(), "2 * 3%", [], ["z1"])
    assert found.text() == "6.0%"


def test_a_period_finer_than_the_indicator_reads_nothing():
    (found,) = outcomes(Sqlite(), "[yearly]", [], ["z1"])
    assert found.code == "finer_period"
    (counted,) = outcomes(Sqlite(), "count([output])", [], ["z1"], P("2026Q1"))
    assert counted.code == "larger_period"


def test_only_the_months_that_matter_are_read():
    made = plan({"g": prepare("growth(cumulative([output]))", BOOK)}, "month")
    text = statement(made, SQLITE, Long("held"), cells(["z1"], [MARCH], {}))
    assert f"BETWEEN {month_of(MARCH) - 23} AND {month_of(MARCH)}" in text
    unbounded = Cells("SELECT 'z1' AS unit, '' AS above, 0 AS upto")
    assert "slot BETWEEN" not in statement(made, SQLITE, Long("held"), unbounded).split("GROUP BY")[
        0
    ].replace("b.slot", "")


def test_names_that_can_not_stand_in_a_statement_are_refused():
    made = plan({"g": prepare("[output]", BOOK)}, "month")
    asked = cells(["z1"], [MARCH], {})
    with pytest.raises(ValueError):
        statement(made, SPARK, Wide("f", {"output": "x; drop"}), asked)
    with pytest.raises(ValueError):
        cells(["a\\"], [MARCH], {})
    quoted = cells(["it's"], [MARCH], {})
    assert sqlite3.connect(":memory:").execute(quoted.relation).fetchone()[0] == "it's"


def test_months_are_numbered():
    for key in ("2026-03", "2026Q1", "2026H2", "2026"):
        assert period_at(month_of(P(key)), P(key).kind) == P(key)
    assert set(DIALECTS) == {"sqlite", "postgresql", "duckdb", "spark"}
    assert (
        plan({"rate": formula_of("rate", BOOK)}, "month").columns[0].ask("z", MARCH).at() == MARCH
    )
