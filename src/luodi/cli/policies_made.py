"""Made policies and firms for the bench: like the rules cities write, over the built-in facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from luodi.kit.eligibility import All, AnyOf, Comparison, Condition, FactKind, Firms, Not, Value
from luodi.packs import resolve
from luodi.packs.schemas import EnterpriseFactRule

SEED = 20261201
HOMES = tuple(f"place-{n:02}" for n in range(17))
CODES = tuple(f"C{n}" for n in range(13, 43))
DAY = date(2000, 1, 1)
KNOWN_SHARE = 0.85
"""How often a fact is known of a firm."""


def facts() -> dict[str, FactKind]:
    """The built-in catalogue by name."""
    rules = resolve("jincheng").all("enterprise_facts", EnterpriseFactRule, date(2026, 1, 1))
    return {rule.key: rule.fact() for rule in rules}


def policies(count: int, known: Mapping[str, FactKind]) -> dict[str, Condition]:
    """So many conditions of two to six comparisons: and, a few alternatives, a few refusals."""
    made = Random(SEED)
    return {f"policy-{n:05}": _policy(made, list(known.values())) for n in range(count)}


def _policy(made: Random, known: list[FactKind]) -> Condition:
    parts: list[Condition] = []
    for _ in range(made.randint(2, 5)):
        one: Condition = _comparison(made, made.choice(known))
        if made.random() < 0.2:
            one = AnyOf((one, _comparison(made, made.choice(known))))
        elif made.random() < 0.1:
            one = Not(one)
        parts.append(one)
    return All(tuple(parts))


def _comparison(made: Random, fact: FactKind) -> Comparison:
    if fact.kind in ("number", "date"):
        values = sorted((_threshold(made, fact), _threshold(made, fact)))
        operator = made.choice(("at_least", "at_least", "at_most", "above", "below", "between"))
        return Comparison(
            fact.name, operator, tuple(values if operator == "between" else values[:1])
        )
    if fact.kind == "truth":
        return Comparison(fact.name, "equals", (made.random() < 0.3,))
    options = list(fact.options) or list(CODES if fact.name == "industry_code" else HOMES)
    some = tuple(made.sample(options, made.randint(1, min(3, len(options)))))
    if fact.kind == "set":
        return Comparison(fact.name, made.choice(("includes", "one_of")), some[:2])
    return Comparison(fact.name, "one_of", some)


def _threshold(made: Random, fact: FactKind) -> Any:
    """Round numbers, as texts write them."""
    if fact.kind == "date":
        return DAY.replace(year=made.randint(2005, 2025))
    return made.choice((100, 300, 500, 1000, 2000, 3000, 5000)) * 10**fact.scale


def firms(count: int, known: Mapping[str, FactKind]) -> Firms:
    """So many firms; each fact is known of most of them."""
    made = Random(SEED + 1)
    return Firms(count, {fact.name: list(_column(made, fact, count)) for fact in known.values()})


def _column(made: Random, fact: FactKind, count: int) -> Iterator[Value | None]:
    for _ in range(count):
        yield _value(made, fact) if made.random() < KNOWN_SHARE else None


def _value(made: Random, fact: FactKind) -> Value:
    if fact.kind == "number":
        return int(made.lognormvariate(6, 1.5) * 10**fact.scale)
    if fact.kind == "date":
        return DAY + timedelta(days=made.randrange(9400))
    if fact.kind == "truth":
        return made.random() < 0.1
    options = list(fact.options) or list(CODES if fact.name == "industry_code" else HOMES)
    if fact.kind == "set":
        return frozenset(option for option in options if made.random() < 0.15)
    return made.choice(options)
