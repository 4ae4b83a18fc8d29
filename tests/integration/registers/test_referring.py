"""Aid cases handed to another unit: who may act when, who sees and hears what, and for how long."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.city import FIRMS
from factories.registers import CASE, case_of, entered, moved, moved_home, refer
from luodi.audit.actions import perform
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.models import StoredFile
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import merge_enterprise
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.registers.actions import move_entry, remind_of_entries
from luodi.registers.models import EntryState
from luodi.registers.queries import entries_of, entry_page, register_duties

UNIT = "市工信局"


def text(response) -> str:
    return response.content.decode()


def step(city, at, entry, move, who, **given):
    move_entry(entry=entry, move=move, given=given, by=city.people[who], at=at)


def duties(city, at, who):
    return register_duties(viewer_of_person(city.people[who]), Moment(at))


def told(city, who):
    rows = InboxMessage.objects.filter(kind="register", person=city.people[who])
    return list(rows.order_by("pk").values_list("sentence", flat=True))


def test_only_the_unit_that_has_the_case_goes_on_with_it(city, at):
    key = case_of(city, at)
    with pytest.raises(NotFound):
        step(city, at, key, "answer", "clerk", reason="示例")
    assert duties(city, at, "clerk") == [] and told(city, "clerk") == []
    refer(city, at, key, UNIT)
    assert [duty.address for duty in duties(city, at, "clerk")] == [f"/registers/entries/{key}/"]
    assert [w for w in told(city, "clerk") if "转办，现为“已转办”" in w and UNIT in w]
    with pytest.raises(NotAllowed):
        step(city, at, key, "answer", "zone_staff", reason="示例")
    with pytest.raises(NotAllowed):
        step(city, at, key, "recall", "clerk", reason="示例")
    with pytest.raises(NotFound):
        step(city, at, key, "answer", "other_clerk", reason="示例")
    step(city, at, key, "pass-back", "clerk", reason="不归本单位")
    assert [w for w in told(city, "zone_staff") if "退回，现为“援助中”" in w]
    for move in ("answer", "pass-back", "settle"):
        with pytest.raises(NotFound):
            step(city, at, key, move, "clerk", reason="示例", reply="示例")
    assert duties(city, at, "clerk") == []
    assert not verify().breaks


def test_the_home_keeps_seeing_it_and_has_it_on_the_desk_again_once_it_presses(city, at):
    key = case_of(city, at)
    assert [duty.light for duty in duties(city, at, "zone_staff")] == ["green"]
    refer(city, at, key, UNIT)
    zone = viewer_of_person(city.people["zone_staff"])
    assert entries_of(zone, Moment(at)).filter(entry=key).exists()
    assert duties(city, at, "zone_staff") == []
    late = at + timedelta(days=40)
    (duty,) = duties(city, late, "zone_staff")
    assert duty.light == "red" and UNIT in duty.why
    assert [one.light for one in duties(city, late, "clerk")] == ["red"]
    before = len(told(city, "clerk"))
    remind_of_entries(city=city.key, by="system:registers", at=late)
    remind_of_entries(city=city.key, by="system:registers", at=late)
    assert len(told(city, "clerk")) == before + 1
    last = InboxMessage.objects.filter(person=city.people["clerk"]).latest("pk")
    assert "超" in last.sentence and not re.search("[（：超时]", last.sentence_en)


def test_each_unit_has_its_own_time(city, at):
    key = case_of(city, at)
    first = EntryState.objects.open().get(entry=key).due_at
    later = at + timedelta(days=3)
    refer(city, later, key, UNIT)
    assert Moment(first).today == date(2026, 3, 5)
    assert Moment(EntryState.objects.open().get(entry=key).due_at).today == date(2026, 3, 26)
    page = entry_page(key, viewer_of_person(city.people["clerk"]), Moment(later))
    assert page.working and not page.timed_by_text
    assert not page.firm_opens
    assert entry_page(key, viewer_of_person(city.people["zone_staff"]), Moment(later)).firm_opens


def test_who_answered_sees_it_on_and_may_do_nothing_more(city, at):
    key = case_of(city, at)
    refer(city, at, key, UNIT)
    step(city, at, key, "answer", "clerk", reason="示例回告")
    page = entry_page(key, viewer_of_person(city.people["clerk"]), Moment(at))
    assert page.row.referred_to == UNIT and not page.row.waits and not page.moves
    assert page.timeline[-1].why == "示例回告"
    with pytest.raises(NotAllowed):
        step(city, at, key, "close", "clerk", reply="示例")
    step(city, at, key, "close", "zone_staff", reply="已为您出具意见书")
    assert EntryState.objects.open().get(entry=key).ended


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("", "请选择转办单位"), ("开发区管委会", "不能转办给自己"), ("各县（市、区）人民政府", "没有这个单位"),
        ("乙县", "还没有能办理的人员"), ("示例", "没有这个单位"),
    ],
)  # fmt: skip
def test_a_unit_that_can_not_go_on_is_refused_and_the_case_stays(city, at, unit, words):
    key = case_of(city, at)
    given = {"referred_to": city.units.get(unit, unit), "reason": "示例"}
    with pytest.raises(Incomplete, match=words):
        step(city, at, key, "refer", "zone_staff", **given)
    state = EntryState.objects.open().get(entry=key)
    assert (state.stage, state.referred_to) == ("received", "")


def abolish(city, at, unit):
    state = UnitState.objects.open().get(of=city.units[unit])
    with perform("abolish_unit", by="system:demo", at=at, scope={"city": city.key}) as deed:
        deed.close(state)


def test_a_unit_that_was_abolished_gets_nothing_and_what_it_has_can_be_taken_back(city, at):
    key, other = case_of(city, at), case_of(city, at, "另一件")
    refer(city, at, key, UNIT)
    abolish(city, at, UNIT)
    with pytest.raises(Incomplete, match="已经撤销"):
        refer(city, at, other, UNIT)
    zone = viewer_of_person(city.people["zone_staff"])
    assert "已撤销" in entry_page(key, zone, Moment(at)).row.referred_to
    step(city, at, key, "recall", "zone_staff", reason="单位撤销")
    assert EntryState.objects.open().get(entry=key).referred_to == ""


def test_two_people_refer_at_once(city, at):
    key = case_of(city, at)
    seen = EntryState.objects.open().get(entry=key).since_id
    said = {"entry": key, "move": "refer", "seen": seen, "at": at}
    given = {"referred_to": city.units[UNIT], "reason": "示例"}
    move_entry(**said, given=given, by=city.people["zone_staff"])
    other = {"referred_to": city.units["市统计局"], "reason": "示例"}
    with pytest.raises(Conflict, match="别人刚刚办过"):
        move_entry(**said, given=other, by=city.people["office"])
    assert EntryState.objects.open().get(entry=key).referred_to == city.units[UNIT]


def test_history_keeps_who_referred_it_when_and_to_whom(city, at):
    key = case_of(city, at)
    then = Moment(at, Act.objects.count())
    refer(city, at, key, UNIT)
    step(city, at, key, "pass-back", "clerk", reason="示例退回")
    refer(city, at, key, "市统计局", "office")
    office = viewer_of_person(city.people["office"])
    page = entry_page(key, office, Moment(at))
    assert [one.sentence.count("由") for one in page.timeline] == [0, 1, 0, 1]
    assert UNIT in page.timeline[1].sentence and "市统计局" in page.timeline[3].sentence
    assert all(event.who for event in page.timeline)
    assert entry_page(key, office, then).row.referred_to == ""


def test_a_firm_has_several_cases_but_each_once(city, at):
    case_of(city, at, "甲")
    case_of(city, at, " 乙 ")
    with pytest.raises(Conflict, match="已经在这个名录里"):
        case_of(city, at, "乙")
    with pytest.raises(Incomplete, match="请写明事由"):
        case_of(city, at, " ")
    with pytest.raises(Incomplete, match="120"):
        case_of(city, at, "长" * 121)


def test_a_firm_opens_a_case_itself_and_reads_no_notes(city, at, sign_in):
    firm = sign_in("enterprise")
    assert "提出：知识产权维权援助" in text(firm.get("/my-enterprise/"))
    new = "/registers/of/ip-aid/new/"
    assert "辅导员" not in text(firm.get(new))
    file = SimpleUploadedFile("证据.txt", "示例".encode())
    said = CASE | {"matter": "商标被冒用", "level": "trademark"}
    assert firm.post(new, said | {"matter": ""}).status_code == 422
    page = text(firm.post(new, said | {"evidence": [file]}, follow=True))
    assert "已登记。" in page and "证据.txt" in page and "示例情况" in page
    assert [w for w in told(city, "zone_staff") if "商标被冒用" in w]
    key = EntryState.objects.open().get().entry_id
    refer(city, at, key, UNIT)
    move_entry(
        entry=key, move="answer", given={"reason": "内部回告"}, evidence=[("内部.txt", b"x")],
        by=city.people["clerk"], at=at,
    )  # fmt: skip
    step(city, at, key, "close", "zone_staff", reply="已协助投诉下架")
    page = text(firm.get(f"/registers/entries/{key}/"))
    seen = entry_page(key, viewer_of_person(city.people["enterprise"]), Moment(at))
    assert not any(event.who for event in seen.timeline)
    assert UNIT in page and "已协助投诉下架" in page and "证据.txt" in page
    for inside in ("示例内部意见", "内部回告", "内部.txt"):
        assert inside not in page
    clerk = text(sign_in("clerk").get(f"/registers/entries/{key}/"))
    assert clerk.count("证据.txt</a>") == 1 and "内部.txt" in clerk and "示例情况" in clerk


def test_a_firm_enters_itself_only_where_the_pack_says_so_and_moves_nothing(city, at, sign_in):
    firm = sign_in("enterprise")
    assert firm.get("/registers/of/small-to-large/new/").status_code == 403
    assert firm.post("/registers/of/small-to-large/new/", {"firm": "x"}).status_code == 403
    mine = case_of(city, at)
    assert firm.post(f"/registers/entries/{mine}/accept/", {}).status_code == 403
    with pytest.raises(NotFound):
        step(city, at, mine, "accept", "enterprise")
    other = entered(city, at, "ip-aid", 1, matter="别家的事", given=CASE)
    assert firm.get(f"/registers/entries/{other}/").status_code == 404
    firm.post("/registers/of/ip-aid/new/", CASE | {"matter": "我的", "firm": FIRMS[1][0]})
    state = EntryState.objects.open().get(matter="我的")
    assert state.about == city.enterprises[FIRMS[0][0]]


def test_the_page_refers_and_says_what_is_missing(city, at, sign_in):
    key = case_of(city, at)
    zone, address = sign_in("zone_staff"), f"/registers/entries/{key}/"
    page = text(zone.get(address))
    assert (
        "本地默认，待确认" in page and f">{UNIT}<" in page and ">开发区管委会</option>" not in page
    )
    refused = zone.post(f"{address}refer/", {"reason": "写好的意见", "referred_to": ""})
    assert refused.status_code == 422 and "写好的意见" in text(refused)
    done = zone.post(
        f"{address}refer/", {"reason": "写好的意见", "referred_to": city.units[UNIT]}, follow=True
    )
    assert "已转办" in text(done) and "正在办理" in text(done)
    clerk = sign_in("clerk")
    assert "示例光电一厂 · 示例专利被仿制" in text(clerk.get("/"))
    assert "知识产权维权援助" in text(clerk.get("/registers/"))
    done = clerk.post(f"{address}settle/", {"reply": "已处理"}, follow=True)
    assert "已办结" in text(done)
    assert clerk.post(f"{address}settle/", {"reply": "已处理"}).status_code == 403
    assert "示例专利被仿制" in text(sign_in("office").get("/registers/of/ip-aid/?all=1"))


def test_who_passes_a_case_back_comes_to_a_page_that_is_there(city, at, sign_in):
    key = case_of(city, at)
    refer(city, at, key, UNIT)
    back = f"/registers/entries/{key}/pass-back/"
    done = sign_in("clerk").post(back, {"reason": "不归本单位"}, follow=True)
    assert done.status_code == 200 and "已办理。" in text(done)
    assert done.redirect_chain == [("/registers/of/ip-aid/", 302)]


def test_a_case_moves_home_with_its_firm_while_it_is_referred(city, at):
    key = case_of(city, at)
    refer(city, at, key, UNIT)
    person = moved_home(city, at, FIRMS[0][0])
    with pytest.raises(NotAllowed):
        step(city, at, key, "recall", "zone_staff", reason="示例")
    move_entry(entry=key, move="recall", given={"reason": "示例"}, by=person, at=at)
    assert EntryState.objects.open().get(entry=key).referred_to == ""


def test_other_registers_know_no_referral(city, at):
    key = entered(city, at)
    moved(city, at, key, "apply", tutor=city.people["office"], referred_to=city.units[UNIT])
    assert EntryState.objects.open().get(entry=key).referred_to == ""


def opens(client, entry: str, name: str) -> int:
    """What the address of a file of an entry answers; 404 never by the common address of files."""
    file = StoredFile.objects.get(name=name).key
    assert client.get(f"/files/{file}/{name}").status_code in (403, 404)
    return client.get(f"/registers/entries/{entry}/files/{file}/{name}").status_code


def test_files_are_open_to_whoever_sees_the_case_and_no_longer(city, at, sign_in):
    firm, clerk, zone = sign_in("enterprise"), sign_in("clerk"), sign_in("zone_staff")
    file = SimpleUploadedFile("证据.txt", "示例".encode())
    firm.post("/registers/of/ip-aid/new/", CASE | {"matter": "示例专利", "evidence": [file]})
    key, other = EntryState.objects.open().get().entry_id, case_of(city, at, "另一件")
    assert [opens(one, key, "证据.txt") for one in (firm, zone, clerk)] == [200, 200, 404]
    assert opens(zone, other, "证据.txt") == 404
    refer(city, at, key, UNIT)
    given = {"reason": "不归本单位"}
    assert opens(clerk, key, "证据.txt") == 200
    move_entry(
        entry=key, move="pass-back", given=given, evidence=[("内部.txt", b"x")],
        by=city.people["clerk"], at=at,
    )  # fmt: skip
    for name in ("证据.txt", "内部.txt"):
        assert opens(clerk, key, name) == 404
        assert opens(zone, key, name) == opens(sign_in("office"), key, name) == 200
        assert opens(sign_in("other_clerk"), key, name) == 404
    assert opens(firm, key, "内部.txt") == 404


def test_files_follow_a_merger(city, at, sign_in):
    firm = sign_in("enterprise")
    file = SimpleUploadedFile("证据.txt", "示例".encode())
    firm.post("/registers/of/ip-aid/new/", CASE | {"matter": "示例专利", "evidence": [file]})
    key = EntryState.objects.open().get().entry_id
    merge_enterprise(
        enterprise=city.enterprises[FIRMS[0][0]], into=city.enterprises[FIRMS[1][0]],
        why="吸收合并", by=city.people["office"], at=at,
    )  # fmt: skip
    assert opens(firm, key, "证据.txt") == 404 and opens(sign_in("office"), key, "证据.txt") == 200
