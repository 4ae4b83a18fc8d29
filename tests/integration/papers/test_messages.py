"""Whoever a paper waits for finds it in the inbox."""

from __future__ import annotations

import pytest

from factories.papers import report_at_check, report_to_sign, seen, staff_office
from luodi.jobs.models import InboxMessage
from luodi.papers import actions


@pytest.fixture
def office(city, at):
    return staff_office(city, at)


def told(person: str) -> list[str]:
    rows = InboxMessage.objects.filter(kind="paper", person=person).order_by("pk")
    return [row.sentence.partition("：")[0] for row in rows]


def test_checker_signer_and_drafter_are_told_in_turn(office, at):
    key = report_to_sign(office, at)
    leader = office.people["office_leader"]
    assert told(leader) == ["待签发"]
    actions.send_back_paper(paper=key, seen=seen(key), why="示例", by=leader, at=at)
    assert told(office.people["office"])[-1] == "退回重拟"
    assert InboxMessage.objects.filter(kind="paper", sentence__startswith="待审核").exists()


def test_the_drafter_is_not_told_of_their_own_step(office, at):
    report_at_check(office, at)
    assert told(office.people["office"]) == []
