"""The fast engines of eligibility agree with the plain one, unknown facts included."""

from __future__ import annotations

import json
from itertools import product

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.conditions import DAY, KNOWN, WORDS, comparisons, conditions, firm
from luodi.kit.eligibility import (
    All,
    AnyOf,
    Comparison,
    Firms,
    Not,
    bits_of,
    check,
    from_json,
    index,
    judge,
    match,
    members,
    to_json,
    truth,
)
from luodi.policy.queries.columns import answers, filled

SOME = st.lists(firm(), max_size=20)


def columns(firms: list[dict]) -> Firms:
    return Firms(len(firms), {name: [one[name] for one in firms] for name in KNOWN})


@given(st.lists(conditions(), min_size=1, max_size=4), SOME)
def test_bitmaps_agree_with_the_plain_engine(rules, firms):
    named = {str(n): rule for n, rule in enumerate(rules)}
    table = columns(firms)
    matched = match(named, table)
    looked = index(rules, table)
    for key, rule in named.items():
        yes, no = bits_of(rule, looked, table.everyone)
        for n, facts in enumerate(firms):
            answer = judge(rule, facts)
            assert matched.verdict(key, n) == answer.verdict
            assert matched.answer(key, n) == answer
            assert (bool(yes >> n & 1), bool(no >> n & 1)) == (
                answer.verdict == "fits",
                answer.verdict == "fails",
            )
        fits = [n for n, facts in enumerate(firms) if truth(rule, facts) is True]
        assert list(members(matched.bitmap(key, "fits"))) == fits


@given(conditions(), SOME)
def test_every_firm_stands_in_one_group_with_its_outcomes(rule, firms):
    table = columns(firms)
    groups = match({"a": rule}, table).groups["a"]
    assert sum(group.firms for group in groups) == table.everyone
    asked = list(dict.fromkeys(one.comparison for one in judge(rule, {}).reasons))
    for group in groups:
        for n in members(group.firms):
            plain = tuple(truth(one, firms[n]) for one in asked)
            assert group.outcomes == plain


@settings(max_examples=40)
@given(st.lists(conditions(), min_size=1, max_size=3), SOME)
def test_the_columnar_engine_agrees_with_the_plain_one(rules, firms):
    named = {str(n): rule for n, rule in enumerate(rules)}
    with duckdb.connect() as connection:
        filled(connection, "firms", KNOWN, columns(firms))
        for key, yes, no in answers(named, KNOWN, connection, "firms"):
            for n, facts in enumerate(firms):
                told = truth(named[key], facts)
                assert (bool(yes >> n & 1), bool(no >> n & 1)) == (told is True, told is False)


def everything() -> list[dict]:
    """Every firm there can be over two facts whose values a small rule can tell apart."""
    numbers = [None, *range(-1, 8)]
    sets = [None, *(frozenset(w for w, on in zip(WORDS, row, strict=True) if on)
                    for row in product((True, False), repeat=3))]  # fmt: skip
    return [
        {"n": n, "m": None, "w": w, "s": s, "d": None, "t": t}
        for n, w, s, t in product(numbers, (None, *WORDS), sets, (None, True, False))
    ]


EVERYTHING = everything()


@st.composite
def narrow(draw):
    """Comparisons over the facts that `EVERYTHING` holds, as all or any of them."""
    one = comparisons().filter(lambda c: c.fact in ("n", "w", "s", "t"))
    parts = draw(st.lists(st.one_of(one, one.map(Not)), min_size=1, max_size=4))
    groups = [AnyOf(tuple(parts[:2])), *parts[2:]] if draw(st.booleans()) else parts
    return All(tuple(groups))


@settings(max_examples=60)
@given(narrow())
def test_a_contradiction_is_found_where_no_firm_can_fit(rule):
    possible = any(truth(rule, facts) for facts in EVERYTHING)
    found = [fault.refusal.code for fault in check(rule, KNOWN)]
    if not possible:
        assert found
    elif found:  # a part that nobody can meet, beside another that somebody can
        parts = [part for one in rule.parts for part in (one, *getattr(one, "parts", ()))]
        assert any(not any(truth(part, facts) for facts in EVERYTHING) for part in parts)


@given(conditions(), firm())
def test_a_condition_survives_being_written_down(rule, facts):
    again = from_json(json.loads(json.dumps(to_json(rule))))
    assert again == rule
    assert judge(again, facts) == judge(rule, facts)


@given(conditions(), firm())
def test_what_is_lacking_is_what_would_have_to_change(rule, facts):
    """A firm that meets what it lacks, with nothing unknown, is let in by the rule's own logic."""
    answer = judge(rule, facts)
    if answer.verdict == "fails" and not answer.missing:
        flipped = {(one.comparison, one.wanted) for one in answer.lacking}

        def told(part):
            if isinstance(part, Comparison):
                own = truth(part, facts)
                return (not own) if any((part, w) in flipped for w in (True, False)) else own
            if isinstance(part, Not):
                inner = told(part.part)
                return None if inner is None else not inner
            found = [told(one) for one in part.parts]
            if isinstance(part, All):
                return False if False in found else None if None in found else True
            return True if True in found else None if None in found else False

        wanted = {one.comparison for one in answer.lacking}
        twice = [one.comparison for one in answer.reasons]
        if answer.lacking and all(twice.count(one) == 1 for one in wanted):
            assert told(rule) is True


def test_days_are_compared_as_days():
    late = Comparison("d", "at_least", (DAY,))
    assert [truth(late, {"d": day}) for day in (DAY, DAY.replace(year=2023), None)] == [
        True, False, None,
    ]  # fmt: skip
