"""Matching: the quick way agrees with the one that explains; the unknown never counts as a no."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kit.matching import Criterion, Fixed, Offer, fitting_pairs, judge, rank
from luodi.kit.quantities import UNITS, Quantity, ratio

WORDS = ("低", "中", "高")
areas = st.builds(
    Quantity, st.integers(0, 400), st.just(1), st.sampled_from([UNITS["亩"], UNITS["公顷"]])
)
values = {
    "area": areas,
    "level": st.sampled_from(WORDS),
    "steam": st.booleans(),
    "trades": st.frozensets(st.sampled_from("甲乙丙"), max_size=3),
    "price": st.integers(0, 40),
}
facts = st.fixed_dictionaries({}, optional=values)
OPERATORS = {
    "area": ["at_least", "at_most", "equals"],
    "level": ["at_least", "at_most"],
    "steam": ["equals", "differs"],
    "trades": ["one_of", "includes", "excludes"],
    "price": ["at_most", "at_least", "differs"],
}


@st.composite
def criteria(draw):
    found = []
    for number in range(draw(st.integers(1, 5))):
        fact = draw(st.sampled_from(sorted(values)))
        weight = draw(st.none() | st.integers(1, 5))
        operator = draw(st.sampled_from(OPERATORS[fact]))
        fades = weight and fact == "price" and operator != "differs" and draw(st.booleans())
        need = draw(st.just(fact) | values[fact].map(Fixed))
        found.append(
            Criterion(
                str(number), "某项", "Thing", fact, operator, need, weight,
                optional=draw(st.booleans()), kinds=draw(st.sampled_from([(), ("plot",)])),
                fade=draw(st.integers(1, 30)) if fades else None,
                order=WORDS if fact == "level" else (),
            )
        )  # fmt: skip
    return found


kinds = st.sampled_from(["plot", "floor"])


@settings(max_examples=200, deadline=None)
@given(criteria(), st.lists(facts, max_size=3), st.lists(st.tuples(facts, kinds), max_size=4))
def test_pairs_agree_with_the_explained_answer(asked, needs, offered):
    seekers = {f"s{n}": one for n, one in enumerate(needs)}
    offers = [Offer(f"o{n}", one, kind) for n, (one, kind) in enumerate(offered)]
    slow = {}
    for key, need in seekers.items():
        for offer in offers:
            fit = judge(asked, need, offer)
            if fit.answer == "yes":
                slow[key, offer.key] = ratio(fit.score, 1, 4)
    assert fitting_pairs(asked, seekers, offers) == slow


@settings(max_examples=300, deadline=None)
@given(criteria(), facts, facts, facts, kinds)
def test_what_becomes_known_stays_within_what_was_possible(asked, needs, known, later, kind):
    """Filling in missing facts of an offer turns no yes into a no and keeps score ≤ possible."""
    before = judge(asked, needs, Offer("o", known, kind))
    after = judge(asked, needs, Offer("o", {**later, **known}, kind))
    assert before.score <= after.score and after.possible <= before.possible
    assert 0 <= before.score <= before.possible <= 1
    if before.answer != "cannot_tell":
        assert after.answer == before.answer


@settings(max_examples=200, deadline=None)
@given(criteria(), facts, kinds)
def test_an_offer_nothing_is_known_of_is_never_out(asked, needs, kind):
    fit = judge(asked, needs, Offer("o", {}, kind))
    assert fit.answer != "no" and fit.score in (Fraction(0), Fraction(1))
    assert all(finding.answer == "cannot_tell" and finding.says() for finding in fit.findings)


@settings(max_examples=200, deadline=None)
@given(criteria(), facts, st.lists(facts, max_size=6), st.randoms())
def test_a_ranking_holds_every_offer_once_in_an_order_of_its_own(asked, needs, offered, random):
    offers = [Offer(f"o{n}", one) for n, one in enumerate(offered)]
    ranking = rank(asked, needs, offers)
    random.shuffle(offers)
    assert rank(asked, needs, offers) == ranking
    keys = [p.fit.offer for p in ranking.fitting]
    keys += [fit.offer for fit in (*ranking.undecided, *ranking.excluded)]
    assert sorted(keys) == sorted(offer.key for offer in offers)
    for placed in ranking.fitting:
        better = [p for p in ranking.fitting if p.fit.score > placed.fit.score]
        assert placed.place == len(better) + 1
    assert all(fit.because("no")[0].criterion.hard for fit in ranking.excluded)
