"""Conditions as values: and, or, not over comparisons of one fact with what a text asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

Operator = Literal[
    "at_least", "at_most", "above", "below", "equals", "between", "one_of", "includes", "exists"
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Value = int | str | date | bool | frozenset[str]
DEEPEST = 20
"""Nothing a person writes is nested deeper; what comes from outside may be."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact held against values. `sentence` is the key of the sentence that asks for it.

    Numbers are integers at the fact's scale. One value for most operators, two for `between`
    (both ends count), one or more for `one_of` (of a set: any of them is in it) and `includes`
    (all of them are in it), none for `exists`.
    """

    fact: str
    operator: Operator
    values: tuple[Value, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold; with no part it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold; with no part it never does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Condition


Condition = Comparison | All | AnyOf | Not


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in it, in order."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)


def to_json(condition: Condition) -> dict[str, Any]:
    """The condition as plain data."""
    match condition:
        case Comparison(fact, operator, values, sentence):
            said = {
                "fact": fact,
                "op": operator,
                "values": [plain_value(value) for value in values],
            }
            return said | ({"sentence": sentence} if sentence else {})
        case Not(part):
            return {"not": to_json(part)}
        case All(parts):
            return {"all": [to_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [to_json(part) for part in parts]}


def from_json(data: Mapping[str, Any], deep: int = 0) -> Condition:
    """The condition that plain data says. ValueError for anything that says none."""
    if deep > DEEPEST:
        raise ValueError("a condition is nested too deep")
    match data:
        case {"all": list(parts)}:
            return All(tuple(from_json(part, deep + 1) for part in parts))
        case {"any": list(parts)}:
            return AnyOf(tuple(from_json(part, deep + 1) for part in parts))
        case {"not": Mapping() as part}:
            return Not(from_json(part, deep + 1))
        case {"fact": str(fact), "op": operator, "values": list(values)} if operator in OPERATORS:
            read = tuple(value_from(value) for value in values)
            return Comparison(fact, operator, read, str(data.get("sentence", "")))
    raise ValueError("no condition")


def plain_value(value: Value) -> Any:
    """A value as plain data."""
    if isinstance(value, date):
        return {"on": value.isoformat()}
    return sorted(value) if isinstance(value, frozenset) else value


def value_from(data: Any) -> Value:
    """The value that plain data says. ValueError for anything that says none."""
    match data:
        case {"on": str(day)}:
            return date.fromisoformat(day)
        case bool() | int() | str():
            return data
        case list() if all(isinstance(one, str) for one in data):
            return frozenset(data)
    raise ValueError("no value of a condition")
