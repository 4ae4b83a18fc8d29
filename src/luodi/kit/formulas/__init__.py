"""Formulas of indicators: text, checks, the reference engine, the working, SQL for the engines.

A formula is text over indicator keys in brackets::

    ratio([zone.operating], [zone.signed])      比率([zone.operating], [zone.signed])
    growth([output])   chain_growth([output])   share([x], parent(total([x])))
    total([output])    cumulative([output])     points([a.rate], [b.rate])
    annual_growth([output], 5)    rank([rate], high, "类别")    if_present([x], 0)
    [total] = [a] + [b]           abs([t] - [a] - [b]) <= 1 万元

How it is used::

    book = Book.of([Declared("zone.signed", unit("亿元"), 2, "签约额"), …])      # or a Refusal
    formula = prepare("ratio([zone.operating], [zone.signed])", book, unit("%"), 1)  # or a Refusal
    formula.unit, formula.scale, formula.needs      # known before anything runs
    table = Table(figures={("zone.signed", "z1", "2026-03"): 5000, …}, parents={"e1": "z1"})
    outcome = compute(formula, "z1", Period.parse("2026-03"), table)
    outcome.text() if outcome else outcome.says()   # Computed, or NotComputable with its reason
    step = working(formula, "z1", period, table)    # the tree of steps a page shows
    formula_of("rate", book)                        # the formula of a declared indicator

On an engine::

    made = plan({"rate": formula}, "month")                       # or a Refusal
    asked = cells(["z1", "z2"], [Period.parse("2026-03")], parents)
    text = statement(made, SQLITE, Long("values_known"), asked)   # POSTGRESQL DUCKDB SPARK
    found = made.outcomes(cursor.execute(text), parents, split=SQLITE.split)

`Long` is a relation (indicator, unit, parent, year, month, amount), `Wide` one with a column for
each indicator; both may be a query in brackets, so "as known on" and the purpose are the
caller's. `finished` is a statement that also divides and rounds, for results by the ten thousand
(DuckDB, PostgreSQL); `made.settled(rows, parents)` reads its rows. The results equal those of
`compute` to the digit, reasons included.

Meaning. Figures are integers at the scale of their definition; everything between is exact and
the result is rounded half up, once. A missing figure isn't zero; a reason travels to the result.
`total` adds the members that gave a figure (none: missing) and `count` says how many did.
A period larger than the indicator's is made by its `over_time`; a month of 累计 figures by
`single`. A formula that refers to a computed indicator takes its exact value, but the published
figure of one that is a root or a rank. Ranks compare published figures, 1, 2, 2, 4.
"""

from luodi.kit.formulas.book import Book, Declared
from luodi.kit.formulas.evaluating import Evaluation
from luodi.kit.formulas.finishing import finished
from luodi.kit.formulas.parsing import CHINESE, FUNCTIONS, parse, written
from luodi.kit.formulas.plans import Plan, month_of, period_at, plan
from luodi.kit.formulas.prepared import Formula, faults, formula_of, prepare
from luodi.kit.formulas.reference import Table, compute, compute_all
from luodi.kit.formulas.results import Computed, NotComputable, Outcome
from luodi.kit.formulas.shapes import TRUTH
from luodi.kit.formulas.sql import (
    DIALECTS,
    DUCKDB,
    POSTGRESQL,
    SPARK,
    SQLITE,
    Cells,
    Dialect,
    Long,
    Wide,
    cells,
    statement,
)
from luodi.kit.formulas.stated import stated_growth
from luodi.kit.formulas.windows import Ask, Part, Source
from luodi.kit.formulas.working import Step, working

__all__ = [
    "CHINESE",
    "DIALECTS",
    "DUCKDB",
    "FUNCTIONS",
    "POSTGRESQL",
    "SPARK",
    "SQLITE",
    "TRUTH",
    "Ask",
    "Book",
    "Cells",
    "Computed",
    "Declared",
    "Dialect",
    "Evaluation",
    "Formula",
    "Long",
    "NotComputable",
    "Outcome",
    "Part",
    "Plan",
    "Source",
    "Step",
    "Table",
    "Wide",
    "cells",
    "compute",
    "compute_all",
    "faults",
    "finished",
    "formula_of",
    "month_of",
    "parse",
    "period_at",
    "plan",
    "prepare",
    "stated_growth",
    "statement",
    "working",
    "written",
]
