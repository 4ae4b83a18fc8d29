"""All engines agree with the reference to the digit, and on every reason."""

from __future__ import annotations

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from factories.engines import (
    GROUPINGS,
    NOW,
    PARENTS,
    Duck,
    Postgres,
    Revised,
    Sqlite,
    WideDuck,
    table_of,
)
from factories.formulas import P, declared
from luodi.kit.formulas import (
    Book,
    Formula,
    NotComputable,
    cells,
    compute,
    finished,
    parse,
    plan,
    prepare,
    statement,
    written,
)
from luodi.kit.quantities import LIMIT
from luodi.kit.refusals import Refusal

FULL = os.environ.get("LUODI_TEST_SIZE") == "full"
EXAMPLES = 1500 if FULL else 20
BOOK = Book.of(
    [
        declared("a"),
        declared("b", "亿元", 2),
        declared("stock", over_time="last"),
        declared("todate", reported="to_date"),
        declared("joined", combined=True),
        declared("joined_todate", combined=True, reported="to_date"),
        declared("joined_later", combined=True, combined_since=P("2025-01")),
        declared("changed", breaks=(P("2025-11"),)),
        declared("quarterly", kind="quarter"),
        declared("rate", "%", 1, formula=parse("ratio([a], [b])")),
        declared("pace", "%", 1, formula=parse("annual_growth([a], 1)")),
        declared("diff", formula=parse("[a] - [stock]")),
    ]
)  # fmt: skip
MONEY = (
    "a",
    "b",
    "stock",
    "todate",
    "joined",
    "joined_todate",
    "joined_later",
    "changed",
    "quarterly",
    "diff",
)
FLOWS = ("a", "b", "todate", "joined", "joined_todate", "joined_later", "changed", "quarterly")
TO_DATE = ("todate", "joined_todate")
PERIODS = tuple(P(f"{year}-{month:02}") for year in (2024, 2025, 2026) for month in range(1, 13))


def wrapped(form: str, *inside):
    return st.tuples(*inside).map(lambda texts: form.format(*texts))


references = st.sampled_from(MONEY).map("[{}]".format)
leaves = st.one_of(
    references,
    st.sampled_from(MONEY[:-1]).map("total([{}])".format),
    st.sampled_from(FLOWS).map("cumulative([{}])".format),
    st.sampled_from(FLOWS).map("cumulative(total([{}]))".format),
    st.sampled_from(TO_DATE).map("single([{}])".format),
    st.sampled_from(["0", "7 万元", "0.35 亿元"]),
)
amounts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        wrapped("({} + {})", inner, inner),
        wrapped("({} - {})", inner, inner),
        wrapped("{} * 0.3", inner),
        wrapped("abs({})", inner),
        wrapped("min({}, {})", inner, inner),
        wrapped("if_present({}, {})", inner, inner),
        wrapped("prior({})", inner),
        wrapped("year_ago({})", inner),
        wrapped("parent({})", inner),
    ),
    max_leaves=4,
)
rates = st.one_of(
    wrapped("ratio({}, {})", amounts, amounts),
    wrapped("share({}, {})", amounts, amounts),
    wrapped("growth({})", amounts),
    wrapped("chain_growth({})", amounts),
    wrapped("comparable_growth({}, {})", amounts, amounts),
    wrapped("contribution({}, {})", amounts, amounts),
    st.just("[rate]"),
    st.just("[pace] + 1%"),
)
formulas = st.one_of(
    amounts,
    rates,
    wrapped("points({}, {})", rates, rates),
    wrapped("pull({}, {})", amounts, amounts),
    wrapped("annual_growth({}, 1)", amounts),
    wrapped("rank({})", amounts),
    wrapped('rank({}, low, "class")', rates),
    wrapped("{} <= {}", amounts, amounts),
    wrapped("{} = {}", rates, rates),
    st.sampled_from(MONEY[:-1]).map("count([{}])".format),
)
numbers = st.one_of(
    st.integers(-50, 300),
    st.sampled_from([0, 0, 1, 100, LIMIT, -LIMIT, LIMIT // 2, 2**32, -(2**32) - 1]),
)


@st.composite
def histories(draw):
    """Figures, some revised, some withdrawn."""
    found = []
    for key, unit, period in draw(
        st.lists(
            st.tuples(st.sampled_from(MONEY[:-1]), st.sampled_from(["city", *PARENTS]), st.sampled_from(PERIODS[8:28])),
            max_size=60,
            unique=True,
        )
    ):  # fmt: skip
        if key == "quarterly":
            period = period.parent("quarter")
        cuts = sorted(draw(st.sets(st.integers(2, NOW), max_size=2)))
        for since, until in zip([1, *cuts], [*cuts, None], strict=True):
            found.append(Revised(key, unit, period.key, draw(numbers), since, until))
    return list({(one.key, one.unit, one.period, one.since): one for one in found}.values())


@st.composite
def dense(draw):
    """A figure for nearly every place, so that most formulas give a number."""
    left_out = draw(st.sets(st.integers(0, 400), max_size=20))
    values = draw(st.lists(numbers, min_size=7, max_size=7))
    places = [
        (key, unit, period)
        for key in MONEY[:-2]
        for unit in ["city", *PARENTS]
        for period in PERIODS[10:27]
    ]
    return [
        Revised(
            key,
            unit,
            period.key,
            values[number % 7] + (number % 5 if abs(values[number % 7]) < 2**40 else 0),
        )
        for number, (key, unit, period) in enumerate(places)
        if number % 401 not in left_out
    ]


@cache
def engine(kind):
    return kind()


def agree(kind, text, figures, period, position):
    """The engine's results are the reference's, for every unit and three periods in a row."""
    formula = prepare(text, BOOK)
    assume(isinstance(formula, Formula))
    made = plan({"it": formula}, period.kind)
    if isinstance(made, Refusal):
        assert made.code == "formula.engine_levels" and text.count("parent(") > 1
        assume(False)
    periods = [period, period.previous(), period.previous().previous()]
    units = ["city", *PARENTS]
    on, table = engine(kind), table_of(figures, position)
    layout = on.fill(figures, position)
    asked = cells(units, periods, PARENTS)
    rows = on.rows(statement(made, on.dialect, layout, asked))
    assert len(rows) == len(units) * len(periods)
    found = made.outcomes(rows, PARENTS, on.dialect.split, GROUPINGS)
    for (_, unit, one), outcome in found.items():
        expected = compute(formula, unit, one, table)
        assert outcome == expected, (written(formula.node), unit, one)
        event(expected.code if isinstance(expected, NotComputable) else "a number")


def finish_alike(kind, text, figures, period, position):
    """What an engine rounds by itself is the reference's number; else it says nothing."""
    formula = prepare(text, BOOK)
    assume(isinstance(formula, Formula))
    made = plan({"it": formula}, period.kind)
    assume(not isinstance(made, Refusal))
    on, table = engine(kind), table_of(figures, position)
    units = ["city", *PARENTS]
    asked = cells(units, [period, period.previous()], PARENTS)
    layout = on.fill(figures, position)
    rows = on.rows(finished(made, on.dialect, layout, asked))
    event(f"finished: {any(row[-1] is not None for row in rows)}")
    for (_, unit, one), outcome in made.settled(rows, PARENTS, GROUPINGS).items():
        assert outcome == compute(formula, unit, one, table), (written(formula.node), unit, one)


asked_periods = st.one_of(
    st.sampled_from(PERIODS[12:28]),
    st.sampled_from([P("2025Q1"), P("2025Q4"), P("2026Q1"), P("2025H2"), P("2025")]),
)
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", [Sqlite, Duck])
def test_engines_agree_with_the_reference(kind):
    @quick
    @given(formulas, st.one_of(histories(), dense()), asked_periods, st.integers(1, NOW))
    def agreeing(text, figures, period, position):
        agree(kind, text, figures, period, position)

    agreeing()


@quick
@given(formulas, dense(), asked_periods)
def test_an_engine_rounds_as_the_reference_does(text, figures, period):
    finish_alike(Duck, text, figures, period, NOW)


@quick
@given(formulas, st.one_of(histories(), dense()), asked_periods)
def test_a_wide_relation_gives_the_same(text, figures, period):
    formula = prepare(text, BOOK)
    assume(isinstance(formula, Formula))
    reported = {one.key for one in figures}
    assume(set(formula.needs) <= reported)
    agree(WideDuck, text, figures, period, NOW)


@pytest.mark.database
@pytest.mark.skipif(not os.environ.get("LUODI_DATABASE"), reason="runs where a PostgreSQL is given")
def test_postgresql_agrees_with_the_reference():
    @quick
    @given(formulas, st.one_of(histories(), dense()), asked_periods, st.integers(1, NOW))
    def agreeing(text, figures, period, position):
        agree(Postgres, text, figures, period, position)

    agreeing()


@pytest.mark.database
@pytest.mark.skipif(not os.environ.get("LUODI_DATABASE"), reason="runs where a PostgreSQL is given")
def test_postgresql_rounds_as_the_reference_does():
    @quick
    @given(formulas, dense(), asked_periods)
    def rounding(text, figures, period):
        finish_alike(Postgres, text, figures, period, NOW)

    rounding()
