"""Places taken: asked by bisection, joined where they overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luodi.kit.commitments.taken import Taken

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_a_place_is_taken_where_one_of_its_characters_is(spans, asked):
    taken = Taken(spans)
    characters = {n for start, end in spans for n in range(start, end)}
    assert taken.meets(asked) == bool(characters & set(range(*asked)))


def test_places_side_by_side_do_not_meet():
    taken = Taken([(2, 4)])
    taken.add((4, 6))
    assert not taken.meets((0, 2)) and not taken.meets((6, 8)) and taken.meets((3, 5))
