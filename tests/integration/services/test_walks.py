"""Random lives of a request: what is stored of its limits is what walking by hand would give."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

import pytest

from factories.requests import asked
from factories.slow_limits import CHINA, walked
from luodi.audit.queries import verify
from luodi.common.moments import LOCAL
from luodi.kit.calendars import Pause
from luodi.services import actions
from luodi.services.flows import FIRM, REQUEST
from luodi.services.models import FirmQuestion, RequestClock, RequestState, Timetable
from luodi.services.rules import rule_of

pytestmark = pytest.mark.django_db(databases="__all__")

CLOCK = "system:services"
WORDS = {"text": "示例"}


def one_step(dice: random.Random, city, request: str, stage: str, now: datetime) -> None:
    """Some move that the flow allows the desk or the firm now."""
    moves = sorted({m.name for m in REQUEST.available(stage, {"desk"})} - {"call_out"})
    if stage in ("received", "reopened") and dice.random() < 0.5:
        moves = ["respond"]
    move = dice.choice([m for m in moves if m not in {"write_note", "close_unrated"}])
    given: dict = {
        "give_timetable": {
            "steps": [("示例", now.astimezone(LOCAL).date() + timedelta(days=dice.randint(0, 9)))],
            "reason": "示例",
        },
        "accept_answer": {"satisfied": "satisfied"},
        "object_to_answer": {"words": "还没好"},
    }.get(move, WORDS)
    if move == "accept_answer" and dice.random() < 0.7:
        move, given = "object_to_answer", {"words": "还没好"}
    who = "zone_staff" if move not in {"accept_answer", "object_to_answer"} else "enterprise"
    getattr(actions, move)(request=request, by=city.people[who], at=now, **given)


def expected(clock: RequestClock) -> datetime | None:
    """When a limit is due by walking, from the questions and timetables on record."""
    rule = rule_of(clock.rule)
    rows = FirmQuestion.objects.open().filter(request=clock.request)
    pauses = [
        Pause(q.asked_at, q.answered_at)
        for q in rows
        if q.answered_at is None or q.answered_at > clock.started_at
    ]
    plain = walked(clock.started_at.astimezone(CHINA), rule, pauses if clock.pauses else [])
    tables = Timetable.objects.filter(request=clock.request, round=clock.round).order_by("-act")
    latest: date | None = tables.values_list("until_on", flat=True).first()
    if plain is None or not clock.extends or latest is None:
        return plain
    return max(plain, datetime.combine(latest, time(23, 59, 59), CHINA))


@pytest.mark.parametrize("seed", range(3))
def test_a_random_life_keeps_its_limits(city, at, seed):
    dice, now = random.Random(seed), at
    key = asked(city, at).key
    level = 1
    for _ in range(14):
        now += timedelta(minutes=dice.choice([7, 45, 300, 1500, 5000]))
        actions.raise_late_requests(by=CLOCK, at=now)
        assert actions.raise_late_requests(by=CLOCK, at=now) == 0
        state = RequestState.objects.open().get(request=key)
        assert state.level >= level
        level = state.level
        if state.stage == "closed":
            break
        one_step(dice, city, key, state.stage, now)
        state = RequestState.objects.open().get(request=key)
        for clock in RequestClock.objects.open().filter(request=key, round=state.round):
            if clock.met_at is None:
                assert clock.due_at == expected(clock), (clock.limit, state.stage)
    assert REQUEST.available("waiting", {FIRM}) and not verify().breaks
