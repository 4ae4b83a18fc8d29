"""People are told in time, once: permits that come near or are overdue, gates, seats of a panel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from luodi.common.moments import LOCAL
from luodi.jobs.models import InboxMessage
from luodi.jobs.signals import ticked
from luodi.projects.actions import (
    fill_seat,
    open_review,
    record_permit,
    remind_of_gates,
    remind_of_permits,
    stop_or_start_clock,
    track_permits,
)
from luodi.projects.receivers import permits as receiving

pytestmark = pytest.mark.django_db(databases="__all__")


def told(kind: str) -> list[tuple[str, str]]:
    rows = InboxMessage.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("person", "sentence"))


def on(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL)


@pytest.fixture
def taken(city, at, project):
    """A project one of whose permits is taken in on 4 March, due on the 18th; with an agent."""
    by = {"project": project.key, "by": city.people["office"], "at": at + timedelta(days=2)}
    track_permits(type="plant-lease", agent=city.units["市统计局"], **by)
    record_permit(permit="environment", step="taken_in", **by)
    return project


def test_lead_zone_and_agent_are_told_once_near_and_once_late(city, taken):
    for day, said in ((date(2026, 3, 10), 0), (date(2026, 3, 16), 3), (date(2026, 3, 17), 3)):
        remind_of_permits(by="system:clock", at=on(day))
        assert len(told("permit")) == said
    people = {person for person, _sentence in told("permit")}
    assert people == {city.people[who] for who in ("clerk", "zone_staff", "other_clerk")}
    assert "2026-03-18" in told("permit")[0][1] and "请跟进" in told("permit")[0][1]
    assert remind_of_permits(by="system:clock", at=on(date(2026, 3, 19))) == 3
    assert remind_of_permits(by="system:clock", at=on(date(2026, 3, 20))) == 0
    assert "已经超期" in told("permit")[-1][1]


def test_a_stopped_clock_is_nobody_s_message(city, taken):
    at = on(date(2026, 3, 10))
    clock = {"project": taken.key, "permit": "environment", "by": city.people["clerk"]}
    stop_or_start_clock(why="补正材料", at=at, **clock)
    assert remind_of_permits(by="system:clock", at=on(date(2026, 4, 10))) == 0


def test_the_office_is_told_of_a_gate_before_and_after(city, at, moves):
    moves("office", "started", happened_on=date(2025, 9, 1))
    for day, said in (
        (date(2026, 3, 10), 0),
        (date(2026, 3, 12), 1),
        (date(2026, 3, 30), 1),
        (date(2026, 4, 1), 2),
        (date(2026, 4, 2), 2),
    ):
        remind_of_gates(by="system:clock", at=on(day))
        mine = [one for one in told("gate") if "续建项目复工" in one[1]]
        assert len(mine) == said, day
    assert "0 ÷ 1 个" in mine[0][1] and "有风险" in mine[0][1] and "未达到" in mine[1][1]
    assert {person for person, _sentence in mine} == {city.people["office"]}


def test_the_clock_looks_once_a_day_from_eight_on(city, taken, monkeypatch):
    monkeypatch.setattr(receiving, "_looked_on", {})
    for hour, said in ((7, 0), (8, 3), (9, 3)):
        ticked.send(sender=None, at=on(date(2026, 3, 17), hour))
        assert len(told("permit")) == said


def test_somebody_seated_is_asked_for_an_opinion(city, at, opened):
    project = opened(signing="none")
    by = {"project": project.key, "by": city.people["office"], "at": at}
    open_review(held_on=date(2026, 3, 2), **by)
    fill_seat(seat="expert-1", says="省级设计院", **by)
    assert told("review") == []
    fill_seat(seat="expert-2", person=city.people["statistician"], **by)
    [(person, sentence)] = told("review")
    assert person == city.people["statistician"] and "专家 2" in sentence
