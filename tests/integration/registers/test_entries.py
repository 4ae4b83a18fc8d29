"""Entering, moving and correcting entries; clocks, validity, who may, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.registers import entered, moved
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import close_enterprise
from luodi.orgs.queries import viewer_of_person
from luodi.registers.actions import enter_register, move_entry, remind_of_entries, revise_entry
from luodi.registers.models import EntryState
from luodi.registers.queries import (
    entries_of,
    entry_page,
    entry_rows,
    levels_held,
    register_duties,
    registers_held,
    rungs_of,
)


def row_of(city, key, moment, who="office"):
    viewer = viewer_of_person(city.people[who])
    return entry_rows(entries_of(viewer, moment).filter(entry=key), moment)[0]


def test_a_step_with_a_clock_says_until_when_and_turns_red(city, at):
    key = entered(
        city, at, "credit", given={"level": "minor", "from_on": at.date(), "reason": "示例"}
    )
    moved(city, at, key, "ask")
    row = row_of(city, key, Moment(at))
    assert (row.stage, Moment(row.due_at).today) == ("asked", date(2026, 3, 5))
    assert row.light == "green"
    assert row_of(city, key, Moment(at + timedelta(days=1))).light == "yellow"
    late = Moment(at + timedelta(days=5))
    assert row_of(city, key, late).light == "red"
    moved(city, at, key, "accept")
    assert row_of(city, key, Moment(at)).stage_title == "已受理，待审核"


def test_a_recognition_lasts_as_long_as_its_rule_says(city, at):
    key = entered(city, at, "high-tech")
    moved(city, at, key, "apply", tutor=city.people["clerk"])
    moved(city, at, key, "recognise", number="GR2023", from_on=date(2024, 2, 29))
    row = row_of(city, key, Moment(at))
    assert (row.until_on, row.light, row.counts) == (date(2027, 2, 28), "green", True)
    near = Moment(at.replace(month=12))
    assert row_of(city, key, near).light == "yellow"
    over = Moment(at.replace(year=2027))
    assert row_of(city, key, over).light == "red"


def test_an_enterprise_stands_on_a_register_once(city, at):
    entered(city, at)
    with pytest.raises(Conflict, match="已经在这个名录里"):
        entered(city, at)
    entered(city, at, n=1)


def test_who_has_left_may_be_entered_anew(city, at):
    key = entered(city, at)
    moved(city, at, key, "leave", reason="示例")
    assert row_of(city, key, Moment(at)).light == "done"
    entered(city, at)
    assert EntryState.objects.open().filter(register="small-to-large").count() == 2


def test_what_a_step_asks_for_is_named_at_once(city, at, office):
    key = entered(city, at, "high-tech")
    with pytest.raises(Incomplete, match="辅导员"):
        move_entry(entry=key, move="apply", **office)
    moved(city, at, key, "apply", tutor=city.people["clerk"])
    with pytest.raises(Incomplete, match="证书或文号、起始日期"):
        move_entry(entry=key, move="recognise", **office)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"level": "grave", "from_on": date(2030, 1, 1), "reason": "示例"}, "不能晚于今天"),
        ({"level": "gravest", "from_on": date(2026, 1, 1), "reason": "示例"}, "没有这个级别"),
        ({"level": "grave", "from_on": date(2026, 1, 1), "reason": " "}, "原因"),
        (
            {"level": "grave", "from_on": date(2026, 1, 1), "until_on": date(2025, 1, 1), "reason": "示例"},
            "早于起始日期",
        ),
        ({"level": "grave", "from_on": date(2026, 1, 1), "reason": "示例", "tutor": "x"}, "辅导员"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_and_nothing_is_written(city, at, given, words):
    with pytest.raises(Incomplete, match=words):
        entered(city, at, "credit", given=given)
    assert not EntryState.objects.exists()


def test_a_closed_enterprise_and_a_strange_register_are_refused(city, at, office):
    firm = next(iter(city.enterprises.values()))
    with pytest.raises(NotFound, match="没有这个名录"):
        entered(city, at, "nothing")
    close_enterprise(enterprise=firm, why="示例", **office)
    with pytest.raises(Closed, match="已经注销"):
        entered(city, at)


@pytest.mark.parametrize("who", ["statistician", "leading_group", "enterprise", "clerk"])
def test_only_its_keepers_enter_something(city, at, who):
    with pytest.raises((NotAllowed, NotFound)):
        entered(city, at, by=city.people[who])


def test_a_zone_keeps_its_own_only(city, at):
    viewer = viewer_of_person(city.people["zone_staff"])
    keys = [entered(city, at, n=n) for n in range(len(city.enterprises))]
    mine = set(entries_of(viewer, Moment(at)).values_list("entry", flat=True))
    homes = dict(EntryState.objects.open().values_list("entry", "entry__unit"))
    assert mine == {key for key in keys if homes[key] in viewer.units} and mine != set(keys)


def test_two_people_at_once(city, at, office):
    key = entered(city, at)
    seen = EntryState.objects.open().get(entry=key).since_id
    revise_entry(entry=key, given={"number": "1"}, why="示例", seen=seen, **office)
    with pytest.raises(Conflict, match="别人刚刚办过"):
        revise_entry(entry=key, given={"number": "2"}, why="示例", seen=seen, **office)
    with pytest.raises(Incomplete, match="没有改动"):
        revise_entry(entry=key, given={"number": "1"}, why="示例", **office)
    assert not verify().breaks


def test_the_past_stays_as_it_was(city, at, office):
    key = entered(city, at)
    then = Moment(at, Act.objects.count())
    moved(city, at, key, "reach")
    assert row_of(city, key, then).stage == "pooled"
    assert row_of(city, key, Moment(at)).stage == "reached"
    with pytest.raises(Closed):
        revise_entry(entry=key, given={"number": "1"}, why="示例", **office)


def test_facts_follow_the_stage_and_the_validity(city, at):
    firm = next(iter(city.enterprises.values()))
    subject = f"enterprise:{firm}"
    key = entered(city, at, "specialised")
    assert registers_held([subject], Moment(at)) == {subject: frozenset()}
    moved(
        city,
        at,
        key,
        "recognise",
        level="little-giant",
        from_on=date(2025, 1, 1),
        until_on=date(2026, 5, 1),
    )
    assert registers_held([subject], Moment(at)) == {subject: frozenset({"specialised"})}
    assert levels_held([subject], Moment(at)) == {subject: frozenset({"specialised:little-giant"})}
    after = Moment(at.replace(month=6))
    assert registers_held([subject], after) == {subject: frozenset()}


def test_an_enterprise_reads_its_own_without_what_was_noted_inside(city, at):
    key = entered(
        city, at, "credit", given={"level": "minor", "from_on": at.date(), "reason": "内部"}
    )
    viewer = viewer_of_person(city.people["enterprise"])
    page = entry_page(key, viewer, Moment(at))
    assert all(not event.why and not event.who for event in page.timeline)
    assert not page.files and not page.moves and not page.may_revise
    other = entered(city, at, n=1)
    with pytest.raises(NotFound):
        entry_page(other, viewer, Moment(at))


def test_who_keeps_it_is_told_once_and_has_it_on_the_desk(city, at):
    key = entered(
        city, at, "credit", given={"level": "minor", "from_on": at.date(), "reason": "示例"}
    )
    moved(city, at, key, "ask")
    viewer = viewer_of_person(city.people["office"])
    assert [duty.light for duty in register_duties(viewer, Moment(at))] == ["green"]
    assert register_duties(viewer_of_person(city.people["enterprise"]), Moment(at)) == []
    remind_of_entries(city=city.key, by="system:registers", at=at)
    assert not InboxMessage.objects.filter(kind="register").exists()
    near = Moment(at + timedelta(days=1))
    remind_of_entries(city=city.key, by="system:registers", at=near.at)
    told = InboxMessage.objects.filter(kind="register").count()
    remind_of_entries(city=city.key, by="system:registers", at=near.at)
    assert InboxMessage.objects.filter(kind="register").count() == told > 0


def test_the_ladder_shows_each_year(city, at):
    firm = next(iter(city.enterprises.values()))
    key = entered(city, at, "specialised")
    moved(city, at, key, "recognise", level="innovative", from_on=date(2025, 3, 1))
    moved(city, at, key, "re-examine")
    moved(city, at, key, "recognise", level="little-giant", from_on=date(2026, 1, 1))
    viewer = viewer_of_person(city.people["office"])
    years = [(rung.year, rung.level) for rung in rungs_of(viewer, firm, Moment(at))]
    assert years == [(2026, "专精特新“小巨人”企业"), (2025, "创新型中小企业")]


def test_a_thing_by_its_name_stands_in_a_unit(city, at, office):
    zone = city.units["开发区管委会"]
    place = {"city": city.key, "register": "green-parks", **office}
    with pytest.raises(Incomplete, match="请填写名称"):
        enter_register(name=" ", unit=zone, **place)
    with pytest.raises(Incomplete, match="请选择所在"):
        enter_register(name="示例园区", unit="x", **place)
    key = enter_register(name="示例园区", unit=zone, **place).key
    assert row_of(city, key, Moment(at)).name == "示例园区"
    with pytest.raises(Conflict):
        enter_register(name="示例园区", unit=zone, **place)
