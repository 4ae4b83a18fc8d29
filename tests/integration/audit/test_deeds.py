"""Acts: gapless, chained, sealed over their rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from luodi.audit.actions import perform
from luodi.audit.models import Act
from luodi.audit.queries import acts_on, moment_at, moment_on, verify
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.actions import erase_person, hand_over
from luodi.orgs.models import Posting, Unit, UnitState
from luodi.orgs.queries import name_of


def test_positions_are_gapless_and_the_chain_verifies(city):
    report = verify()
    assert report.breaks == ()
    assert report.acts == Act.objects.count() > 20


def test_an_act_never_runs_behind_the_one_before(city, at):
    with perform("look_back", by="x", at=at - timedelta(days=9), scope={"city": city.key}):
        pass
    assert Act.objects.latest("position").at >= at


def test_a_reason_that_nobody_can_see_is_none(city, at):
    acts = Act.objects.count()
    with (
        pytest.raises(Incomplete, match="看得见"),
        perform("x", by="x", at=at, scope={"city": city.key}, why="\u200b\ufeff \u2060"),
    ):
        pass
    assert Act.objects.count() == acts


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("orgs_unitstate", "name = 'x'"),
        ("orgs_posting", "role = 'office'"),
        ("audit_act", "why = 'x'"),
        ("audit_act", "payload = '{}'"),
        ("audit_actsubject", "subject = 'unit:x'"),
    ],
)
def test_a_changed_row_is_found(city, table, change):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
    assert verify().breaks


def test_a_deleted_and_a_reopened_row_are_found(city, at):
    person = city.people["clerk"]
    hand_over(person=person, stand_in=city.people["section_head"], away=True, by=person, at=at)
    ended = Posting.objects.filter(person=person).exclude(until=None)
    Posting.objects.filter(person=person, until=None).delete()
    assert verify().breaks
    ended.update(until=None)
    assert verify().breaks


def test_a_chain_cut_at_its_end_is_found_by_an_earlier_head(city):
    head = verify().head
    assert verify(head).breaks == ()
    assert verify((head[0], "0" * 64)).breaks


def test_two_people_ending_one_state_leave_one_winner(city, at):
    state = UnitState.objects.open().get(of=city.units["甲县"])
    with perform("rename", by="a", at=at) as deed:
        deed.replace(state, name="甲市")
    with pytest.raises(Conflict), perform("rename", by="b", at=at) as deed:
        deed.replace(state, name="甲区")
    assert UnitState.objects.open().get(of=city.units["甲县"]).name == "甲市"
    assert verify().breaks == ()


def test_a_past_moment_shows_what_was_open_then(city, at):
    before = moment_at(Act.objects.latest("position").position)
    state = UnitState.objects.open().get(of=city.units["甲县"])
    with perform("rename", by="a", at=at + timedelta(days=3)) as deed:
        deed.replace(state, name="甲市")
    rows = UnitState.objects.filter(of=city.units["甲县"])
    assert rows.at(before).get().name == "甲县"
    assert rows.at(moment_on((at + timedelta(days=3)).date())).get().name == "甲市"
    assert rows.at(moment_on((at - timedelta(days=3)).date())).count() == 0


def test_a_failed_action_leaves_nothing(city, at):
    count = Act.objects.count()
    with pytest.raises(RuntimeError), perform("found", by="a", at=at) as deed:
        deed.write(Unit(key="x", city=city.key))
        raise RuntimeError
    assert Act.objects.count() == count
    assert not Unit.objects.filter(key="x").exists()


def test_erasing_a_person_leaves_the_chain_whole(city, at):
    erase_person(person=city.people["clerk"], by=city.people["security_admin"], at=at, why="x")
    assert name_of(city.people["clerk"]) == "—"
    assert verify().breaks == ()


def test_the_timeline_of_a_subject_is_in_order(city, at):
    subject = f"person:{city.people['clerk']}"
    verbs = [act.verb for act in acts_on(subject, moment_at(Act.objects.count()))]
    assert verbs == ["appoint", "open_account"]
