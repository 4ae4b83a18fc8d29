"""The clock opens each body's rounds with their agendas, once, and none before the body."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factories.busy import busy_city
from factories.city import make_city
from factories.meetings import GROUP
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.ledger.actions import open_item
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.supervision.actions import open_due_meetings
from luodi.supervision.models import AgendaItem, Meeting, MeetingState
from luodi.supervision.queries import agenda as drafting
from luodi.supervision.queries import draft_agenda, meeting_page, meetings

CLOCK = "system:clock"


def day(month: int, number: int, hour: int = 1) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def opened(at: datetime) -> int:
    return open_due_meetings(by=CLOCK, at=at)


def known() -> list[tuple[str, str]]:
    return sorted(Meeting.objects.values_list("cadence", "period"))


def test_each_body_opens_its_turns_in_their_months(city):
    assert opened(day(3, 3)) == 1
    assert known() == [("leading-group-dispatch", "2026-03")]
    assert opened(day(3, 9)) == 1
    assert opened(day(4, 2)) == 1
    assert opened(day(4, 9)) == 1
    assert known() == [
        ("leading-group-dispatch", "2026-03"),
        ("leading-group-meeting", "2026-04"),
        ("task-force-consultation", "2026-02"),
        ("task-force-consultation", "2026-03"),
    ]
    state = MeetingState.objects.get(meeting__cadence="leading-group-meeting")
    assert state.title == f"{GROUP}2026年4月双月例会"
    assert (state.stage, state.due_on) == ("planned", date(2026, 4, 30))


def test_opening_twice_opens_nothing_twice(city, monkeypatch):
    assert opened(day(3, 3)) == 1
    assert opened(day(3, 3, 2)) == 0
    monkeypatch.setattr("luodi.supervision.actions.rounds._known", lambda city: set())
    assert opened(day(3, 3, 3)) == 0, "another worker was first"
    monkeypatch.undo()
    assert len(known()) == 1
    assert verify().breaks == ()


def test_missed_turns_are_opened_too_but_none_before_the_city_was_there(city):
    assert opened(day(6, 20)) == 8
    assert min(period for _rule, period in known()) == "2026-02", "its consultation is due in March"


def test_a_rule_of_bulletins_and_reports_opens_no_meeting(city):
    opened(day(7, 20))
    assert not Meeting.objects.filter(cadence__contains="bulletin").exists()
    assert not Meeting.objects.filter(cadence__contains="report").exists()


def test_another_citys_rhythm_is_its_own(db, at):
    make_city(at=at, pack=resolve("linfen").content(), key="other")
    opened(day(3, 13))
    assert {rule for rule, _period in known()} == {"weekly-dispatch"}
    assert [period for _rule, period in known()] == ["2026W10", "2026W11"]


def test_a_body_whose_term_is_over_opens_nothing(city):
    pack = resolve("jincheng").content()
    for one in pack:
        for rule in one["rules"].get("cadence", []):
            rule["until"] = "2026-03-31"
    other = make_city(at=day(3, 2), pack=pack, key="ended")
    opened(day(6, 20))
    found = Meeting.objects.filter(city=other.key).values_list("period", flat=True)
    assert set(found) == set()


def test_the_agenda_is_drafted_from_lights_overdue_items_and_laggards(city, at):
    busy_city(city, at)
    open_item(
        city=city.key, source="visit", title="早已超期的事", lead=city.units["市工信局"],
        due_on=date(2026, 3, 10), by=city.people["office"], at=day(3, 3),
    )  # fmt: skip
    opened(day(4, 20, 8))
    meeting = Meeting.objects.get(cadence="leading-group-meeting")
    viewer = viewer_of_person(city.people["office"])
    page = meeting_page(meeting.key, viewer, Moment(day(4, 20, 8)))
    kinds = [one.kind for one in page.topics]
    assert kinds == sorted(
        kinds, key=["carried", "decision", "overdue_item", "laggard", "gate"].index
    )
    [overdue] = [one for one in page.topics if "早已超期的事" in one.title]
    assert (overdue.light, overdue.presenter) == ("red", "市工信局")
    assert "41" in overdue.why
    laggards = [one for one in page.topics if one.kind == "laggard"]
    assert laggards
    assert all(one.lit and one.presenter_unit for one in laggards)
    assert page.rule["rule"]["inferred"], "who reads the page sees what was inferred"


def test_the_light_of_a_topic_stays_as_it_was_when_the_round_opened(city, at):
    busy_city(city, at)
    item = open_item(
        city=city.key, source="visit", title="会后办掉的事", lead=city.units["市工信局"],
        due_on=date(2026, 3, 10), by=city.people["office"], at=day(3, 3),
    )  # fmt: skip
    opened(day(4, 20))
    topic = AgendaItem.objects.get(subject=f"item:{item.key}", meeting__period="2026-04")
    assert topic.light == "red"
    assert "item" in {one.subject.split(":")[0] for one in draft_agenda(
        city.key, GROUP, "", Moment(day(4, 21)))}  # fmt: skip


def test_what_is_listed_costs_the_same_whatever_there_is(city, at, django_assert_num_queries):
    viewer = viewer_of_person(city.people["office"])
    opened(day(3, 3))
    with django_assert_num_queries(3):
        assert len(meetings(viewer, Moment(day(3, 3)))) == 1
    opened(day(8, 20))
    with django_assert_num_queries(3):
        assert len(meetings(viewer, Moment(day(8, 20)))) > 5


def test_the_tick_opens_rounds(city, monkeypatch):
    from luodi.jobs.signals import ticked

    ticked.send(sender=None, at=day(3, 3))
    assert Meeting.objects.count() == 1
    assert drafting.waiting_topics(city.key, GROUP) == []


def test_a_zones_own_body_looks_at_the_zone_alone_and_is_seen_by_it(city, at):
    pack = resolve("jincheng").content()
    rule = {
        "key": "zone-dispatch", "owner": {"body": "zone", "name": "开发区管委会"},
        "kind": "rule", "source": "示例", "title": "园区调度", "title_en": "Zone dispatch",
        "what": "dispatch", "every": "month",
        "opens": {"base": "period", "count": "day", "number": 1},
        "due": {"base": "period", "count": "day", "number": 31},
    }  # fmt: skip
    pack[-1]["rules"]["cadence"].append(rule)
    other = make_city(at=at + timedelta(hours=1), pack=pack, key="zoned")
    opened(day(3, 5))
    meeting = Meeting.objects.get(cadence="zone-dispatch", city=other.key)
    assert meeting.zone == other.units["开发区管委会"]
    seen = {w: bool(meetings(viewer_of_person(other.people[w]), Moment(day(3, 5))))
            for w in ("zone_staff", "clerk", "office")}  # fmt: skip
    assert seen == {"zone_staff": True, "clerk": False, "office": True}


@pytest.mark.parametrize("who", ["clerk", "zone_staff"])
def test_a_unit_sees_a_meeting_only_once_it_is_called(city, at, who):
    opened(day(3, 3))
    assert meetings(viewer_of_person(city.people[who]), Moment(day(3, 3))) == []
