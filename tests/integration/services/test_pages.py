"""The pages of requests: who sees what, what they can do, what is refused, how many queries."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from factories.city import FIRMS
from factories.requests import FIRM, ahead, answered, asked, in_hand, noted
from luodi.common.moments import Moment
from luodi.console.queries import duties_of
from luodi.orgs.actions import close_enterprise
from luodi.orgs.queries import viewer_of_person
from luodi.services.models import Request, RequestState

pytestmark = pytest.mark.django_db(databases="__all__")

HIDDEN = "领导说先压一压"


def text(response) -> str:
    return response.content.decode()


def do(client, request, move, address="requests", **given):
    return client.post(f"/{address}/{request.key}/{move}/", given, follow=True)


def test_the_desk_shows_both_limits_and_hands_out_a_sheet(city, at, sign_in):
    asked(city, at)
    page = text(sign_in("zone_staff").get("/requests/"))
    assert "厂区频繁停电" in page and "示例光电一厂" in page and "用电供电" in page
    sheet = sign_in("zone_staff").get("/requests/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and "诉〔2026〕1号" in rows[1]
    assert "厂区频繁停电" not in text(sign_in("clerk").get("/requests/"))
    assert "厂区频繁停电" not in text(sign_in("zone_staff").get("/requests/over/"))


def test_a_request_is_walked_through_on_the_pages(city, at, sign_in):
    firm, desk = sign_in("enterprise"), sign_in("zone_staff")
    asking = {"category": "power", "title": "停电", "text": "上月停电三次，请协调。"}
    page = text(firm.post("/my-requests/new/", asking, follow=True))
    one = Request.objects.get()
    assert "诉〔" in page and "停电" in page
    assert "已响应企业" in text(do(desk, one, "respond", text="已派人"))
    assert "暂停计时" in text(do(desk, one, "ask_firm", text="容量多少"))
    page = text(firm.get(f"/my-requests/{one.key}/"))
    assert "请您补充" in page and "容量多少" in page
    assert "继续计时" in text(do(firm, one, "answer_question", "my-requests", text="630"))
    assert (
        "已给" in text(do(desk, one, "call_out", lead=city.units["市工信局"], task="会商"))
        or RequestState.objects.open().get().lead == city.units["市工信局"]
    )
    assert "已报到" in text(do(sign_in("clerk"), one, "arrive"))
    steps = {"reason": "要施工", "step_1": "勘查", "day_1": ahead(9)}
    assert "已把时间表给企业" in text(do(desk, one, "give_timetable", **steps))
    assert "勘查" in text(firm.get(f"/my-requests/{one.key}/"))
    assert "企业看不到" in text(do(desk, one, "write_note", text=HIDDEN))
    assert "等待评价" in text(do(desk, one, "answer", text="已增容"))
    refused = do(firm, one, "rate", "my-requests", satisfied="dissatisfied", words="")
    assert refused.status_code == 422
    do(firm, one, "rate", "my-requests", satisfied="dissatisfied", words="没解决")
    assert "不满意重办" in text(desk.get(f"/requests/{one.key}/"))
    do(desk, one, "respond", text="再办")
    do(desk, one, "answer", text="已改线路")
    do(firm, one, "rate", "my-requests", satisfied="satisfied")
    assert RequestState.objects.open().get().stage == "closed"
    for page in (firm.get("/my-requests/"), firm.get(f"/my-requests/{one.key}/")):
        assert HIDDEN not in text(page) and "会商" not in text(page)


def test_the_same_ask_is_pointed_at_and_can_be_asked_anyway(city, at, sign_in):
    firm = sign_in("enterprise")
    asking = {"category": "power", "title": "停电", "text": "上月停电三次，请协调。"}
    firm.post("/my-requests/new/", asking)
    again = firm.post("/my-requests/new/", asking)
    assert again.status_code == 422 and "仍要提出" in text(again) and 'name="same"' in text(again)
    assert "上月停电三次" in text(again) and Request.objects.count() == 1
    firm.post("/my-requests/new/", asking | {"same": "1", "anyway": "on"})
    assert Request.objects.count() == 2


def test_staff_enter_for_a_firm_by_its_name_or_code(city, at, sign_in):
    desk = sign_in("zone_staff")
    firm = city.enterprises[FIRM]
    assert FIRM in text(desk.get(f"/requests/new/?firm={firm}"))
    said = {
        "firm": "光电一厂", "channel": "phone", "category": "labour", "title": "缺人",
        "text": "缺焊工", "received_at": "", "caller_name": "示例-来电", "caller_phone": "1",
    }  # fmt: skip
    page = text(desk.post("/requests/new/", said, follow=True))
    assert "已登记" in page and "示例-来电" in page
    erase = f"/requests/{Request.objects.get().key}/caller/erase/"
    assert desk.post(erase, {"why": ""}).status_code == 422
    page = text(desk.post(erase, {"why": "本人要求"}, follow=True))
    assert "示例-来电" not in page and "删去来电人" in page
    assert desk.post(erase, {"why": "再删"}).status_code == 404
    nobody = desk.post("/requests/new/", said | {"firm": FIRMS[1][0]})
    assert nobody.status_code == 422 and "您的范围内没有" in text(nobody)
    assert "缺焊工" in text(nobody)
    close_enterprise(enterprise=firm, why="注销", by=city.people["office"], at=at)
    closed = desk.post("/requests/new/", said | {"title": "又缺人", "text": "还要二十个"})
    assert closed.status_code == 422 and "已登记注销" in text(closed)


def test_the_wrong_people_find_nothing(city, at, sign_in):
    one = asked(city, at)
    other = noted(
        city, at, firm=city.enterprises[FIRMS[1][0]], by=city.people["office"], channel="phone"
    )
    firm = sign_in("enterprise")
    assert firm.get(f"/my-requests/{other.key}/").status_code == 404
    assert do(firm, other, "withdraw", "my-requests", why="x").status_code == 404
    assert firm.get(f"/requests/{one.key}/").status_code == 403
    assert "缺焊工" not in text(firm.get("/my-requests/"))
    assert sign_in("clerk").get(f"/requests/{one.key}/").status_code == 404
    assert sign_in("auditor").get("/requests/").status_code == 403
    assert sign_in("zone_staff").get(f"/requests/{other.key}/").status_code == 404


def test_what_waits_stands_on_the_page_of_today(city, at, sign_in):
    one = asked(city, at)
    late = Moment(at + timedelta(hours=2))
    duties = duties_of(viewer_of_person(city.people["zone_staff"]), late)
    mine = [duty for duty in duties if duty.address == f"/requests/{one.key}/"]
    assert [(duty.light, one.number in duty.what) for duty in mine] == [("red", True)]
    assert "已超时 1小时" in mine[0].why


def test_the_past_is_shown_as_it_was(city, at, sign_in):
    one = in_hand(city, at)
    position = RequestState.objects.open().get(request=one).since_id
    answered_one = RequestState.objects.open().get(request=one)
    assert answered_one.stage == "in_hand"
    from luodi.services import actions, queries

    actions.answer(request=one.key, text="好了", by=city.people["zone_staff"], at=at)
    viewer = viewer_of_person(city.people["zone_staff"])
    before = queries.request_page(one.key, viewer, Moment(at, position))
    assert before.row.stage == "in_hand" and before.moves == ()
    mine = queries.firm_page(
        one.key, viewer_of_person(city.people["enterprise"]), Moment(at, position)
    )
    assert all("答复" not in event.sentence for event in mine.events)


@pytest.mark.parametrize(
    ("who", "address"),
    [("zone_staff", "/requests/"), ("office", "/requests/all/"), ("enterprise", "/my-requests/")],
)
def test_queries_do_not_grow_with_rows(city, at, sign_in, who, address):
    client = sign_in(who)
    answered(city, at)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(3):
        asked(city, at, title=f"第{number}件", text=f"{number}" * 30, category="sales")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many)
