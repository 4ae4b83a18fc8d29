"""Random conditions and firms over a small catalogue that holds every kind of fact."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from luodi.kit.eligibility import All, AnyOf, Comparison, Condition, FactKind, Not

WORDS = ("a", "b", "c")
DAY = date(2024, 1, 1)
KNOWN = {
    fact.name: fact
    for fact in (
        FactKind("n", "number", "数", "number", "万元", 2),
        FactKind("m", "number", "另一数", "other number"),
        FactKind("w", "words", "词", "word", options={word: (word, word) for word in WORDS}),
        FactKind("s", "set", "集", "set", options={word: (word, word) for word in WORDS}),
        FactKind("d", "date", "日", "day"),
        FactKind("t", "truth", "真", "truth"),
    )
}


def values(fact: FactKind) -> st.SearchStrategy:
    """Values of a fact, few enough to meet thresholds."""
    return {
        "number": st.integers(0, 6),
        "words": st.sampled_from(WORDS),
        "set": st.frozensets(st.sampled_from(WORDS)),
        "date": st.integers(0, 6).map(lambda n: DAY + timedelta(days=n)),
        "truth": st.booleans(),
    }[fact.kind]


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """A comparison that `check` finds nothing wrong with."""
    fact = draw(st.sampled_from(list(KNOWN.values())))
    if fact.kind in ("number", "date"):
        operator = draw(
            st.sampled_from(
                ("at_least", "at_most", "above", "below", "equals", "between", "exists")
            )
        )
    elif fact.kind == "truth":
        operator = draw(st.sampled_from(("equals", "exists")))
    elif fact.kind == "words":
        operator = draw(st.sampled_from(("one_of", "exists")))
    else:
        operator = draw(st.sampled_from(("includes", "one_of", "exists")))
    if operator == "exists":
        return Comparison(fact.name, operator)
    if fact.kind in ("words", "set"):
        some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True))
        return Comparison(fact.name, operator, tuple(some))
    count = 2 if operator == "between" else 1
    return Comparison(fact.name, operator, tuple(draw(values(fact)) for _ in range(count)))


def conditions() -> st.SearchStrategy[Condition]:
    """Trees of comparisons, empty `all` and `any` among them."""
    return st.recursive(
        comparisons(),
        lambda part: st.one_of(
            st.lists(part, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(part, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            part.map(Not),
        ),
        max_leaves=6,
    )


def firm() -> st.SearchStrategy[dict]:
    """The facts of a firm, each of them known or not."""
    return st.fixed_dictionaries({n: st.none() | values(fact) for n, fact in KNOWN.items()})
