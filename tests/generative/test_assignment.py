"""Assignments against trying everything, and the two solvers against each other."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kit.matching.assignment import Limit, Task, assign
from luodi.kit.refusals import Refusal


@st.composite
def tasks(draw, limited: bool = False) -> Task:
    seekers = tuple(f"s{n}" for n in range(draw(st.integers(0, 5))))
    offers = {f"o{n}": draw(st.integers(0, 2)) for n in range(draw(st.integers(0, 4)))}
    pairs = list(itertools.product(seekers, offers))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    points = {pair: draw(st.integers(0, 6)) for pair in chosen}
    some = st.lists(st.sampled_from(chosen), max_size=2, unique=True) if chosen else st.just([])
    limits = draw(st.lists(limit(seekers, tuple(offers)), max_size=2)) if limited else []
    goal = draw(st.sampled_from(["most", "points"]))
    fixed, forbidden = tuple(draw(some)), frozenset(draw(some))
    return Task(seekers, offers, points, fixed, forbidden, tuple(limits), goal)


def limit(seekers, offers):
    users = st.dictionaries(st.sampled_from(seekers), st.integers(0, 4)) if seekers else st.just({})
    where = st.frozensets(st.sampled_from(offers)) if offers else st.just(frozenset())
    return st.builds(Limit, st.just("电"), st.integers(0, 8), where, users)


def every_assignment(task: Task, must: str | None = None):
    """All assignments that keep the rules, as dictionaries."""
    ways = [[None, *(o for (s, o) in task.points if s == seeker)] for seeker in task.seekers]
    for choice in itertools.product(*ways):
        pairs = {s: o for s, o in zip(task.seekers, choice, strict=True) if o is not None}
        if must is not None and must not in pairs:
            continue
        if allowed(task, pairs):
            yield pairs


def allowed(task: Task, pairs: dict[str, str]) -> bool:
    if any(pairs.get(s) != o for s, o in task.fixed) or set(pairs.items()) & task.forbidden:
        return False
    if any(list(pairs.values()).count(o) > room for o, room in task.offers.items()):
        return False
    return all(
        sum(one.uses.get(s, 0) for s, o in pairs.items() if o in one.offers) <= one.amount
        for one in task.limits
    )


def value(task: Task, pairs: dict[str, str]) -> tuple[int, int]:
    total = sum(task.points[pair] for pair in pairs.items())
    return (len(pairs), total) if task.goal == "most" else (total, len(pairs))


def check_against_everything(task: Task) -> None:
    answer = assign(task)
    best = max((value(task, pairs) for pairs in every_assignment(task)), default=None)
    if isinstance(answer, Refusal):
        assert best is None and answer.code.startswith("assignment.fixed") and answer.says("en")
        return
    assert answer.status == "optimal" and answer.gap == 0
    assert allowed(task, answer.pairs) and value(task, answer.pairs) == best
    assert answer.total == answer.bound == sum(task.points[p] for p in answer.pairs.items())
    assert {one.seeker for one in answer.unassigned} == set(task.seekers) - set(answer.pairs)


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_the_answer_is_the_best_of_all_there_are(task):
    check_against_everything(task)


@settings(max_examples=120, deadline=None)
@given(tasks(limited=True))
def test_so_it_is_where_offers_share_limits(task):
    check_against_everything(task)


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_the_price_of_a_place_is_the_best_without_less_the_best_with(task):
    answer = assign(task)
    if isinstance(answer, Refusal):
        return
    for one in answer.unassigned:
        forced = [value(task, pairs) for pairs in every_assignment(task, must=one.seeker)]
        assert (one.cost is None) == (not forced)
        assert one.says() and one.says("en")
        if forced:
            lost = answer.total - max(forced)[task.goal == "most"]
            assert one.cost == lost
            moved = dict(answer.pairs)
            for move in one.moves:
                assert moved.pop(move.seeker, None) == move.source
            moved |= {move.seeker: move.target for move in one.moves if move.target}
            assert one.seeker in moved and value(task, moved) == max(forced)


@settings(max_examples=100, deadline=None)
@given(tasks(), st.randoms())
def test_the_order_of_the_input_changes_nothing(task, shuffle):
    def mixed(things):
        things = list(things)
        shuffle.shuffle(things)
        return things

    again = Task(
        tuple(mixed(task.seekers)), dict(mixed(task.offers.items())),
        dict(mixed(task.points.items())), tuple(mixed(task.fixed)), task.forbidden, (), task.goal,
    )  # fmt: skip
    first, second = assign(task), assign(again)
    assert first == second


def test_both_solvers_agree_on_a_larger_instance():
    """A limit that is broken by one placement only sends the same task to the other solver."""
    made = random.Random(20260401)
    seekers, offers = [f"s{n}" for n in range(40)], {f"o{n}": 1 for n in range(60)}
    points = {(s, o): made.randint(1, 1000) for s in seekers for o in offers if made.random() < 0.1}
    plain = assign(Task(tuple(seekers), offers, points))
    all_ = frozenset(offers)
    uses = dict.fromkeys(plain.pairs, 1)
    tight = Limit("电", len(plain.pairs) - 1, all_, uses)
    less = assign(Task(tuple(seekers), offers, points, limits=(tight,)), seconds=60)
    assert less.status == "optimal" and len(less.pairs) == len(plain.pairs) - 1
    assert less.gap == 0 and less.total <= plain.total
    # dropping any one of the pairs is a way to keep the limit, so the answer is at least that
    assert less.total >= plain.total - min(points[p] for p in plain.pairs.items())
    assert isinstance(less.gap, Fraction)
