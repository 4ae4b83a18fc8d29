"""What the clock and the office do without anybody at a page: warnings, taking "done" back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories import plans as p
from luodi.audit.queries import verify
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.jobs.models import InboxMessage
from luodi.plans import actions
from luodi.plans.models import Measure, MeasureState, RoundState


@pytest.fixture
def plan(city, at):
    found = p.adopted_plan(city, at)
    p.opened()
    return found


def reminders() -> int:
    return InboxMessage.objects.filter(kind="report_reminder").count()


def test_who_is_missing_is_warned_once_and_told_once_more_when_late(city, plan):
    older, newer = RoundState.objects.open().order_by("due_at")
    office = p.viewer(city, "office")
    actions.close_round(
        round=older.round_id, why="示例", viewer=office, by=office.person, at=p.MARCH
    )
    due = newer.due_at
    assert actions.remind_by_clock(by=p.CLOCK, at=due - timedelta(days=8)) == 0
    first = actions.remind_by_clock(by=p.CLOCK, at=due - timedelta(hours=30))
    assert first == reminders() > 0
    assert actions.remind_by_clock(by=p.CLOCK, at=due - timedelta(hours=2)) == 0
    assert actions.remind_by_clock(by=p.CLOCK, at=due + timedelta(hours=1)) == first
    assert actions.remind_by_clock(by=p.CLOCK, at=due + timedelta(days=3)) == 0


def test_a_measure_found_done_by_mistake_is_opened_again_and_both_stand(city, plan):
    office = p.viewer(city, "office")
    who = {"viewer": office, "by": office.person}
    measure = Measure.objects.filter(plan=plan).first()
    day = datetime(2026, 4, 2, 1, tzinfo=UTC)
    with pytest.raises(Closed):
        actions.reopen_measure(measure=measure, why="示例", at=day, **who)
    actions.finish_measure(measure=measure, done_on=day.date(), why="示例", at=day, **who)
    with pytest.raises(Incomplete):
        actions.reopen_measure(measure=measure, why=" ", at=day, **who)
    actions.reopen_measure(measure=measure, why="还差一项", at=day, **who)
    state = MeasureState.objects.open().get(measure=measure)
    assert (state.stage, state.done_on) == ("open", None)
    assert MeasureState.objects.filter(measure=measure, stage="done").count() == 1
    assert verify().breaks == ()


def test_only_the_office_takes_back_that_a_measure_is_done(city, plan):
    clerk = p.viewer(city, "clerk")
    measure = Measure.objects.filter(plan=plan).first()
    with pytest.raises(NotAllowed):
        actions.reopen_measure(
            measure=measure, why="示例", viewer=clerk, by=clerk.person, at=p.MARCH
        )
