"""An enterprise that moves, a pack that closes a register, what offices do about an entry."""

from __future__ import annotations

from datetime import date

import pytest

from factories.city import FIRMS
from factories.registers import entered, moved_home
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import NotAllowed
from luodi.jobs.models import InboxMessage
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.actions import change_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.registers import receivers
from luodi.registers.actions import import_entries, move_entry, remind_of_entries
from luodi.registers.queries import (
    entries,
    entries_of,
    entry_page,
    entry_rows,
    register_duties,
)

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
