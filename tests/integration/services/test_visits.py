"""Visits, leaving firms alone, who looks after them, meetings, mergers, the month."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from factories.city import FIRMS
from factories.requests import FIRM, answered, asked, gathered, noted, planned, visited
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.kit.calendars import Period
from luodi.ledger.models import Item
from luodi.orgs.queries import viewer_of_person
from luodi.services import actions, queries
from luodi.services.models import Draw, Request, VisitState

SOON = (date.today() + timedelta(days=40)).isoformat()
"""The pages' clock is the real one."""

pytestmark = pytest.mark.django_db(databases="__all__")

MARCH = Period.parse("2026-03")


def text(response) -> str:
    return response.content.decode()


def test_no_more_visits_than_the_pack_allows_without_the_firms_wish(city, at):
    planned(city, at)
    visited(city, at, kind="inspection")
    with pytest.raises(Incomplete, match=r"无事不扰：2026年3月已有 2 次.*须企业自己提出"):
        planned(city, at, "再")
    planned(city, at, "再", wish="企业负责人来电邀请")
    planned(city, at, on=at.date() + timedelta(days=30))
    with pytest.raises(Incomplete, match="写明超次的原因"):
        visited(city, at)
    one = visited(city, at, beyond="安全隐患，当日到场")
    page = queries.visit_page(one, viewer_of_person(city.people["office"]), Moment(at))
    quiet = queries.quiet_row(page.quiet[0])
    assert (quiet.counted, quiet.most, quiet.wished, quiet.over) == (3, 2, 1, 1)
    assert "本地默认，待确认" in quiet.owner and page.row.light[0] == "red"


def test_a_cancelled_visit_leaves_room(city, at):
    first = planned(city, at)
    planned(city, at, "再")
    with pytest.raises(Conflict, match="已经登记过"):
        planned(city, at)
    actions.cancel_visit(visit=first, why="企业停产检修", by=city.people["zone_staff"], at=at)
    planned(city, at)
    with pytest.raises(Incomplete):
        planned(city, at, "三")


def test_what_a_visit_found_is_an_item_or_a_request(city, at, sign_in):
    key = visited(city, at)
    zone = sign_in("zone_staff")
    to_unit = {"title": "道路破损", "lead": city.units["市工信局"], "due_on": "2099-03-20"}
    assert "已记下：道路破损" in text(zone.post(f"/visits/{key}/problem/", to_unit, follow=True))
    item = Item.objects.get()
    assert (item.source, item.about) == ("visit", f"visit:{key}")
    asking = {"title": "缺工", "category": "labour"}
    page = text(zone.post(f"/visits/{key}/problem/", asking, follow=True))
    one = Request.objects.get()
    assert (one.channel, one.source) == ("visit", f"visit:{key}")
    assert "道路破损" in page and one.number in page
    refused = zone.post(f"/visits/{key}/problem/", {"title": "没选类别"})
    assert refused.status_code == 422 and "没选类别" in text(refused)
    assert find_subject(f"visit:{key}").title == "看新线"


def test_a_visit_is_planned_and_logged_on_the_page(city, at, sign_in):
    zone = sign_in("zone_staff")
    said = {"firm": FIRM, "kind": "visit", "purpose": "了解用电", "on": SOON}
    assert "已计划" in text(zone.post("/visits/new/", said, follow=True))
    key = VisitState.objects.open().get().visit_id
    early = zone.post(f"/visits/{key}/log/", {"on": SOON, "summary": "写好的情况"})
    assert early.status_code == 422 and "写好的情况" in text(early)
    done = zone.post(
        f"/visits/{key}/log/", {"on": "2026-03-02", "summary": "用电紧张"}, follow=True
    )
    assert "已走访" in text(done) and "用电紧张" in text(done)
    with pytest.raises(NotFound):
        actions.cancel_visit(visit=key, why="x", by=city.people["clerk"], at=at)
    mine = text(sign_in("enterprise").get("/my-visits/"))
    assert "了解用电" in mine and "用电紧张" not in mine and "无事不扰" in mine
    assert sign_in("clerk").get(f"/visits/{key}/").status_code == 404
    assert sign_in("enterprise").get(f"/visits/{key}/").status_code == 403


def test_a_firm_knows_of_an_inspection_only_once_it_has_happened(city, at, sign_in):
    firm = sign_in("enterprise")
    planned(city, at, "来看看")
    key = planned(city, at, "突击", kind="inspection")
    mine = text(firm.get("/my-visits/"))
    assert "来看看" in mine and "突击" not in mine
    viewer = viewer_of_person(city.people["enterprise"])
    counted = queries.own_visits(viewer, Moment(at))[1][0].counted
    card = queries.service_card(city.enterprises[FIRM], viewer, Moment(at)).context["quiet"][0]
    assert (counted, card.counted) == (1, 1)
    actions.log_visit(visit=key, on=at.date(), summary="看过", by=city.people["zone_staff"], at=at)
    assert "突击" in text(firm.get("/my-visits/"))
    assert queries.own_visits(viewer, Moment(at))[1][0].counted == 2


def test_each_line_of_a_breakfast_becomes_a_request(city, at, sign_in):
    key = gathered(city, at)
    zone = sign_in("zone_staff")
    line = {"firm": city.enterprises[FIRM], "category": "sales", "line": "想找本地配套厂"}
    page = text(zone.post(f"/gatherings/{key}/ask/", line, follow=True))
    one = Request.objects.get()
    assert one.number in page and (one.channel, one.source) == ("gathering", f"gathering:{key}")
    again = zone.post(f"/gatherings/{key}/ask/", line)
    assert again.status_code == 409 and 'name="same"' in text(again)
    zone.post(f"/gatherings/{key}/ask/", line | {"same": "1", "anyway": "on"})
    assert Request.objects.count() == 2
    stranger = {"firm": city.enterprises[FIRMS[1][0]], "category": "sales", "line": "x"}
    assert zone.post(f"/gatherings/{key}/ask/", stranger).status_code == 422
    assert zone.post(f"/gatherings/{key}/firms/", {"firms": ["x"]}).status_code == 422
    listed = text(zone.get("/gatherings/"))
    assert "三月早餐会" in listed and "早餐会" in listed
    with pytest.raises(NotFound):
        queries.gathering_page(viewer_of_person(city.people["clerk"]), key, Moment(at))


def test_a_leader_looks_after_a_firm(city, at, sign_in):
    firm, leader = city.enterprises[FIRM], city.people["zone_leader"]
    zone = sign_in("zone_staff")
    page = text(zone.post(f"/services/firms/{firm}/sponsor/", {"person": leader}, follow=True))
    assert "已确定包联领导" in page and "示例-08" in page
    again = zone.post(f"/services/firms/{firm}/sponsor/", {"person": leader})
    assert again.status_code == 409 and "不用再定" in text(again)
    assert "示例-08" in text(sign_in("enterprise").get("/my-enterprise/"))
    with pytest.raises(Incomplete):
        actions.name_sponsor(firm=firm, person="nobody", by=city.people["zone_staff"], at=at)
    gone = f"/services/firms/{firm}/sponsor/{leader}/release/"
    assert "已不再包联" in text(zone.post(gone, {"why": "调离"}, follow=True))
    assert sign_in("clerk").get(f"/services/firms/{firm}/").status_code == 404


def test_the_month_carries_its_working(city, at, step, sign_in):
    done = answered(city, at)
    step(done, "accept_answer", who="enterprise", satisfied="satisfied")
    noted(city, at)
    late = Moment(at + timedelta(hours=3))
    viewer = viewer_of_person(city.people["office"])
    month = queries.month_of_requests(viewer, MARCH, late)
    respond, settle = month.whole.shares
    assert (respond.numerator, respond.denominator, respond.late) == (1, 2, 1)
    assert (settle.numerator, settle.denominator, settle.excluded) == (1, 1, (("running", 1),))
    assert str(respond.percent) == "50.0" and month.whole.satisfaction.denominator == 1
    assert [(line.name, line.received) for line in month.by_category] == [
        ("用工", 1), ("用电供电", 1),
    ]  # fmt: skip
    page = text(sign_in("office").get("/requests/month/?month=2026-03"))
    assert "响应企业诉求" in page and "尚未评价" in page
    sheet = sign_in("office").get("/requests/month/?month=2026-03&export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "合计" and rows[1][1] == 2
    assert "不能计算" in text(sign_in("office").get("/requests/month/?month=2025-01"))
    assert sign_in("office").get("/requests/month/?month=2099-13").status_code == 200


@pytest.mark.parametrize(
    "address", ["/visits/", "/gatherings/", "/services/firms/", "/requests/month/?month=2026-03"]
)
def test_queries_do_not_grow_with_rows(city, at, sign_in, address):
    client = sign_in("office")

    def more(mark: str) -> None:
        asked(city, at, mark, category="sales", title=mark * 20, text=mark * 40)
        visited(city, at, mark, beyond="示例")
        gathered(city, at, mark)

    more("甲")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    more("乙")
    more("丙")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many)


def test_inspections_are_drawn_so_that_anybody_can_draw_again(city, at, sign_in):
    month = at.date() + timedelta(days=1)
    visited(city, at)
    visited(city, at, kind="inspection")
    office = sign_in("office")
    viewer = viewer_of_person(city.people["office"])
    assert queries.pool_of(viewer, month, Moment(at)).resting == (city.enterprises[FIRM],)
    with pytest.raises(Incomplete, match="可以抽的企业有 1 家（1 家已到无事不扰上限）"):
        actions.draw_inspections(count=2, purpose="抽查", on=month, by=city.people["office"], at=at)
    said = {"count": "1", "purpose": "用电安全抽查", "on": SOON}
    page = text(office.post("/draws/new/", said, follow=True))
    assert "已抽取 1 家" in page and "重抽，结果一致" in page
    drawn = Draw.objects.get()
    planned_one = VisitState.objects.open().get(purpose="用电安全抽查")
    assert planned_one.visit.enterprise == drawn.drawn[0] and planned_one.stage == "planned"
    assert office.post("/draws/new/", said | {"count": "0"}).status_code == 422
    assert sign_in("clerk").get(f"/draws/{drawn.key}/").status_code == 404
    assert "用电安全抽查" in text(office.get("/draws/"))


def test_both_sides_look_conduct_up(city, sign_in):
    for who in ("enterprise", "zone_staff"):
        page = text(sign_in(who).get("/conduct/"))
        assert "主动服务" in page and "吃拿卡要" in page and "本地默认，待确认" in page
