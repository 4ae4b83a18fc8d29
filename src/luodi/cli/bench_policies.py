"""Policies over firms: all pairs with reasons beside the plain engine, half a million in bits."""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any

import duckdb

from luodi.cli.policies_made import SEED, facts, firms, policies
from luodi.cli.site import start
from luodi.kit.eligibility import Condition, FactKind, Firms, Matched, judge, match, truth

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

MATCHED = {True: (2000, 10_000), False: (2000, 10_000)}
"""Policies and firms answered with reasons, by `quick`."""
PLAIN = {True: 40_000, False: 400_000}
"""Pairs the plain engine answers; its time for all pairs is reckoned from them."""
BITMAPS = (2000, 500_000)
"""Policies and firms answered as bitmaps; full size only."""
SAMPLES = 10_000
GOAL_BITMAPS = 60.0


def measure(quick: bool) -> list[Figure]:
    """Seconds for all pairs with reasons, how many times the plain engine takes, bitmaps."""
    known = facts()
    count, many = MATCHED[quick]
    rules, table = policies(count, known), firms(many, known)
    began = time.perf_counter()
    matched = match(rules, table)
    taken = time.perf_counter() - began
    agreed(matched, rules, table)
    plain = _plain(rules, table, PLAIN[quick]) * count * many
    pairs = sum(len(groups) for groups in matched.groups.values())
    size = f"{count} policies x {many} firms, {pairs} groups of reasons, seed {SEED}"
    beside = f"{SAMPLES} pairs equal; plain engine timed on {PLAIN[quick]} pairs"
    figures: list[Figure] = [
        _figure("policy_match_seconds", taken, "s", "every pair with its reasons", size),
        _figure("policy_match_vs_brute", plain / taken, "x", beside, size),
    ]
    return figures if quick else [*figures, _bitmaps(known)]


def agreed(matched: Matched, rules: Mapping[str, Condition], table: Firms) -> None:
    """Ten thousand pairs, drawn by chance, equal to the plain engine's; ValueError if one isn't."""
    made, keys = Random(SEED + 2), list(rules)
    for _ in range(SAMPLES):
        key, n = made.choice(keys), made.randrange(table.size)
        plain, group = judge(rules[key], table.facts(n)), matched.group(key, n)
        outcomes = tuple(
            dict.fromkeys((one.comparison, truth(one.comparison, table.facts(n)))
                          for one in plain.reasons).keys()
        )  # fmt: skip
        if group.verdict != plain.verdict or group.outcomes != tuple(o for _, o in outcomes):
            raise ValueError(f"the engines differ on {key} and firm {n}")


def _plain(rules: Mapping[str, Condition], table: Firms, pairs: int) -> float:
    """Seconds the plain engine takes for one pair with reasons, over so many drawn by chance."""
    made, keys = Random(SEED + 3), list(rules)
    drawn = [(rules[made.choice(keys)], made.randrange(table.size)) for _ in range(pairs)]
    given = [(rule, table.facts(n)) for rule, n in drawn]
    began = time.perf_counter()
    for rule, known in given:
        judge(rule, known)
    return (time.perf_counter() - began) / pairs


def _bitmaps(known: Mapping[str, FactKind]) -> Figure:
    """All answers of all policies for half a million firms through the columnar engine."""
    columns = _columns()
    count, many = BITMAPS
    rules, table = policies(count, known), firms(many, known)
    made, keys = Random(SEED + 4), list(rules)
    drawn: dict[str, list[int]] = {}
    for _ in range(SAMPLES):
        drawn.setdefault(made.choice(keys), []).append(made.randrange(many))
    with duckdb.connect() as connection:
        columns.filled(connection, "firms", known, table)
        began, fits, seen = time.perf_counter(), 0, {}
        for key, yes, no in columns.answers(rules, known, connection, "firms"):
            fits += yes.bit_count()
            seen[key] = [(yes >> n & 1, no >> n & 1) for n in drawn.get(key, ())]
        taken = time.perf_counter() - began
    for key, some in drawn.items():
        for n, (yes, no) in zip(some, seen[key], strict=True):
            told = truth(rules[key], table.facts(n))
            if (bool(yes), bool(no)) != (told is True, told is False):
                raise ValueError(f"the engines differ on {key} and firm {n}")
    size = f"{count} policies x {many} firms, {fits} pairs fit, {SAMPLES} equal to the plain engine"
    found = _figure("policy_bitmap_seconds", taken, "s", "DuckDB, reasons on demand", size)
    return {**found, "goal": GOAL_BITMAPS}


def _columns() -> Any:
    """The columnar engine: a part of the policy module, which Django has to be ready for."""
    with tempfile.TemporaryDirectory() as folder:
        if not importlib.import_module("django.apps").apps.ready:
            start(folder)
        return importlib.import_module("luodi.policy.queries.columns")


def _figure(name: str, value: float, unit: str, yardstick: str, size: str) -> Figure:
    return {
        "name": name, "value": round(value, 3), "unit": unit, "yardstick": yardstick,
        "goal": None, "size": size,
    }  # fmt: skip
