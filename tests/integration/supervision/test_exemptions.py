"""Good-faith exemptions: applied for, looked into, granted, revoked; who may read; what others learn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import make_city
from factories.exempting import CONDITIONS, SAID, applied
from luodi.audit.models import Act
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.ledger.actions import open_item
from luodi.orgs.actions import appoint
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.supervision.actions import (
    amend_exemption,
    find_condition,
    grant_exemption,
    move_exemption,
    name_reader,
    unname_reader,
)
from luodi.supervision.actions import exempting as acting
from luodi.supervision.models import Exemption, ExemptionState
from luodi.supervision.queries import exemption_page, exemptions, exemptions_of

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def viewer(city, who):
    return viewer_of_person(city.people[who])


def seen(key) -> int:
    return ExemptionState.objects.open().get(exemption=key).since_id


@pytest.fixture
def body(city, at):
    return {"by": city.people["leading_group"], "at": at + timedelta(days=1)}


@pytest.fixture
def item(city, at):
    return open_item(
        city=city.key, source="meeting", title="示例事项", content="尽快办理",
        lead=city.units["市工信局"], due_on=date(2026, 4, 20), by=city.people["office"], at=at,
    ).key  # fmt: skip


@pytest.fixture
def exemption(city, at, item):
    return applied(city, at, subjects=[f"item:{item}"])


def find_all(key, body, but=(), finding="holds"):
    for condition in CONDITIONS:
        if condition not in but:
            find_condition(
                exemption=key, condition=condition, finding=finding, found="材料齐全",
                seen=seen(key), **body,
            )  # fmt: skip


def grant(key, body, **given):
    page = exemption_page(viewer_of_person(body["by"]), key, Moment(body["at"]))
    said = {
        "covers": [str(row.pk) for row in page.covers],
        "why": "符合容错情形",
        "decided_on": date(2026, 3, 3),
        "seen": seen(key),
    }
    grant_exemption(exemption=key, **(said | given), **body)


@pytest.fixture
def granted(exemption, body):
    move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)
    find_all(exemption, body)
    grant(exemption, body)
    return exemption


def test_an_exemption_goes_from_its_application_to_what_it_covers(city, at, exemption, body, item):
    later = Moment(at + timedelta(days=2))
    assert exemptions_of(city.key, later) == []
    with pytest.raises(Conflict, match="待受理"):
        grant(exemption, body)
    move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)
    find_all(exemption, body, but=["diligent"])
    with pytest.raises(Incomplete, match="勤勉尽责"):
        grant(exemption, body)
    find_all(exemption, body, but=[c for c in CONDITIONS if c != "diligent"], finding="fails")
    with pytest.raises(Incomplete, match="不能予以容错"):
        grant(exemption, body)
    find_all(exemption, body)
    grant(exemption, body)
    unit = city.units["市工信局"]
    [one] = exemptions_of(city.key, later)
    assert (one.number, one.unit, one.subject) == ("容错〔2026〕1号", unit, f"item:{item}")
    assert exemptions_of(city.key, later, units=[unit], subjects=[f"item:{item}"]) == [one]
    assert exemptions_of(city.key, later, units=[city.units["甲县"]]) == []
    assert exemptions_of(city.key, later, subjects=["item:other"]) == []
    before = moment_at(Act.objects.get(verb="take_up_exemption").position)
    assert exemptions_of(city.key, before) == []
    assert exemption_page(viewer(city, "clerk"), exemption, before).row.stage == "reviewing"
    assert verify().breaks == ()


def test_what_was_granted_is_revoked_with_a_reason(city, at, granted, body):
    with pytest.raises(Incomplete, match="理由"):
        move_exemption(exemption=granted, move="revoke", seen=seen(granted), **body)
    known = Act.objects.latest("position").position
    move_exemption(exemption=granted, move="revoke", why="材料不实", seen=seen(granted), **body)
    assert exemptions_of(city.key, Moment(at + timedelta(days=3))) == []
    assert len(exemptions_of(city.key, moment_at(known))) == 1


def test_only_some_of_what_was_asked_for_is_covered(city, at, item, body):
    other = open_item(
        city=city.key, source="meeting", title="另一事项", content="办理",
        lead=city.units["市工信局"], due_on=date(2026, 4, 20), by=city.people["office"], at=at,
    ).key  # fmt: skip
    key = applied(city, at, subjects=[f"item:{item}", f"item:{other}"])
    move_exemption(exemption=key, move="take_up", seen=seen(key), **body)
    find_all(key, body)
    with pytest.raises(Incomplete, match="至少选择"):
        grant(key, body, covers=[])
    with pytest.raises(NotFound):
        grant(key, body, covers=["999999"])
    page = exemption_page(viewer(city, "clerk"), key, Moment(at))
    [kept] = [str(row.pk) for row in page.covers if row.subject == f"item:{other}"]
    grant(key, body, covers=[kept])
    assert [one.subject for one in exemptions_of(city.key, Moment(at))] == [f"item:{other}"]


def test_few_may_open_it_and_the_record_holds_nothing_of_it(city, at, exemption, body, sign_in):
    address = f"/supervision/exemptions/{exemption}/"
    for who, status in {
        "clerk": 200, "section_head": 200, "leading_group": 200, "office": 404,
        "statistician": 404, "zone_staff": 404, "other_clerk": 404, "auditor": 403, "enterprise": 403,
    }.items():  # fmt: skip
        assert sign_in(who).get(address).status_code == status, who
    assert "示例试点" not in text(sign_in("office").get("/supervision/exemptions/"))
    assert "示例试点" in text(sign_in("clerk").get("/supervision/exemptions/"))
    name_reader(exemption=exemption, person=city.people["statistician"], **body)
    assert sign_in("statistician").get(address).status_code == 200
    assert sign_in("other_clerk").get(address).status_code == 404, "named by person, not by unit"
    unname_reader(exemption=exemption, person=city.people["statistician"], **body)
    assert sign_in("statistician").get(address).status_code == 404
    for act in Act.objects.filter(verb__contains="exemption"):
        assert not act.why and "试点" not in str(act.payload)
    told = InboxMessage.objects.filter(kind="exemption").values_list("sentence", flat=True)
    assert told and not any("试点" in sentence for sentence in told)


def test_its_files_open_from_its_page_alone(city, exemption, body, sign_in):
    page = exemption_page(viewer(city, "clerk"), exemption, Moment(body["at"]))
    [(key, name)] = [f for one in page.conditions for f in one.files]
    address = f"/supervision/exemptions/{exemption}/file/{key}/"
    assert sign_in("clerk").get(address).content == "示例记录".encode()
    assert sign_in("leading_group").get(address).status_code == 200
    for who in ("office", "zone_staff"):
        assert sign_in(who).get(address).status_code == 404
    for who in ("office", "clerk", "statistician", "leading_group"):
        assert sign_in(who).get(f"/files/{key}/{name}").status_code == 404
    other = sign_in("clerk").get(f"/supervision/exemptions/{exemption}/file/{'0' * 16}/")
    assert other.status_code == 404


def test_nobody_judges_their_own(city, at, body):
    key = applied(city, at, unit=city.units["市工信局"], person=city.people["section_head"])
    mine = {"by": city.people["section_head"], "at": at + timedelta(days=1)}
    with pytest.raises(NotAllowed):
        move_exemption(exemption=key, move="take_up", seen=seen(key), **mine)
    appoint(
        name="示例-兼",
        unit=city.units["市工信局"],
        role=Role.LEADING_GROUP,
        by="system:demo",
        at=at,
    )
    both = appoint(
        name="示例-兼二", unit=city.units["市政府办"], role=Role.CLERK, by="system:demo", at=at
    ).key
    theirs = applied(city, at, unit=city.units["市政府办"], by=both, title="另一件")
    with pytest.raises(NotAllowed):
        move_exemption(exemption=theirs, move="take_up", seen=seen(theirs), **body)


def test_roles_are_kept_apart(city, at, exemption, body):
    mine = {"by": city.people["clerk"], "at": at + timedelta(days=1)}
    with pytest.raises(NotAllowed):
        move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **mine)
    move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)
    given = {"condition": "reform", "finding": "holds", "found": "可"}
    with pytest.raises(NotAllowed, match="审核方"):
        find_condition(exemption=exemption, seen=seen(exemption), **given, **mine)
    with pytest.raises(NotAllowed, match="审核方指定"):
        name_reader(exemption=exemption, person=city.people["office"], **mine)
    with pytest.raises(NotAllowed):
        move_exemption(exemption=exemption, move="drop", why="不", seen=seen(exemption), **body)
    with pytest.raises(NotFound):
        move_exemption(exemption=exemption, move="take_up", by=city.people["office"], at=at, seen=1)
    with pytest.raises(NotAllowed, match="本单位"):
        applied(city, at, by=city.people["zone_staff"], title="代别人")


def test_it_is_sent_back_completed_and_withdrawn(city, at, exemption, body):
    mine = {"by": city.people["clerk"], "at": at + timedelta(days=1)}
    said = {"happened": "补充后的经过", "statements": SAID | {"diligent": "补充说明"}}
    move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)
    find_all(exemption, body)
    with pytest.raises(Closed, match="退回补正"):
        amend_exemption(exemption=exemption, seen=seen(exemption), **said, **mine)
    move_exemption(
        exemption=exemption, move="send_back", why="说清经过", seen=seen(exemption), **body
    )
    with pytest.raises(Closed):
        find_all(exemption, body)
    amend_exemption(
        exemption=exemption, seen=seen(exemption), evidence={"diligent": [("补.txt", b"ok")]},
        **said, **mine,
    )  # fmt: skip
    page = exemption_page(viewer(city, "clerk"), exemption, Moment(at + timedelta(days=2)))
    by_key = {one.key: one for one in page.conditions}
    assert by_key["diligent"].finding == "" and by_key["reform"].finding == "holds"
    assert by_key["diligent"].files[0][1] == "补.txt"
    move_exemption(exemption=exemption, move="drop", why="另行处理", seen=seen(exemption), **mine)
    with pytest.raises(Conflict):
        move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)


def test_what_can_not_be_is_refused(city, at, exemption, body):
    with pytest.raises(Conflict, match="没有重复写入"):
        applied(city, at)
    with pytest.raises(Incomplete, match="事由"):
        applied(city, at, title=" ")
    with pytest.raises(NotFound, match="可选范围"):
        applied(city, at, title="别的", subjects=["item:nothing"])
    with pytest.raises(NotFound, match="这个人员"):
        applied(city, at, title="别的", person=city.people["zone_staff"])
    with pytest.raises(Conflict, match="刚刚有了变化"):
        move_exemption(exemption=exemption, move="take_up", seen=1, **body)
    with pytest.raises(NotFound, match="没有这一步"):
        move_exemption(exemption=exemption, move="grant", seen=seen(exemption), **body)
    move_exemption(exemption=exemption, move="take_up", seen=seen(exemption), **body)
    for given, words in (({"found": " "}, "依据"), ({"finding": "maybe"}, "是否符合")):
        said = {"condition": "reform", "finding": "holds", "found": "可"} | given
        with pytest.raises(Incomplete, match=words):
            find_condition(exemption=exemption, seen=seen(exemption), **said, **body)
    with pytest.raises(NotFound, match="这项条件"):
        find_condition(
            exemption=exemption, condition="other", finding="holds", found="可",
            seen=seen(exemption), **body,
        )  # fmt: skip
    find_all(exemption, body)
    for day in (date(2026, 3, 1), date(2026, 3, 4)):
        with pytest.raises(Incomplete, match="决定日期"):
            grant(exemption, body, decided_on=day)
    with pytest.raises(Incomplete, match="理由"):
        grant(exemption, body, why=" ")
    with pytest.raises(NotFound):
        name_reader(exemption=exemption, person=city.people["auditor"], **body)
    with pytest.raises(NotFound, match="不是查阅人"):
        unname_reader(exemption=exemption, person=city.people["office"], **body)


def test_two_at_once_apply_under_two_numbers_or_one_is_told(city, at, monkeypatch):
    def with_another_before(*args, **kwargs):
        monkeypatch.undo()
        applied(city, at, title="先来的")
        return acting.perform(*args, **kwargs)

    monkeypatch.setattr(acting, "perform", with_another_before)
    applied(city, at, title="后来的")
    assert sorted(Exemption.objects.values_list("serial", flat=True)) == [1, 2]


def test_a_city_without_a_rule_says_so(db, at):
    pack = resolve("linfen").content()
    for part in pack:
        part["rules"].pop("exemptions", None)
    city = make_city(at=at, pack=pack, key="other")
    with pytest.raises(NotFound, match="没有容错的规则"):
        applied(city, at)


def test_another_citys_body_judges_nothing_here(city, at, exemption):
    other = make_city(at=at, pack=resolve("linfen").content(), key="other")
    judge = viewer_of_person(other.people["leading_group"])
    assert exemptions(judge, Moment(at)) == []
    with pytest.raises(NotFound):
        exemption_page(judge, exemption, Moment(at))


@pytest.mark.parametrize("who", ["clerk", "leading_group"])
def test_lists_take_a_fixed_number_of_queries(city, at, who):
    counts = []
    for total in (2, 12):
        for number in range(Exemption.objects.count(), total):
            applied(city, at, title=f"第{number}件")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert len(exemptions(viewer(city, who), Moment(at))) == total
            exemptions_of(city.key, Moment(at))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_page_is_worked_with(sign_in, city, at, item):
    clerk = sign_in("clerk")
    page = text(clerk.get("/supervision/exemptions/new/"))
    assert "示例事项" in page and "未谋取私利" in page
    given = {
        "unit": city.units["市工信局"], "title": "示例容错", "happened": "经过",
        "subjects": [f"item:{item}"], "said_reform": "试点",
        "files_reform": SimpleUploadedFile("文件.txt", b"ok"),
    }  # fmt: skip
    bad = clerk.post("/supervision/exemptions/new/", given | {"title": "", "files_reform": ""})
    assert bad.status_code == 422
    page = text(clerk.post("/supervision/exemptions/new/", given, follow=True))
    assert "申请已提交" in page and "文件.txt" in page and "补充申请" in page
    key = Exemption.objects.get().key
    address = f"/supervision/exemptions/{key}/"
    again = clerk.post("/supervision/exemptions/new/", given | {"files_reform": ""})
    assert again.status_code == 409 and "没有重复写入" in text(again) and "示例容错" in text(again)
    body = sign_in("leading_group")
    page = text(body.post(f"{address}move/", {"move": "take_up", "seen": seen(key)}, follow=True))
    assert "逐项审核" in page and "本地默认，待确认" in page
    stale = body.post(f"{address}move/", {"move": "send_back", "why": "补", "seen": 1})
    assert (
        stale.status_code == 409
        and "刚刚有了变化" in text(stale)
        and "补</textarea>" in text(stale)
    )
    early = body.post(
        f"{address}grant/", {"seen": seen(key), "decided_on": date.today(), "why": "可"}
    )
    assert early.status_code == 422
    for condition in CONDITIONS:
        said = {"condition": condition, "finding": "holds", "found": "可", "seen": seen(key)}
        body.post(f"{address}find/", said)
    page = text(body.post(f"{address}reader/", {"person": city.people["zone_staff"]}, follow=True))
    assert "已指定查阅人" in page
    assert sign_in("zone_staff").post(f"{address}grant/", {}).status_code == 403
    cover = str(exemption_page(viewer(city, "clerk"), key, Moment(at)).covers[0].pk)
    said = {"covers": [cover], "decided_on": date.today(), "why": "可", "seen": seen(key)}
    page = text(body.post(f"{address}grant/", said, follow=True))
    assert "已予以容错" in page and "撤销认定" in page
    page = text(body.post(f"{address}unread/", {"person": city.people["zone_staff"]}, follow=True))
    assert "已取消查阅人" in page
    sheet = clerk.get("/supervision/exemptions/?export=xlsx")
    assert sheet.status_code == 200
    clerk.post("/language/", {"language": "en"})
    assert "Granted" in text(clerk.get(address))


def test_the_past_is_looked_at_and_not_acted_in(sign_in, city, at, exemption):
    clerk = sign_in("clerk")
    clerk.post("/as-of/", {"day": "2026-03-02", "next": "/"})
    page = text(clerk.get(f"/supervision/exemptions/{exemption}/"))
    assert "过去的日期只能看" in page and "<textarea" not in page
    assert clerk.get("/supervision/exemptions/new/").status_code == 403
