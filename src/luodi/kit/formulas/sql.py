"""One SQL text for every engine; the dialects differ in how large sums are kept exact.

SQLite and Spark add 64-bit integers, so a sum is made of two: the upper parts and the lower 32
bits, each far from overflow. PostgreSQL and DuckDB widen sums by themselves. Nothing here
divides or rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi.kit.calendars import Period
from luodi.kit.formulas.book import Declared
from luodi.kit.formulas.plans import MONTHS, Column, Mode, Plan, month_of


@dataclass(frozen=True)
class Dialect:
    """How an engine writes what differs.

    `split`: sums come in two numbers, `upper` and `lower`. `wide`: its wide integers, how they are
    `divided` and its `double`; '' where it has none.
    """

    name: str
    split: bool
    upper: str = ""
    lower: str = ""
    wide: str = ""
    divided: str = ""
    double: str = ""


SQLITE = Dialect("sqlite", True, "({} >> 32)", "({} & 4294967295)")
POSTGRESQL = Dialect(
    "postgresql", False, wide="numeric", divided="div({}, {})", double="double precision"
)
DUCKDB = Dialect("duckdb", False, wide="HUGEINT", divided="{} // {}", double="DOUBLE")
SPARK = Dialect("spark", True, "shiftright({}, 32)", "({} & 4294967295)")
DIALECTS = {one.name: one for one in (SQLITE, POSTGRESQL, DUCKDB, SPARK)}


@dataclass(frozen=True)
class Long:
    """A relation with a row for each figure: indicator, unit, parent, year, month, amount.

    `relation` is a table's name or a query in brackets: what is known on a date, of one purpose.
    A figure for a longer period stands at its last month.
    """

    relation: str

    def amount(self, key: str) -> str:
        """The figure of an indicator in a row, else NULL."""
        return f"CASE WHEN indicator = {literal(key)} THEN amount END"

    def only(self, keys: Iterable[str]) -> str:
        """Which rows matter."""
        return f"indicator IN ({', '.join(literal(key) for key in keys)})"


@dataclass(frozen=True)
class Wide:
    """A relation with a row for each unit and month: unit, parent, year, month, a column each.

    `columns`: indicator key -> column name, a plain identifier.
    """

    relation: str
    columns: Mapping[str, str]

    def amount(self, key: str) -> str:
        """The figure of an indicator in a row, else NULL."""
        name = self.columns[key]
        if not name.isidentifier():
            raise ValueError(f"not a plain column name: {name!r}")
        return name

    def only(self, keys: Iterable[str]) -> str:
        """Every row matters."""
        return ""


def literal(text: str) -> str:
    """A string literal that means the same to every engine. ValueError for a backslash or NUL."""
    if "\\" in text or "\x00" in text:
        raise ValueError(f"can't stand in a statement: {text!r}")
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Cells:
    """What is asked: `relation` gives unit, above ('' for none) and upto (a month's number).

    `first` and `last` bound `upto` where they are known, so that an engine reads no more months
    than it needs.
    """

    relation: str
    first: int | None = None
    last: int | None = None


def cells(
    units: Iterable[str], periods: Iterable[Period], parents: Mapping[str, str]
) -> Cells | None:
    """Every unit in every period; None where there is nothing to ask."""
    months = sorted({month_of(period) for period in periods})
    rows = [f"({literal(one)}, {literal(parents.get(one, ''))})" for one in dict.fromkeys(units)]
    if not rows or not months:
        return None
    numbers = ", ".join(f"({month})" for month in months)
    text = (
        f"WITH u(unit, above) AS (VALUES {', '.join(rows)}), p(upto) AS (VALUES {numbers})"
        " SELECT u.unit, u.above, p.upto FROM u CROSS JOIN p"
    )
    return Cells(text, months[0], months[-1])


SLOT = "(year * 12 + month - 1)"
View = tuple[str, bool, int, Mode]
"""(base, up, months back, mode): columns that come from one join."""


def statement(plan: Plan, dialect: Dialect, layout: Long | Wide, asked: Cells) -> str:
    """The text that gives the rows of `Plan.outcomes` for every asked cell.

    ValueError for a key or column that can't stand in a statement.
    """
    views: dict[View, list[Column]] = {}
    for column in plan.columns:
        views.setdefault(_view(column, plan), []).append(column)
    bases = list(dict.fromkeys(view[0] for view in views))
    parts = [f"cells AS ({asked.relation})"]
    parts += [_base(name, plan, dialect, layout, asked) for name in bases]
    joins, selected = [], {}
    for number, (view, columns) in enumerate(views.items()):
        joins.append(_join(f"v{number}", view, columns, plan, dialect))
        for column in columns:
            selected[column] = _taken(f"v{number}", view, column, plan, dialect)
    figures = ", ".join(selected[column] for column in plan.columns)
    return (
        f"WITH {', '.join(parts)} SELECT c.unit, c.upto{', ' if figures else ''}{figures}"
        f" FROM cells c {' '.join(joins)}"
    )


def _view(column: Column, plan: Plan) -> View:
    length = MONTHS[plan.kind]
    mode = column.mode
    if mode == "span" and MONTHS[plan.book[column.part.key].kind] == length:
        mode = "last"
    base = "own" if column.part.scope == "own" else "below"
    return base, column.up, column.years * 12 + column.back * length, mode


def _keys(base: str, plan: Plan) -> dict[tuple[str, bool], str]:
    """(indicator, counted) -> the name of its column in a base."""
    found: dict[tuple[str, bool], str] = {}
    for column in plan.columns:
        if (column.part.scope == "own") == (base == "own"):
            found.setdefault((column.part.key, column.part.scope == "count"), f"x{len(found)}")
    return found


def _base(name: str, plan: Plan, dialect: Dialect, layout: Long | Wide, asked: Cells) -> str:
    """Sums by unit and month: the one pass over the figures."""
    keys = _keys(name, plan)
    sums = []
    for (key, counted), alias in keys.items():
        amount = layout.amount(key)
        if plan.book[key].combined:
            apart = f"month <> 1 OR {SLOT} < {joined_since(plan.book[key])}"
            amount = f"CASE WHEN {apart} THEN {amount} END"
        if counted:
            sums.append(f"COUNT({amount}) AS {alias}")
        elif dialect.split:
            sums.append(f"SUM({dialect.upper.format(amount)}) AS {alias}")
            sums.append(f"SUM({dialect.lower.format(amount)}) AS {alias}l")
        else:
            sums.append(f"SUM({amount}) AS {alias}")
    unit = "unit" if name == "own" else "parent"
    where = [layout.only(sorted({key for key, _ in keys})), *_months(plan, asked)]
    told = " AND ".join(one for one in where if one)
    return (
        f"base_{name} AS (SELECT {unit} AS unit, {SLOT} AS slot, {', '.join(sums)}"
        f" FROM {layout.relation} f{f' WHERE {told}' if told else ''}"
        f" GROUP BY {unit}, {SLOT})"
    )


def _months(plan: Plan, asked: Cells) -> list[str]:
    if asked.first is None or asked.last is None:
        return []
    earliest = asked.first - max(_reach(column, plan) for column in plan.columns)
    return [f"{SLOT} BETWEEN {earliest} AND {asked.last}"]


def _reach(column: Column, plan: Plan) -> int:
    """How many months before the asked one a column may read."""
    inside = {"last": 0, "span": MONTHS[plan.kind] - 1, "to_date": 11}[column.mode]
    return _view(column, plan)[2] + inside


def months_needed(column: Column, plan: Plan) -> tuple[str, str]:
    """In terms of `upto`: the first month a column reads, and how many months it needs."""
    back, mode = _view(column, plan)[2:]
    declared = plan.book[column.part.key]
    last = f"(upto - {back})"
    if mode == "last":
        step = MONTHS[declared.kind]
        return f"({last} - {step - 1})", str(step)
    if mode == "to_date":
        first, needed = f"({last} - {last} % 12)", f"{last} % 12 + 1"
    else:
        length = MONTHS[plan.kind]
        first, needed = f"({last} - {length - 1})", str(length)
    if not declared.combined:
        return first, f"({needed})"
    inside = f"{first} % 12 = 0 AND {first} >= {joined_since(declared)}"
    return first, f"({needed} - CASE WHEN {inside} THEN 1 ELSE 0 END)"


def joined_since(declared: Declared) -> int:
    """The first month from which January and February are one figure."""
    since = declared.combined_since
    return 0 if since is None else month_of(since) - MONTHS[since.kind] + 1


def _join(alias: str, view: View, columns: list[Column], plan: Plan, dialect: Dialect) -> str:
    base, up, back, mode = view
    unit = "above" if up else "unit"
    if mode == "last":
        on = f"{alias}.unit = c.{unit} AND {alias}.slot = c.upto - {back}"
        return f"LEFT JOIN base_{base} {alias} ON {on}"
    last = f"(k.upto - {back})"
    first = f"{last} - {last} % 12" if mode == "to_date" else f"{last} - {MONTHS[plan.kind] - 1}"
    names = _keys(base, plan)
    sums = []
    for one in dict.fromkeys(names[c.part.key, False] for c in columns):
        sums.append(f"SUM(b.{one}) AS {one}, COUNT(b.{one}) AS {one}n")
        if dialect.split:
            sums.append(f"SUM(b.{one}l) AS {one}l")
    return (
        f"LEFT JOIN (SELECT k.{unit} AS unit, k.upto, {', '.join(sums)} FROM"
        f" (SELECT DISTINCT {unit}, upto FROM cells) k JOIN base_{base} b ON b.unit = k.{unit}"
        f" AND b.slot BETWEEN {first} AND {last} GROUP BY k.{unit}, k.upto) {alias}"
        f" ON {alias}.unit = c.{unit} AND {alias}.upto = c.upto"
    )


def _taken(alias: str, view: View, column: Column, plan: Plan, dialect: Dialect) -> str:
    """The two or three numbers of a column in the outermost SELECT."""
    counted = column.part.scope == "count"
    name = f"{alias}.{_keys(view[0], plan)[column.part.key, counted]}"
    months = f"{name}n" if view[3] != "last" else f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END"
    if not dialect.split:
        return f"{name}, {months}"
    if counted:
        # a count is small: it stands in the lower half
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE 0 END, {name}, {months}"
    return f"{name}, {name}l, {months}"
