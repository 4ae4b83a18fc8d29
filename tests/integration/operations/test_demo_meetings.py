"""The demo's year of meetings looks like a year: bodies meet in their rounds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from luodi.cli.demo.calendar import china, play
from luodi.cli.demo.meetings import TOPIC, meeting_events
from luodi.cli.demo.people import found
from luodi.supervision.models import AgendaItemState, MeetingState

NOW = datetime(2026, 4, 27, 2, tzinfo=UTC)


@pytest.mark.django_db(databases="__all__")
def test_rounds_are_held_one_later_and_topics_go_on(own_data):
    cast = found(china(date(2026, 1, 5)))
    play(meeting_events(cast, NOW), NOW, lambda done: None)
    rounds = MeetingState.objects.open().select_related("meeting")
    past = rounds.filter(due_on__lt=NOW.date())
    assert Counter(row.stage for row in past) == {"ended": 6, "cancelled": 1}
    later = MeetingState.objects.filter(stage="postponed").values_list("meeting__period", flat=True)
    assert list(later) == ["2026-03"]
    assert all(row.starts_at < NOW for row in past if row.stage == "ended")
    assert {row.stage for row in rounds.exclude(pk__in=past)} <= {"planned", "called", "ended"}
    carried = AgendaItemState.objects.open().filter(title=TOPIC)
    assert Counter(carried.values_list("stage", flat=True)) == {"carried_over": 2, "discussed": 1}
