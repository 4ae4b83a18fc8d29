"""A random walk of letters: whoever tries whatever, the record stays whole and drafts stay inside."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from factories import letters as given
from factories.papers import staff_office
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Refusal
from luodi.orgs.queries import viewer_of_person
from luodi.papers.models import NumberTaken
from luodi.supervision.actions import move_rectification, plan_rectification
from luodi.supervision.flows import LETTER, RECTIFICATION
from luodi.supervision.models import LetterState, Recheck, RectificationState
from luodi.supervision.queries import letters

PEOPLE = (
    "office", "second_office", "zone_staff", "zone_head", "zone_leader", "clerk", "leading_group",
    "statistician", "auditor",
)  # fmt: skip
MOVES = tuple(move.name for move in LETTER.moves)
HOURS = timedelta(hours=9)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_leaves_every_letter_in_a_state_of_its_flow(city, at, seed):
    staff_office(city, at)
    dice, now, done = random.Random(seed), at, 0
    for turn in range(60):
        now += HOURS
        if turn % 15 == 0:
            given.drafted(city, now, given.red_item(city, now, f"事项{turn}"))
        try:
            _try(city, now, dice)
            done += 1
        except Refusal as refusal:
            assert refusal.sentence
        _holds(city, now)
    assert done > 3
    assert not verify().breaks


def _try(city, now, dice: random.Random) -> None:
    """Somebody tries something with some letter."""
    state = dice.choice(list(LetterState.objects.open().order_by("pk")))
    who = dice.choice(PEOPLE)
    viewer = viewer_of_person(city.people[who])
    if state.stage == "drafted" and dice.random() < 0.5:
        given.signed(city, now, state.letter_id)
    elif dice.random() < 0.35:
        measures = list(
            RectificationState.objects.open().filter(rectification__letter=state.letter)
        )
        if measures and dice.random() < 0.7:
            one = dice.choice(measures)
            move_rectification(
                letter=state.letter_id, rectification=one.rectification_id,
                move=dice.choice(RECTIFICATION.moves).name, seen=one.since_id, viewer=viewer,
                by=viewer.person, at=now, text=dice.choice(["", "说明"]), files=given.PROOF,
            )  # fmt: skip
        else:
            plan_rectification(
                letter=state.letter_id, measure=f"措施{dice.random()}",
                due_on=Moment(now).today + timedelta(days=3), viewer=viewer, by=viewer.person,
                at=now,
            )  # fmt: skip
    else:
        likely = [m.name for m in LETTER.moves if state.stage in m.sources]
        move = dice.choice(likely if likely and dice.random() < 0.8 else MOVES)
        until = Moment(now).today + timedelta(days=dice.randint(-1, 9))
        said = {
            "why": dice.choice(["", "原因", "原因"]),
            "text": dice.choice(["", "情况", "情况"]),
            "until": until,
        }
        if dice.random() < 0.7:
            who = {"sign_for_letter": "zone_staff", "write_answer": "zone_staff",
                   "return_answer": "zone_leader", "sign_answer": "zone_leader"}.get(move, "office")  # fmt: skip
        given.step(city, now, state.letter_id, who, move, **said)


def _holds(city, now) -> None:
    """What is true of every letter at every moment."""
    states = list(LetterState.objects.open())
    assert len({state.letter_id for state in states}) == len(states)
    for state in states:
        LETTER.state(state.stage)
        inside = state.issued_at is None
        assert inside == (state.stage in ("drafted", "withdrawn")) or state.stage == "cancelled"
        if state.stage in ("rechecked", "closed"):
            assert Recheck.objects.filter(letter=state.letter, passed=True).exists()
            left = RectificationState.objects.open().filter(rectification__letter=state.letter)
            assert set(left.values_list("stage", flat=True)) <= {"verified", "dropped"}
        if state.stage in ("answered", "rechecked", "closed"):
            assert state.answer and state.answer_signed_by and state.answered_at
    zone = {row.key for row in letters(viewer_of_person(city.people["zone_staff"]), Moment(now))}
    assert zone == {state.letter_id for state in states if state.issued_at}
    assert letters(viewer_of_person(city.people["clerk"]), Moment(now)) == []
    taken = list(NumberTaken.objects.values_list("series", "year", "number"))
    assert len(set(taken)) == len(taken)
