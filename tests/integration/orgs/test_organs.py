"""Task forces: entered with their seats, changed by the office, with history."""

from __future__ import annotations

import pytest

from luodi.audit.actions import perform
from luodi.audit.queries import moment_at, verify
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.orgs import actions
from luodi.orgs.models import Membership, UnitState
from luodi.orgs.queries import members_of
from luodi.orgs.receivers import adopt_organs

MEMBERS = [
    {"role": "组长", "name": "示例-01", "post": "副市长"},
    {"role": "成员", "name": "示例-02", "post": "市工信局副局长"},
]


def adopt(city, at, name: str) -> str:
    """Adopt a document that sets up an organ; returns the organ's key."""
    data = {"name": name, "term": {"from": None, "to": "2027-12"}, "members": MEMBERS}
    card = AdoptedCard("organ", data, f"{'a' * 64}:0:9", 0, 9, 1)
    document = AdoptedDocument("d", "示例方案", "", "示例市", "2026-02-27", city.key, "a" * 64)
    context = {"organ": "", "bearers": {}, "afterwards": []}
    by = city.people["office"]
    with perform("adopt_document", by=by, at=at, scope={"city": city.key}) as deed:
        adopt_organs(cards=[card], deed=deed, document=document, context=context, by=by, at=at)
    for write in context["afterwards"]:
        write()
    return context["organ"]


@pytest.fixture
def organ(city, at):
    return adopt(city, at, "示例工作专班")


def names(organ: str, at) -> list[str]:
    return [seat.name for seat in members_of(organ, Moment(at))]


def test_a_new_organ_has_its_term_its_seats_and_the_units_behind_them(city, at, organ):
    state = UnitState.objects.open().get(of=organ)
    assert (state.term_from, state.term_to) == ("", "2027-12")
    seats = members_of(organ, Moment(at))
    assert [(s.seat, s.name, s.post) for s in seats] == [
        (m["role"], m["name"], m["post"]) for m in MEMBERS
    ]
    assert seats[1].unit == "市工信局"
    assert verify().breaks == ()


def test_an_organ_the_city_knows_already_gets_its_seats_once(city, at, organ):
    again = adopt(city, at, "示例工作专班")
    assert again == organ
    assert names(organ, at) == ["示例-01", "示例-02"]


def test_an_organ_listed_without_members_is_staffed_by_the_document(city, at):
    with perform("list", by="x", at=at, scope={"city": city.key}) as deed:
        key, _none = actions.enter_organ(
            deed=deed,
            city=city.key,
            name="列名专班",
            kind="task_force",
            term=("", ""),
            members=[],
            sentence="",
            at=at,
        )
    assert adopt(city, at, "列名专班") == key
    assert UnitState.objects.open().get(of=key).term_to == "2027-12"
    assert names(key, at) == ["示例-01", "示例-02"]


def test_a_seat_changes_hands_and_the_past_keeps_who_sat_there(city, at, organ):
    who = {"organ": organ, "by": city.people["office"], "at": at}
    before = moment_at(verify().acts)
    leaving = members_of(organ, Moment(at))[1].person
    with pytest.raises(Incomplete):
        actions.leave_seat(person=leaving, why=" ", **who)
    actions.leave_seat(person=leaving, why="工作调动", **who)
    actions.take_seat(name="示例-09", post="市统计局副局长", role="成员", **who)
    assert names(organ, at) == ["示例-01", "示例-09"]
    assert [seat.name for seat in members_of(organ, before)] == ["示例-01", "示例-02"]
    with pytest.raises(NotFound):
        actions.leave_seat(person=leaving, why="再退一次", **who)
    assert Membership.objects.filter(organ=organ).count() == 3
    assert verify().breaks == ()


def test_a_bureau_has_no_seats(city, at):
    with pytest.raises(NotFound):
        actions.take_seat(
            organ=city.units["市工信局"],
            name="示例-09",
            post="局长",
            role="成员",
            by=city.people["office"],
            at=at,
        )


def test_the_page_shows_term_and_seats_and_only_the_office_may_change(organ, sign_in):
    page = sign_in("clerk").get(f"/units/{organ}/").content.decode()
    assert "2027-12" in page and "示例-01" in page and "办理退出" not in page
    assert "办理退出" in sign_in("office").get(f"/units/{organ}/").content.decode()
    assert sign_in("clerk").post(f"/units/{organ}/seats/", {"name": "x"}).status_code == 403
    done = sign_in("office").post(
        f"/units/{organ}/seats/", {"name": "示例-07", "post": "市统计局科长", "role": "成员"}
    )
    assert done.status_code == 302
    assert "示例-07" in sign_in("clerk").get(f"/units/{organ}/").content.decode()
    assert sign_in("clerk").get("/units/nothere/").status_code == 404
