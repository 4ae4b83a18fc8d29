"""Requests and codes at the same moment: nothing twice, nothing lost, nobody let in twice."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.database


def test_the_same_request_at_once_is_one_and_numbers_have_no_gap(come):
    found = come("asking")
    assert found["outcomes"] == {"done": 1, "Conflict": 4}
    assert found["more"] == {"done": 6} and found["gapless"]


def test_of_two_words_at_once_one_stands(come):
    found = come("rating")
    assert found["outcomes"] == {"done": 1, "Conflict": 1} and found["words"] == 1
    assert (found["again"], found["round"]) == (1, 2)


def test_a_code_lets_in_one_and_tries_cannot_be_multiplied(come):
    found = come("entering")
    assert found["outcomes"] == {"done": 1, "Incomplete": 3}
    assert found["wrong"] == {"Incomplete": 9} and found["late"] == "Incomplete"
    assert found["asks"] == 1


def test_schedulers_raise_each_limit_once_beside_an_answer(come):
    found = come("raising")
    assert found["again"] == 0 and found["level"] <= 2 and found["outcomes"]["done"] >= 3


def test_one_code_names_one_firm_and_a_move_hands_over_beside_an_answer(come):
    found = come("registering")
    assert found["outcomes"] == {"done": 1, "Conflict": 1} and found["firms"] == 1
    assert found["right"] and "done" in found["moving"]
