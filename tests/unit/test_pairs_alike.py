"""Pairs of projects that look alike: nothing is missed, thousands are quick, numbers make doubt."""

from __future__ import annotations

import random
import time
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.projects.rules import Entry, Joined, Named, Step, pairs_alike, path_of, survivors
from luodi.projects.rules.pairs import alike

names = st.text(alphabet="甲乙丙丁子丑", min_size=0, max_size=9)
few = st.lists(
    st.tuples(names, st.sampled_from(["", "东", "西"]), st.sampled_from(["", "1", "2"])),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(few)
def test_every_pair_alike_is_found_without_comparing_all_with_all(said):
    named = [Named(f"p{n:02}", *one) for n, one in enumerate(said)]
    everything = {pair for a, b in combinations(named, 2) if (pair := alike(a, b))}
    assert set(pairs_alike(named)) == everything


def test_reasons_and_how_sure():
    def one(name, investor="", code="", key="b"):
        return Named(key, name, investor, code)

    def found(a, b):
        pair = alike(one(*a, key="a"), one(*b))
        return (pair.why, pair.sure) if pair else None

    assert found(("光电产业园",), ("光电产业园",)) == (("name",), 2)
    assert found(("光电产业园", "甲"), ("光电产业园区", "甲")) == (("near", "investor"), 2)
    assert found(("光电产业园",), ("光电产业园区",)) == (("near",), 1)
    assert found(("精密模具", "甲", "1"), ("冷链", "乙", "1")) == (("code",), 3)
    assert found(("精密模具", "甲"), ("冷链仓储", "甲")) is None
    phases = found(("示例光电产业园一期", "甲"), ("示例光电产业园二期", "甲"))
    assert phases == (("near", "investor", "numbered"), 1)


def test_three_thousand_are_quick_even_where_all_share_their_beginning():
    dice = random.Random(3)
    named = [
        Named(f"p{n}", f"演示项目{n}号{dice.choice('甲乙丙丁')}厂", "", "") for n in range(3000)
    ]
    began = time.perf_counter()
    pairs_alike(named)
    assert time.perf_counter() - began < 20


def test_a_path_is_the_merged_ones_up_to_the_merge_and_its_own_after():

    def step(n):
        return Step(f"s{n}", f"s{n + 1}", date(2026, 1, n))

    moves = {
        "a": [(1, step(1)), (9, step(9))],
        "b": [(2, step(2)), (3, step(3))],
        "c": [(5, step(5))],
    }
    taking = Joined("b", "a", "a", 4, takes_path=True)
    assert path_of("a", moves, [taking]) == [step(2), step(3), step(9)]
    assert path_of("a", moves, []) == [step(1), step(9)]
    assert path_of("a", moves, [Joined("b", "a", "a", 4, takes_path=False)]) == [step(1), step(9)]
    chain = [taking, Joined("c", "b", "a", 3, takes_path=True)]
    assert path_of("a", moves, chain) == [step(9)]
    later = Joined("c", "a", "a", 6, takes_path=True)
    assert path_of("a", moves, [taking, later]) == [step(5), step(9)]


def test_entries_that_fall_together_count_where_one_of_them_counts():
    entries = [
        Entry("a", "signed", True, "并入"), Entry("b", "signed"), Entry("b", "started"),
        Entry("c", "started", True, "x"),
    ]  # fmt: skip
    signed, started, other = survivors(entries, {"b": "a"})
    assert (signed.project, signed.excluded, signed.also, signed.listed) == ("a", False, ("b",), 2)
    assert (started.project, started.also, started.listed) == ("a", ("b",), 1)
    assert other.project == "c" and other.excluded and other.also == ()
