"""Events and signings: whom they met, what was signed for how much, and where it went on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from factories.chains import drawn_in, firm_key, invited, spoken
from luodi.chain import actions
from luodi.chain.models import Contact, PromotionEvent, TargetFirmState
from luodi.chain.queries import event_page, events, funnel, signings
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.choices import Origin

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city):
    return viewer_of_person(city.people["office"])


def held(city, at, **more) -> int:
    """An event of the whole city; its key."""
    actions.register_event(
        **{"city": city.key, "unit": "", "name": "示例推介会", "on": date(2026, 2, 20), "place": "示例市",
           "mode": "chain", "note": "", "attended": "市商务局局长、开发区主任",
           "by": city.people["office"], "at": at} | more
    )  # fmt: skip
    return PromotionEvent.objects.latest("pk").pk


def another(city, at, name: str = "外地示例镜片厂") -> str:
    """One more target firm."""
    return actions.list_target(
        firm=firm_key(city, name), product="", why="示例理由", unit="", mode="", at=at,
        by=city.people["office"],
    ).key  # fmt: skip


def test_a_firm_met_at_an_event_signs_and_walks_to_its_project(sign_in, city, at, office):
    drawn_in(city, at)
    target, event = invited(city, at), held(city, at)
    client = sign_in("office")
    page = text(client.get("/promotion/events/"))
    assert f"/promotion/events/{event}/" in page and "市商务局局长、开发区主任" in page
    said = {"target": target, "on": "2026-02-20", "reached": "signed_with", "agreement": "contract",
            "amount": "1.2亿元", "words": "现场签约。"}  # fmt: skip
    page = text(client.post(f"/promotion/events/{event}/contacts/", said, follow=True))
    assert "对接记录已写入" in page and "对接目标企业 1 家，其中签约 1 家" in page
    assert "正式合同 1 笔，金额 12,000 万元" in page and "外地示例传感厂" in page
    contact = Contact.objects.get()
    assert (contact.kind, contact.event_id, contact.mode) == ("at_event", event, "chain")
    page = text(client.get(f"/chain-targets/{target}/"))
    assert "正式合同 12000 万元" in page and f"/promotion/events/{event}/" in page
    page = text(client.get(f"/projects/new/?target={target}"))
    assert 'value="12000"' in page and '<option value="contract" selected' in page
    zone = city.units["开发区管委会"]
    form = {"name": "示例项目", "investor": "外地示例传感厂", "origin": Origin.values[0], "lead": zone,
            "zone": zone, "mode": "chain", "signing": "contract", "source": "目标企业", "target": target,
            "investment": "12000"}  # fmt: skip
    assert "项目已登记" in text(client.post("/projects/new/", form, follow=True))
    page = text(client.get("/promotion/signings/"))
    assert "示例项目" in page and "/projects/" in page.split('id="table-signings"')[1]
    sheet = client.get("/promotion/signings/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["外地示例传感厂", date(2026, 2, 20), "正式合同", 12000.0, "示例项目"]


def test_the_funnel_says_how_it_was_counted(city, at, office):
    drawn_in(city, at)
    one, two = invited(city, at), another(city, at)
    spoken(city, one, at, "talking")
    spoken(city, one, at, "signed_with", agreement="framework", amount="500")
    spoken(city, one, at, "signed_with", agreement="contract", amount="300.5")
    spoken(city, two, at, "signed_with", agreement="framework")
    steps = funnel(office, Moment(at)).steps
    assert [step.counted for step in steps] == [2, 2, 2, 0]
    working = steps[2].working
    assert "正式合同 1 家（合计 300.5 万元）" in working
    assert "框架协议 1 家（合计 500 万元、1 笔没有金额、不计入签约额）" in working
    assert steps[3].label == "登记为项目" and steps[3].rate == Decimal("0.0")
    assert funnel(office, Moment(at), 2025).steps[0].counted == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reached": "signed_with"}, "正式合同还是框架协议"),
        ({"reached": "signed_with", "agreement": "handshake"}, "正式合同还是框架协议"),
        ({"reached": "talking", "agreement": "contract"}, "进展就应是“签约”"),
        ({"reached": "talking", "amount": "5"}, "进展就应是“签约”"),
        ({"reached": "signed_with", "agreement": "contract", "amount": "-5"}, "不能是负数"),
        ({"reached": "signed_with", "agreement": "contract", "amount": "很多"}, "金额"),
    ],
)
def test_half_a_signing_is_refused_in_a_sentence(city, at, said, words):
    drawn_in(city, at)
    target = invited(city, at)
    with pytest.raises(Incomplete, match=words):
        spoken(city, target, at, **said)
    assert not Contact.objects.exists()
    assert TargetFirmState.objects.open().get().stage == "to_contact"


def test_what_was_typed_comes_back_with_the_reason(sign_in, city, at):
    drawn_in(city, at)
    target, event = invited(city, at), held(city, at)
    client = sign_in("office")
    said = {"target": target, "on": "2026-02-20", "reached": "signed_with", "words": "说了很多"}
    answer = client.post(f"/promotion/events/{event}/contacts/", said)
    assert answer.status_code == 422
    assert "正式合同还是框架协议" in text(answer) and "说了很多" in text(answer)
    answer = client.post(f"/promotion/events/{event}/contacts/", said | {"target": ""})
    assert answer.status_code == 422 and "请选择目标企业" in text(answer)
    answer = client.post("/promotion/events/999999/contacts/", said)
    assert answer.status_code == 404 and not Contact.objects.exists()


def test_an_event_shows_only_firms_of_one_s_scope(sign_in, city, at):
    drawn_in(city, at)
    mine = invited(city, at, unit=city.units["开发区管委会"])
    event = held(city, at)
    spoken(city, mine, at, "talking", kind="at_event", event=event)
    zone = viewer_of_person(city.people["zone_staff"])
    assert event_page(zone, event, Moment(at)).row.firms == 1
    clerk = viewer_of_person(city.people["clerk"])
    page = event_page(clerk, event, Moment(at))
    assert (page.row.firms, page.met, page.invited) == (0, (), ())
    assert signings(clerk, Moment(at)) == []
    said = {"target": mine, "on": "2026-02-20", "reached": "talking", "words": "不该写进去"}
    answer = sign_in("clerk").post(f"/promotion/events/{event}/contacts/", said)
    assert answer.status_code in (403, 404, 422) and Contact.objects.count() == 1


def test_an_event_of_a_unit_is_not_another_s(city, at):
    event = held(city, at, unit=city.units["开发区管委会"])
    clerk = viewer_of_person(city.people["clerk"])
    with pytest.raises(NotFound):
        event_page(clerk, event, Moment(at))
    assert events(clerk, Moment(at)) == []


@pytest.mark.parametrize("address", ["/promotion/events/{event}/", "/promotion/signings/"])
def test_more_signings_ask_no_more_queries(sign_in, city, at, address):
    drawn_in(city, at)
    event = held(city, at)
    client = sign_in("office")
    said = {"agreement": "contract", "amount": "5", "event": event, "kind": "at_event"}
    spoken(city, invited(city, at), at, "signed_with", **said)
    where = address.format(event=event)
    client.get(where)
    with CaptureQueriesContext(connection) as first:
        client.get(where)
    spoken(city, another(city, at), at, "signed_with", **said)
    client.get(where)
    with CaptureQueriesContext(connection) as more:
        client.get(where)
    assert len(more) <= len(first)
