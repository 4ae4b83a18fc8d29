"""Complaints: who reads them, what the firm is told, what is refused, how units stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.requests import complained, visited
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.console.queries import duties_of, search
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import appoint
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.services import actions, queries
from luodi.services.models import Complaint

pytestmark = pytest.mark.django_db(databases="__all__")

WORDS = "索要礼品"
INNER = "已约谈三人"


def text(response) -> str:
    return response.content.decode()


def viewer(city, who: str):
    return viewer_of_person(city.people[who])


def test_a_complaint_is_made_looked_into_and_answered(city, at, sign_in):
    firm, office = sign_in("enterprise"), sign_in("office")
    assert "/my-complaints/new/" in text(firm.get("/conduct/"))
    said = {"item": "obstruct", "about": city.units["开发区管委会"], "text": WORDS}
    assert "被投诉的单位看不到" in text(firm.post("/my-complaints/new/", said, follow=True))
    one = Complaint.objects.get()
    assert (one.unit, one.zone, one.cited["zh"]) == ("", "", "阻工扰工")
    page = text(office.get(f"/complaints/{one.key}/"))
    assert WORDS in page and "答复企业" not in page
    early = office.post(f"/complaints/{one.key}/settle/", {"finding": "in_part", "answer": "已查"})
    assert early.status_code == 422 and "已查" not in text(firm.get(f"/my-complaints/{one.key}/"))
    office.post(f"/complaints/{one.key}/look_into/", {"note": INNER})
    bare = office.post(f"/complaints/{one.key}/settle/", {"finding": "", "answer": "已整改"})
    assert bare.status_code == 422
    done = {"finding": "borne_out", "answer": "已整改，处理一人"}
    assert "属实" in text(office.post(f"/complaints/{one.key}/settle/", done, follow=True))
    own = text(firm.get(f"/my-complaints/{one.key}/"))
    assert "处理一人" in own and INNER not in own
    assert InboxMessage.objects.get(person=city.people["enterprise"]).sentence == "您的投诉已答复。"
    assert not verify().breaks


def test_neither_the_unit_nor_any_other_sees_it(city, at, sign_in):
    key = complained(city, at)
    outside = [who for who in city.people if who not in ("office", "leading_group", "enterprise")]
    for who in outside:
        assert queries.complaint_rows(viewer(city, who), Moment(at)) == []
        assert sign_in(who).get("/complaints/").status_code == 403
        assert sign_in(who).get(f"/complaints/{key}/").status_code == 403
        assert search(WORDS, viewer(city, who)) == []
        with pytest.raises(NotFound):
            actions.look_into(complaint=key, note="看看", by=city.people[who], at=at)
        assert not InboxMessage.objects.filter(person=city.people[who]).exists()
    zone = sign_in("zone_staff")
    for address in ("/", "/services/firms/", "/requests/", "/visits/", "/conduct/"):
        page = text(zone.get(address))
        assert WORDS not in page and "企业投诉" not in page
    act = Act.objects.get(verb="complain")
    assert WORDS not in str(act.payload) + act.why and (act.unit, act.zone) == ("", "")


def test_a_complaint_about_the_office_is_the_leading_groups(city, at, sign_in):
    key = complained(city, at, about=city.units["市商务局"])
    assert sign_in("office").get(f"/complaints/{key}/").status_code == 404
    assert queries.complaint_rows(viewer(city, "office"), Moment(at)) == []
    assert WORDS in text(sign_in("leading_group").get(f"/complaints/{key}/"))
    told = InboxMessage.objects.values_list("person", flat=True)
    assert list(told) == [city.people["leading_group"]]
    with pytest.raises(NotAllowed):
        actions.look_into(complaint=key, note="看", by=city.people["leading_group"], at=at)
    other = appoint(
        name="示例-另一办", unit=city.units["市政府办"], role=Role.OFFICE,
        by=city.people["office"], at=at, generated=True,
    )  # fmt: skip
    actions.look_into(complaint=key, note=INNER, by=other.key, at=at)


def test_a_firm_sees_its_own_alone_and_nothing_is_entered_twice(city, at, sign_in):
    key = complained(city, at)
    with pytest.raises(Conflict, match="已经收到"):
        complained(city, at)
    for given, said in (
        ({"item": "x"}, "哪一条"),
        ({"about": city.key}, "哪个单位"),
        ({"text": " "}, "发生了什么"),
        ({"happened_on": at.date() + timedelta(days=2)}, "不能晚于今天"),
    ):
        with pytest.raises(Incomplete, match=said):
            complained(city, at, "又", **given)
    with pytest.raises(NotAllowed):
        complained(city, at, "又", by=city.people["zone_staff"])
    Complaint.objects.filter(key=key).update(enterprise="another")
    assert sign_in("enterprise").get(f"/my-complaints/{key}/").status_code == 404
    assert queries.my_complaints(viewer(city, "enterprise"), Moment(at)) == []


def test_two_who_look_into_it_at_once_do_not_overwrite(city, at):
    key = complained(city, at)
    seen = queries.complaint_rows(viewer(city, "office"), Moment(at), key)[0].seen
    given = {"complaint": key, "by": city.people["office"], "at": at}
    actions.look_into(**given, note="其一", seen=seen)
    with pytest.raises(Conflict):
        actions.look_into(**given, note="其二", seen=seen)
    actions.look_into(**given, note="其二")
    assert queries.complaint_rows(viewer(city, "office"), Moment(at))[0].note == "其一\n\n其二"
    assert [d.what for d in duties_of(viewer(city, "office"), Moment(at))] == ["核查企业投诉"]
    actions.settle_complaint(**given, finding="groundless", answer="查无此事")
    assert duties_of(viewer(city, "office"), Moment(at)) == []


def test_units_stand_by_complaints_and_visits_beyond_the_number(city, at, sign_in):
    one = complained(city, at)
    complained(city, at, "又")
    given = {"complaint": one, "by": city.people["office"], "at": at}
    actions.look_into(**given, note=INNER)
    actions.settle_complaint(**given, finding="in_part", answer="已退还")
    visited(city, at, "一")
    visited(city, at, "二")
    visited(city, at, "三", beyond="示例：临时抽检")
    row = queries.conduct_of_units(viewer(city, "leading_group"), Moment(at))[0]
    assert (row.unit, row.complaints, row.upheld, row.running, row.beyond) == (
        "开发区管委会", 2, 1, 1, 1,
    )  # fmt: skip
    office = sign_in("office")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert "超次走访检查" in text(office.get("/complaints/"))
    for n in range(6):
        complained(city, at, f"{n}")
    with CaptureQueriesContext(connection) as many:
        office.get("/complaints/")
    assert len(many) == len(few)
    before = Moment(at - timedelta(days=1), 0)
    assert queries.complaint_rows(viewer(city, "office"), before) == []
