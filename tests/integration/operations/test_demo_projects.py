"""The demo's projects: twelve and two doubles, generated and marked so, in several stages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from luodi.cli.demo.calendar import china, play
from luodi.cli.demo.gates import gate_events
from luodi.cli.demo.people import found
from luodi.cli.demo.pipeline import project_events
from luodi.projects.models import (
    BatchEntry,
    PermitTrack,
    ProjectPermit,
    ProjectState,
    Resumption,
    StageMove,
)


@pytest.mark.django_db(databases="__all__")
def test_twelve_projects_stand_in_several_stages(own_data):
    cast = found(china(date(2026, 1, 5)))
    play(project_events(cast), datetime(2026, 12, 1, tzinfo=UTC), lambda done: None)
    states = list(ProjectState.objects.open())
    assert len(states) == 14 and all(s.name.startswith("演示项目") for s in states)
    assert len({s.stage for s in states}) >= 7
    assert StageMove.objects.filter(back=True).count() == 1
    assert all(m.why.startswith("【演示】") for m in StageMove.objects.exclude(why=""))
    assert PermitTrack.objects.open().count() == 2
    assert ProjectPermit.objects.open().get(permit="works-planning").due_at
    entries = BatchEntry.objects.open()
    counts = {part: entries.filter(part=part).count() for part in ("signed", "started", "produced")}
    assert counts == {"signed": 5, "started": 3, "produced": 1}
    assert entries.get(excluded=True).why.startswith("【演示】")


@pytest.mark.django_db(databases="__all__")
def test_three_continuing_projects_resume_in_time_late_and_not_at_all(own_data):
    cast = found(china(date(2026, 1, 5)))
    play(gate_events(cast), datetime(2026, 12, 1, tzinfo=UTC), lambda done: None)
    assert ProjectState.objects.open().filter(stage="started").count() == 3
    days = Resumption.objects.open().values_list("day", flat=True)
    assert sorted(days) == [date(2026, 3, 6), date(2026, 4, 9)]
