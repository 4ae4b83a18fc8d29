"""Pages of calendars and meetings: happy path, wrong person, past, stale and bad input, files."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from docx import Document

from factories.meetings import THEN, agenda_seen, called, came_seen, held, page_of, seen, special
from luodi.common.moments import Moment
from luodi.ledger.models import Item
from luodi.supervision.actions import make_feed, open_due_meetings, revoke_feed
from luodi.supervision.models import (
    AgendaItemState,
    CalendarFeed,
    Decision,
    DecisionState,
    Meeting,
    MeetingState,
)

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The clock stands at noon of the day of the meetings."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: THEN)


@pytest.fixture
def desk(sign_in) -> Client:
    return sign_in("office")


def text(answer) -> str:
    return answer.content.decode()


def at_page(key: str, what: str = "") -> str:
    return f"/supervision/meetings/{key}/{what}"


def post(client, key, what, **said):
    return client.post(at_page(key, what), said)


def test_a_year_shows_each_bodys_rules_with_source_inference_and_turns(city, at, desk):
    open_due_meetings(by="system:clock", at=THEN)
    page = text(desk.get("/supervision/calendar/2026/"))
    assert "单月读作单数月份，原文未解释" in page
    assert "本地默认，未经文件确认" in page
    assert "季度通报" in page
    assert 'class="turn opened"' in page
    assert 'class="turn coming"' in page
    assert Meeting.objects.filter(cadence="leading-group-dispatch").get().key in page
    assert "2026 年日历" in text(desk.get("/supervision/calendar/"))
    assert "暂定" in text(desk.get("/supervision/calendar/2027/"))
    assert 'class="turn ' not in text(desk.get("/supervision/calendar/2024/")).split("legend")[0]
    assert desk.get("/supervision/calendar/1999/").status_code == 404
    assert desk.get("/supervision/calendar/2026/13/").status_code == 404


def test_a_month_shows_meetings_on_their_day_and_turns_on_their_last(city, at, desk):
    key = called(city, at)
    page = text(desk.get("/supervision/calendar/2026/3/"))
    assert at_page(key) in page
    assert "本期" in page
    assert "推算" in text(desk.get("/supervision/calendar/2026/4/"))
    assert "元旦" in text(desk.get("/supervision/calendar/2026/1/"))
    assert desk.get("/supervision/calendar/2026/12/").status_code == 200


def test_the_list_filters_and_exports(city, at, desk, sign_in):
    called(city, at)
    assert "示例专题会议" in text(desk.get("/supervision/meetings/"))
    sheet = desk.get("/supervision/meetings/?export=xlsx")
    assert sheet["Content-Type"].endswith("sheet")
    assert "示例专题会议" in text(sign_in("zone_staff").get("/supervision/meetings/"))
    assert "还没有会议" in text(sign_in("other_clerk").get("/supervision/meetings/"))


def test_the_office_registers_a_meeting_out_of_turn(city, desk):
    said = {"organ": "市开发区建设工作领导小组", "title": "供电专题会"}
    made = desk.post("/supervision/meetings/new/", said)
    assert made.status_code == 302
    again = desk.post("/supervision/meetings/new/", said)
    assert (again.status_code, Meeting.objects.count()) == (409, 1)
    assert "没有重复写入" in text(again)
    bad = desk.post("/supervision/meetings/new/", {"organ": "别的", "title": ""})
    assert bad.status_code == 422
    assert "登记专题会议" in text(desk.get("/supervision/meetings/new/"))


def test_a_meeting_is_called_from_its_page_and_a_holiday_comes_back_in_words(city, at, desk):
    key = special(city, at).key
    said = {
        "day": "2026-10-01", "begins": "09:00", "ends": "10:30", "place": "一号会议室",
        "units": [city.units["开发区管委会"]], "seen": seen(key),
    }  # fmt: skip
    refused = post(desk, key, "call/", **said)
    assert refused.status_code == 422
    assert "国庆节" in text(refused) and 'value="一号会议室"' in text(refused)
    assert post(desk, key, "call/", **said | {"day": "2026-02-30"}).status_code == 422
    for odd in ("0001-01-01", "9999-12-31"):
        assert post(desk, key, "call/", **said | {"day": odd}).status_code == 422
    assert post(desk, key, "call/", **said | {"day": "2026-03-20"}).status_code == 302
    stale = post(desk, key, "call/", **said | {"day": "2026-03-23"})
    assert (stale.status_code, MeetingState.objects.open().get().changes) == (409, 1)
    page = text(stale)
    assert 'value="2026-03-23"' in page and f'value="{said["seen"]}"' not in page
    assert post(desk, key, "call/", **said | {"day": "2026-03-23", "seen": seen(key)})
    assert MeetingState.objects.open().get().changes == 2, "looked at again, it can be sent again"


def test_a_decision_is_noted_in_one_line_with_lead_and_day_read_from_it(city, at, desk):
    key = called(city, at)
    line = "由市工信局牵头，6月30日前提出增容方案"
    assert post(desk, key, "decide/", text=line).status_code == 302
    state = DecisionState.objects.get()
    assert (state.lead, state.due_on.isoformat()) == (city.units["市工信局"], "2026-06-30")
    page = text(desk.get(at_page(key)))
    assert line in page
    bare = post(desk, key, "decide/", text="尽快办理，市统计局要配合")
    assert bare.status_code == 422
    assert "要有牵头单位" in text(bare) and "尽快办理，市统计局要配合" in text(bare)
    twice = post(desk, key, "decide/", text=line)
    assert (twice.status_code, Decision.objects.count()) == (409, 1)


def test_a_decision_is_changed_and_taken_back_from_the_page(city, at, desk):
    key = called(city, at)
    post(desk, key, "decide/", text="市工信局牵头办一件事")
    state = DecisionState.objects.open().get()
    said = {"decision": state.decision_id, "seen": state.since_id, "lead": state.lead}
    assert post(desk, key, "decision/", text="改过的事", **said).status_code == 302
    stale = post(desk, key, "decision/", text="再改", **said)
    assert stale.status_code == 409 and "再改" in text(stale)
    said["seen"] = DecisionState.objects.open().get().since_id
    bare = post(desk, key, "decision/", text="改过的事", take_back="1", **said)
    assert bare.status_code == 422
    gone = post(desk, key, "decision/", text="改过的事", take_back="1", why="重复", **said)
    assert gone.status_code == 302
    assert DecisionState.objects.open().get().stage == "taken_back"


def test_attendance_is_marked_all_at_once_and_one_by_one(city, at, desk):
    key = called(city, at)
    zone, bureau = city.units["开发区管委会"], city.units["市工信局"]
    said = {
        "seen": came_seen(key), f"how_{zone}": "absent", f"how_{bureau}": "expected", "all": "on",
    }  # fmt: skip
    refused = post(desk, key, "came/", **said)
    assert refused.status_code == 422 and "写明原因" in text(refused)
    assert post(desk, key, "came/", **said | {f"says_{zone}": "督查"}).status_code == 302
    seats = {seat.unit: seat for seat in page_of(city, key).attendance}
    assert (seats[zone].why, seats[bureau].attended) == ("督查", "present")
    stale = post(desk, key, "came/", **said | {f"says_{zone}": "督查"})
    assert stale.status_code == 409
    long = {f"how_{zone}": "standing_in", f"says_{zone}": "副" * 61, "seen": came_seen(key)}
    refused = post(desk, key, "came/", **said | long)
    assert refused.status_code == 422 and "副" * 61 in text(refused), "nothing is cut unasked"
    wrong = {f"how_{zone}": "flying", f"how_{bureau}": "present", "seen": came_seen(key)}
    assert post(desk, key, "came/", **wrong).status_code == 422


def test_the_agenda_page_adds_moves_drops_and_refuses_a_stale_one(city, at, desk):
    key = called(city, at)
    before = agenda_seen(key)
    presenter = city.units["市工信局"]
    added = post(desk, key, "topic/", title="<b>新题</b>", presenter=presenter, seen=before)
    assert added.status_code == 302
    page = text(desk.get(at_page(key, "agenda/")))
    assert "&lt;b&gt;新题&lt;/b&gt;" in page and "<b>新题" not in page
    stale = post(desk, key, "topic/", title="同时加的", presenter="", seen=before)
    assert stale.status_code == 409
    assert "同事刚刚改了议程" in text(stale) and "同时加的" in text(stale)
    topic = page_of(city, key).topics[1].key
    moved = post(desk, key, "order/", topic=topic, move="first", seen=agenda_seen(key))
    assert moved.status_code == 302
    assert page_of(city, key).topics[0].key == topic
    said = {"topic": topic, "how": "dropped", "back": "agenda"}
    refused = post(desk, key, "settle/", said="", seen=agenda_seen(key), **said)
    assert refused.status_code == 422
    done = post(desk, key, "settle/", said="不议", seen=agenda_seen(key), **said)
    assert done.status_code == 302 and done.url.endswith("/agenda/")
    assert post(desk, key, "settle/", how="gone", seen="x").status_code == 422


def test_a_meeting_is_worked_to_its_minutes_from_the_page(city, at, desk):
    key = held(city, at)
    assert post(desk, key, "items/").status_code == 302
    assert Item.objects.get().source == "meeting"
    assert post(desk, key, "items/").status_code == 409
    assert post(desk, key, "minutes/").status_code == 302
    words = {"opening": "会议传达了文件。", "closing": "请抓紧落实。", "version": "0"}
    assert post(desk, key, "words/", **words).status_code == 302
    stale = post(desk, key, "words/", **words)
    assert stale.status_code == 409
    assert post(desk, key, "freeze/", seen=seen(key)).status_code == 302
    page = text(desk.get(at_page(key)))
    assert "纪要已成稿" in page and "待审核" in page
    assert post(desk, key, "step/", move="end", seen=seen(key)).status_code == 422
    assert post(desk, key, "step/", move="fly", seen=seen(key)).status_code == 422


def test_a_notice_is_drafted_once_and_goes_on_as_a_notice(city, at, desk):
    key = called(city, at)
    made = post(desk, key, "notice/")
    assert made.status_code == 302 and made.url.endswith("/draft/")
    draft = text(desk.get(made.url))
    assert "关于召开示例专题会议的通知" in draft and "2026年3月12日09:00" in draft
    assert post(desk, key, "notice/").status_code == 409


def test_papers_of_a_meeting_come_as_word_and_pdf(city, at, desk, sign_in):
    key = called(city, at)
    file = desk.get(at_page(key, "pack/docx/"))
    words = Document(io.BytesIO(file.content))
    said = "\n".join(p.text for p in words.paragraphs)
    assert "议程" in said and "参会单位" in said
    cells = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    assert "示例专题会议的议题" in cells
    assert desk.get(at_page(key, "pack/pdf/")).content[:4] == b"%PDF"
    assert desk.get(at_page(key, "pack/exe/")).status_code == 404
    assert sign_in("other_clerk").get(at_page(key, "pack/docx/")).status_code == 404


def test_whoever_is_not_called_finds_no_meeting_and_nobody_else_writes(city, at, sign_in):
    key = called(city, at)
    assert sign_in("other_clerk").get(at_page(key)).status_code == 404
    zone = sign_in("zone_staff")
    page = text(zone.get(at_page(key)))
    assert "示例专题会议的议题" in page and "记下" not in page and "召集会议" not in page
    assert post(zone, key, "decide/", text="x").status_code == 403
    assert sign_in("enterprise").get(at_page(key)).status_code == 403
    group = text(sign_in("leading_group").get(at_page(key)))
    assert "示例专题会议的议题" in group and "登记召开" not in group


def test_the_past_is_shown_read_only(city, at, desk):
    key = called(city, at)
    desk.post("/as-of/", {"day": "2026-03-02", "next": "/"})
    page = text(desk.get(at_page(key)))
    assert "只能看" in page and 'action="/supervision/meetings' not in page
    before = AgendaItemState.objects.count()
    answer = post(desk, key, "topic/", title="补写的", presenter="", seen=agenda_seen(key))
    assert answer.status_code in {403, 409}
    assert AgendaItemState.objects.count() == before
    assert "2026 年日历" in text(desk.get("/supervision/calendar/"))


def test_an_instruction_is_recorded_with_or_without_a_meeting(city, at, desk, sign_in):
    key = called(city, at)
    said = {
        "text": "请一周内报方案", "leader": city.people["leading_group"],
        "given_on": "2026-03-12", "reply_by": "2026-03-11", "lead": city.units["市工信局"],
    }  # fmt: skip
    refused = post(desk, key, "instruct/", **said)
    assert refused.status_code == 422
    assert "早于批示日期" in text(refused) and "请一周内报方案" in text(refused)
    assert post(desk, key, "instruct/", **said | {"reply_by": "2026-03-19"}).status_code == 302
    alone = said | {"text": "另一件", "reply_by": ""}
    assert desk.post("/supervision/instructions/", alone).status_code == 302
    assert desk.post("/supervision/instructions/", alone).status_code == 409
    page = text(desk.get("/supervision/instructions/"))
    assert "请一周内报方案" in page and "另一件" in page and "示例-10" in page
    item = Item.objects.get(instruction="另一件")
    assert "示例-10" in text(desk.get(f"/ledger/{item.key}/"))
    clerk = sign_in("clerk")
    assert "另一件" in text(clerk.get("/supervision/instructions/"))
    assert clerk.post("/supervision/instructions/", alone).status_code == 403
    assert "还没有领导批示" in text(sign_in("other_clerk").get("/supervision/instructions/"))


def test_the_register_of_decisions_filters_by_unit_and_light(city, at, desk, sign_in):
    held(city, at)
    page = text(desk.get("/supervision/decisions/"))
    assert "示例专题会议议定的事" in page
    none = text(desk.get("/supervision/decisions/?f_lead=市统计局"))
    assert "没有符合筛选条件" in none or "共 0 行" in none
    assert "还没有议定事项" in text(sign_in("zone_staff").get("/supervision/decisions/"))
    assert desk.get("/supervision/decisions/?export=xlsx").status_code == 200


def test_english_pages_are_whole(city, at, desk):
    key = called(city, at)
    desk.post("/language/", {"language": "en", "next": "/"})
    page = text(desk.get(at_page(key)))
    assert "Agenda" in page and "Call the meeting" not in page and "Change time" in page
    assert "Calendar of 2026" in text(desk.get("/supervision/calendar/"))


def test_a_calendar_address_is_shown_once_read_without_signing_in_and_revoked(city, at, desk):
    key = called(city, at)
    page = desk.post("/supervision/calendar/feed/")
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    address = text(page).split('value="http://testserver')[1].split('"')[0]
    assert address not in text(desk.get("/supervision/calendar/"))
    feed = Client().get(address)
    assert feed["Content-Type"].startswith("text/calendar")
    assert at_page(key) in feed.content.decode().replace("\r\n ", "")
    token = address.split("/")[-1].removesuffix(".ics")
    assert token not in {row.digest for row in CalendarFeed.objects.all()}
    desk.post("/supervision/calendar/feed/")
    assert Client().get(address).status_code == 404, "another address ends this one"
    assert desk.post("/supervision/calendar/feed/revoke/").status_code == 302
    assert desk.post("/supervision/calendar/feed/revoke/").status_code == 404
    assert not CalendarFeed.objects.open().exists()


def test_an_address_shows_what_its_person_may_see_now(city, at):
    key = called(city, at)
    mine = make_feed(by=city.people["zone_staff"], at=at)
    other = make_feed(by=city.people["other_clerk"], at=at)
    read = lambda token: Client().get(f"/calendar/{token}.ics").content.decode()  # noqa: E731
    assert key in read(mine).replace("\r\n ", "")
    assert key not in read(other).replace("\r\n ", "")
    account = city.accounts["zone_staff"]
    account.is_active = False
    account.save()
    assert Client().get(f"/calendar/{mine}.ics").status_code == 404
    revoke_feed(by=city.people["other_clerk"], at=at + timedelta(days=1))
    assert Client().get(f"/calendar/{other}.ics").status_code == 404
    assert Client().post(f"/calendar/{other}.ics").status_code == 405
    assert Moment(THEN).today.isoformat() == "2026-03-12"
