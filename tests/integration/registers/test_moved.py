"""An enterprise that moves, a pack that closes a register, what offices do about an entry."""

from __future__ import annotations

from datetime import date

import pytest

from factories.city import FIRMS
from factories.registers import entered, moved, moved_home
from factories.requests import asked
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.actions import change_enterprise, close_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.registers import receivers
from luodi.registers.actions import carry_entries, import_entries, move_entry, remind_of_entries
from luodi.registers.models import EntryState
from luodi.registers.queries import (
    entries,
    entries_of,
    entry_page,
    entry_rows,
    register_duties,
    registers_held,
)
from luodi.services.actions import follow_merger

pytestmark = pytest.mark.django_db(databases="__all__")

POOL = "small-to-large"
FIRM = FIRMS[0][0]


def text(response) -> str:
    return response.content.decode()


def test_a_firm_that_moved_takes_its_entries_along(city, at):
    key = entered(city, at)
    person = moved_home(city, at, FIRM)
    county, zone = viewer_of_person(person), viewer_of_person(city.people["zone_staff"])
    row = entry_rows(entries_of(county, Moment(at)), Moment(at))[0]
    assert (row.key, row.home) == (key, "甲县")
    page = entry_page(key, county, Moment(at))
    assert page.moves and page.may_revise
    assert not entry_page(key, zone, Moment(at)).moves
    tutor = {"tutor": city.people["office"]}
    step = {"entry": key, "move": "apply", "given": tutor, "at": at}
    with pytest.raises(NotAllowed):
        move_entry(**step, by=city.people["zone_staff"])
    move_entry(**step, evidence=[("证明.txt", b"shili")], by=person)
    late = at.replace(year=at.year + 1)
    assert [d.address for d in register_duties(county, Moment(late))] == [
        f"/registers/entries/{key}/"
    ]
    assert register_duties(zone, Moment(late)) == []
    remind_of_entries(city=city.key, by="system:registers", at=late)
    told = InboxMessage.objects.filter(kind="register").values_list("person", flat=True)
    assert person in told and city.people["zone_staff"] not in told


def test_a_list_knows_a_firm_that_moved(city, at):
    entered(city, at)
    moved_home(city, at, FIRM)
    lines = [(2, {"name": FIRM}), (3, {"name": FIRMS[1][0]})]
    start = entries.rules_at(city.key, Moment(at))[POOL].start
    done = import_entries(
        city=city.key, register=POOL, stage=start, lines=lines, by=city.people["office"], at=at
    )
    assert (done.new, done.known) == (1, 1)


def test_two_homes_may_have_a_park_of_the_same_name(city, at):
    rule = entries.rules_at(city.key, Moment(at))["green-parks"]
    lines = [(n, {"name": "中心园区", "unit": home}) for n, home in ((2, "甲县"), (3, "乙县"))]
    said = {"city": city.key, "register": rule.key, "stage": rule.start, "at": at}
    assert import_entries(**said, lines=lines, by=city.people["office"]).new == 2


def test_a_register_closed_to_firms_by_its_pack_is_closed_for_old_entries(
    city, at, sign_in, monkeypatch
):
    key, firm = entered(city, at), sign_in("enterprise")
    assert firm.get(f"/registers/entries/{key}/").status_code == 200
    real = entries.rules_at

    def closed(*args):
        return {k: r.model_copy(update={"shown": False}) for k, r in real(*args).items()}

    monkeypatch.setattr(entries, "rules_at", closed)
    assert firm.get(f"/registers/entries/{key}/").status_code == 404
    assert sign_in("office").get(f"/registers/entries/{key}/").status_code == 200


def test_what_offices_do_about_an_entry_is_no_news_for_the_firm(city, at, sign_in):
    key = entered(city, at)
    open_item(
        city=city.key, source=Source.VISIT, title="内部催办", content="示例",
        lead=city.units["市工信局"], due_on=date(2027, 1, 1), about=f"register_entry:{key}",
        by=city.people["office"], at=at,
    )  # fmt: skip
    address = f"/registers/entries/{key}/"
    office, firm = text(sign_in("office").get(address)), text(sign_in("enterprise").get(address))
    assert "转入督办台账" in office and office.count("列入名录") == 1
    assert "督办" not in firm and firm.count("列入名录") == 1


def test_a_day_of_reminders_that_broke_off_is_taken_up_again(city, at, monkeypatch):
    monkeypatch.setattr(receivers, "_told_on", {})
    tries = []

    def breaks(**given):
        tries.append(given)
        raise RuntimeError("示例：中断")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(receivers, "remind_of_entries", breaks)
        receivers.tell_of_ends(None, at=at)
    monkeypatch.setattr(receivers, "remind_of_entries", lambda **given: tries.append(given))
    receivers.tell_of_ends(None, at=at)
    receivers.tell_of_ends(None, at=at)
    assert len(tries) == 2


def merged(city, at, **more):
    given = {
        "firm": city.enterprises[FIRM], "into": city.enterprises[FIRMS[1][0]], "why": "示例合并",
        "by": city.people["office"], "at": at,
    }  # fmt: skip
    return carry_entries(**(given | more))


def test_a_merged_firms_entries_follow_it_with_their_history(city, at, sign_in):
    key, left = entered(city, at, "specialised"), entered(city, at)
    moved(city, at, key, "recognise", level="innovative", from_on=at.date())
    moved(city, at, left, "leave", reason="示例")
    then = Moment(at, Act.objects.count())
    assert merged(city, at).moved == 2
    new, old = city.enterprises[FIRMS[1][0]], city.enterprises[FIRM]
    assert registers_held([f"enterprise:{new}", f"enterprise:{old}"], Moment(at)) == {
        f"enterprise:{new}": frozenset({"specialised"}), f"enterprise:{old}": frozenset(),
    }  # fmt: skip
    office = viewer_of_person(city.people["office"])
    page = entry_page(key, office, Moment(at))
    assert page.row.name == FIRMS[1][0] and f"“{FIRM}”并入" in page.timeline[-1].sentence
    assert entry_page(key, office, then).row.name == FIRM
    assert sign_in("enterprise").get(f"/registers/entries/{key}/").status_code == 404
    county = viewer_of_person(moved_home(city, at, FIRMS[1][0], "乙县"))
    assert entry_page(key, county, Moment(at)).may_revise
    with pytest.raises(Conflict, match="没有名录登记"):
        merged(city, at)
    assert not verify().breaks


def test_where_both_stand_the_old_entry_stays(city, at, sign_in):
    both, mine = entered(city, at, "specialised"), entered(city, at)
    entered(city, at, "specialised", 1)
    office, address = sign_in("office"), f"/registers/firms/{city.enterprises[FIRM]}/merger/"
    assert address in text(office.get(f"/enterprises/{city.enterprises[FIRM]}/"))
    refused = office.post(address, {"into": FIRMS[1][0][:4], "why": "写好的原因"})
    assert refused.status_code == 422 and "写好的原因" in text(refused)
    done = text(office.post(address, {"into": FIRMS[1][0], "why": "示例"}, follow=True))
    assert "已转 1 条登记" in done and "两家都在“优质中小企业（专精特新）”里" in done
    assert EntryState.objects.open().get(entry=both).about == city.enterprises[FIRM]
    assert EntryState.objects.open().get(entry=mine).about == city.enterprises[FIRMS[1][0]]
    with pytest.raises(Conflict, match="两家都在"):
        merged(city, at)


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"why": " "}, Incomplete, "原因"), ({"into": "self"}, Incomplete, "它自己"),
        ({"into": "nobody"}, NotFound, "没有这家"), ({"by": "clerk"}, NotFound, "没有这家企业"),
        ({"by": "zone_head"}, NotAllowed, "管企业名录"), ({"into": "closed"}, Closed, "已经注销"),
    ],
)  # fmt: skip
def test_a_merger_that_can_not_be_is_refused(city, at, more, kind, words):
    key, two = entered(city, at), city.enterprises[FIRMS[1][0]]
    if more.get("into") == "closed":
        close_enterprise(enterprise=two, why="示例", by=city.people["office"], at=at)
    meant = {"self": city.enterprises[FIRM], "closed": two} | city.people
    given = {name: meant.get(value, value) for name, value in more.items()}
    with pytest.raises(kind, match=words):
        merged(city, at, **given)
    assert EntryState.objects.open().get(entry=key).about == city.enterprises[FIRM]


def test_entries_follow_where_the_requests_of_a_merged_firm_do(city, at):
    asked(city, at)
    key = entered(city, at)
    follow_merger(
        firm=city.enterprises[FIRM], into=FIRMS[1][0], why="示例", by=city.people["office"], at=at
    )
    assert EntryState.objects.open().get(entry=key).about == city.enterprises[FIRMS[1][0]]
    assert not verify().breaks


def test_a_renamed_firm_shows_its_name_of_now_and_the_one_it_had(city, at):
    key = entered(city, at)
    firm = city.enterprises[FIRM]
    then = Moment(at, Act.objects.count())
    for name in ("示例新名公司", "示例又一名公司"):
        state = EnterpriseState.objects.open().get(of=firm)
        change_enterprise(
            enterprise=firm, details={"name": name}, seen=state.since_id, why="示例更名",
            by=city.people["office"], at=at,
        )  # fmt: skip
    office = viewer_of_person(city.people["office"])
    page = entry_page(key, office, Moment(at))
    assert page.row.name == "示例又一名公司"
    assert [one.sentence for one in page.timeline][1:] == [
        f"企业更名：“{FIRM}”改为“示例新名公司”。", "企业更名：“示例新名公司”改为“示例又一名公司”。",
    ]  # fmt: skip
    assert entry_page(key, office, then).row.name == FIRM
