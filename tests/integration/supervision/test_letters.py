"""Letters to one unit: drafted, signed, issued, signed for, answered, put right, looked at again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import letters as given
from factories.papers import staff_office
from factories.projects import opened
from luodi.analysis.queries.releases import last_position
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.queries import viewer_of_person
from luodi.papers.queries import papers_of
from luodi.supervision.actions import (
    draft_letter,
    freeze_letter,
    move_rectification,
    plan_rectification,
    write_letter,
)
from luodi.supervision.models import LetterState, RectificationState
from luodi.supervision.queries import letter_duties, letter_page, letter_row, letters, lit

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
TWO = {"stuck", "lead"}
"""The lights of a lead that nobody answered and nobody talked to."""


@pytest.fixture
def red(city, at):
    """A red item of the zone."""
    staff_office(city, at)
    return given.red_item(city, at)


@pytest.fixture
def draft(city, at, red):
    return given.drafted(city, at, red)


@pytest.fixture
def sent(city, at, red):
    return given.issued(city, at, red)


def viewer(city, who):
    return viewer_of_person(city.people[who])


def stage(letter: str) -> str:
    return LetterState.objects.open().get(letter=letter).stage


def rectified(city, at, letter: str) -> str:
    """A measure, reported done by the zone and verified by the office."""
    zone, office = viewer(city, "zone_staff"), viewer(city, "office")
    one = plan_rectification(
        letter=letter, measure="补齐手续", due_on=Moment(at).today + 5 * DAY, viewer=zone,
        by=zone.person, at=at,
    ).key  # fmt: skip
    for who, move, more in (
        (zone, "report_rectification", {"text": "已补齐", "files": given.PROOF}),
        (office, "verify_rectification", {}),
    ):
        seen = RectificationState.objects.open().get(rectification=one).since_id
        move_rectification(
            letter=letter, rectification=one, move=move, seen=seen, viewer=who, by=who.person,
            at=at, **more,
        )  # fmt: skip
    return one


def told(city, who) -> list[str]:
    rows = InboxMessage.objects.filter(person=city.people[who], kind="letter")
    return list(rows.values_list("sentence", flat=True))


def test_a_letter_goes_from_a_red_light_to_its_close(city, at, sent):
    assert any(
        "请签收" in said and "市开发区组函〔2026〕1号" in said for said in told(city, "zone_staff")
    )
    row = letter_row(viewer(city, "zone_staff"), sent, Moment(at))
    assert (row.number, row.stage, row.light) == ("市开发区组函〔2026〕1号", "issued", "green")
    assert row.due_on.isoformat() == "2026-03-09"
    given.answered(city, at + DAY, sent)
    page = letter_page(viewer(city, "office"), sent, Moment(at + DAY))
    assert page.answer == "已逐项整改" and [f.name for f in page.files] == ["佐证.txt"]
    with pytest.raises(Incomplete, match="整改措施全部核实"):
        given.step(city, at + DAY, sent, "office", "pass_recheck", text="看过")
    rectified(city, at + DAY, sent)
    assert (
        given.step(city, at + 2 * DAY, sent, "office", "pass_recheck", text="现场看过，已改")
        == "rechecked"
    )
    assert given.step(city, at + 3 * DAY, sent, "office", "close_letter") == "closed"
    assert letter_row(viewer(city, "zone_staff"), sent, Moment(at + 3 * DAY)).light == "done"
    assert not verify().breaks


def test_a_later_look_reopens_what_was_closed(city, at, sent):
    given.answered(city, at, sent)
    rectified(city, at, sent)
    given.step(city, at, sent, "office", "pass_recheck", text="已改")
    given.step(city, at, sent, "office", "close_letter")
    until = Moment(at).today + 10 * DAY
    with pytest.raises(Incomplete, match="整改期限"):
        given.step(city, at, sent, "office", "fail_recheck", text="又停了")
    with pytest.raises(Incomplete, match="晚于今天"):
        given.step(city, at, sent, "office", "fail_recheck", text="又停了", until=Moment(at).today)
    before = {"text": "又停了", "until": until, "looked_on": Moment(at).today - DAY}
    with pytest.raises(Incomplete, match="早于函件印发"):
        given.step(city, at, sent, "office", "fail_recheck", **before)
    given.step(city, at, sent, "office", "fail_recheck", text="又停了", until=until)
    row = letter_row(viewer(city, "zone_staff"), sent, Moment(at + 20 * DAY))
    assert (row.stage, row.light, row.due_on, row.days) == ("rectifying", "red", until, 10)
    assert "letter" in {one.kind for one in lit(viewer(city, "zone_staff"), Moment(at + 20 * DAY))}


def test_nobody_outside_sees_a_draft_and_other_units_never_see_a_letter(city, at, draft):
    for who in ("zone_staff", "zone_leader", "clerk", "statistician", "auditor"):
        assert letters(viewer(city, who), Moment(at)) == []
        with pytest.raises(NotFound):
            letter_row(viewer(city, who), draft, Moment(at))
    for who in ("office", "leading_group"):
        assert [row.key for row in letters(viewer(city, who), Moment(at))] == [draft]
    given.signed(city, at, draft)
    assert letters(viewer(city, "zone_staff"), Moment(at)) == []
    assert papers_of(viewer(city, "zone_staff"), Moment(at)) == []
    given.step(city, at, draft, "office", "issue_letter")
    assert [row.key for row in letters(viewer(city, "zone_staff"), Moment(at))] == [draft]
    assert [row.number for row in papers_of(viewer(city, "zone_staff"), Moment(at))] == [
        "市开发区组函〔2026〕1号"
    ]
    assert letters(viewer(city, "clerk"), Moment(at)) == []
    assert papers_of(viewer(city, "clerk"), Moment(at)) == []


def test_the_unit_sees_of_the_story_only_what_came_from_the_issue_on(city, at, sent):
    zone = letter_page(viewer(city, "zone_staff"), sent, Moment(at))
    assert [event.what for event in zone.events] == ["签发", "印发"]
    office = letter_page(viewer(city, "office"), sent, Moment(at))
    assert [event.what for event in office.events] == [
        "起草函件", "开始拟稿", "定稿送审", "审核", "签发", "印发",
    ]  # fmt: skip


def test_an_unsigned_answer_is_the_units_own(city, at, sent):
    given.step(city, at, sent, "zone_staff", "sign_for_letter")
    given.step(city, at, sent, "zone_staff", "write_answer", text="初稿", files=given.PROOF)
    office = letter_page(viewer(city, "office"), sent, Moment(at))
    assert (office.answer, office.files) == ("", ())
    assert letter_page(viewer(city, "zone_leader"), sent, Moment(at)).answer == "初稿"
    with pytest.raises(NotAllowed):
        given.step(city, at, sent, "zone_staff", "sign_answer")
    given.step(city, at, sent, "zone_leader", "return_answer", why="写细些")
    assert any("写细些" in said for said in told(city, "zone_staff"))
    given.step(city, at, sent, "zone_staff", "write_answer", text="定稿")
    given.step(city, at, sent, "zone_leader", "sign_answer")
    assert letter_page(viewer(city, "office"), sent, Moment(at)).answer == "定稿"


def test_a_late_answer_is_said_and_the_office_may_refuse_it(city, at, sent):
    late = at + 10 * DAY
    given.answered(city, late, sent)
    row = letter_row(viewer(city, "office"), sent, Moment(late))
    assert row.late_days == 3
    assert any("迟" in e.detail or "超过回告时限 3 天" in e.detail
               for e in letter_page(viewer(city, "office"), sent, Moment(late)).events)  # fmt: skip
    given.step(city, late, sent, "office", "refuse_answer", why="没有逐项说明")
    again = letter_row(viewer(city, "zone_staff"), sent, Moment(late))
    assert (again.stage, again.light) == ("signed_for", "red")


def test_a_draft_is_withdrawn_a_signed_one_only_cancelled_and_its_number_stays_taken(
    city, at, draft
):
    with pytest.raises(Incomplete, match="原因"):
        given.step(city, at, draft, "office", "withdraw_letter")
    with pytest.raises(Incomplete, match="已签发编号的文稿"):
        given.step(city, at, draft, "office", "issue_letter")
    given.signed(city, at, draft)
    with pytest.raises(Incomplete, match="只能作废"):
        given.step(city, at, draft, "office", "withdraw_letter", why="不发了")
    given.step(city, at, draft, "office", "cancel_letter", why="事项已办结")
    with pytest.raises(Conflict):
        given.step(city, at, draft, "office", "issue_letter")
    second = given.issued(city, at, given.red_item(city, at, "另一事项"))
    assert letter_row(viewer(city, "office"), second, Moment(at)).number.endswith("2号")
    third = given.drafted(city, at, given.red_item(city, at, "第三事项"))
    given.step(city, at, third, "office", "withdraw_letter", why="已说明")
    assert stage(third) == "withdrawn"


def test_one_letter_about_a_thing_at_a_time(city, at, draft, red):
    with pytest.raises(Conflict, match="没有重复起草"):
        given.drafted(city, at, red)
    with pytest.raises(Incomplete, match="至少选一项"):
        given.drafted(city, at, "nothing")
    given.step(city, at, draft, "office", "withdraw_letter", why="重写")
    assert given.drafted(city, at, red)


def test_who_may_do_what(city, at, sent, red):
    with pytest.raises(NotAllowed):
        draft_letter(
            kind="warning_letter", unit=city.units[given.ZONE], subjects=[f"item:{red}"],
            by=city.people["zone_staff"], at=at,
        )  # fmt: skip
    for who, move in (("office", "sign_for_letter"), ("zone_leader", "sign_for_letter")):
        with pytest.raises(NotAllowed):
            given.step(city, at, sent, who, move)
    for who in ("clerk", "other_clerk", "auditor"):
        with pytest.raises(NotFound):
            given.step(city, at, sent, who, "sign_for_letter")
    with pytest.raises(NotAllowed):
        given.step(city, at, sent, "leading_group", "cancel_letter", why="x")
    with pytest.raises(NotFound):
        given.step(city, at, sent, "office", "burn_letter")


def test_a_page_of_yesterday_changes_nothing(city, at, sent):
    before = given.seen(sent)
    given.step(city, at, sent, "zone_staff", "sign_for_letter")
    zone = viewer(city, "zone_staff")
    from luodi.supervision.actions import move_letter

    with pytest.raises(Conflict, match="刚刚有了变化"):
        move_letter(letter=sent, move="write_answer", text="x", seen=before, viewer=zone,
                    by=zone.person, at=at)  # fmt: skip


def test_the_text_is_frozen_once_and_cannot_be_written_on(city, at, draft):
    office = viewer(city, "office")
    write_letter(letter=draft, words={"title": "我的标题", "opening": "经查：\u202e"}, version=0,
                 viewer=office, by=office.person, at=at)  # fmt: skip
    with pytest.raises(Conflict):
        write_letter(letter=draft, words={"opening": "x"}, version=0, viewer=office,
                     by=office.person, at=at)  # fmt: skip
    own = {"title": "我的标题", "opening": "经查，进度慢。"}
    snapshot, _removed = freeze_letter(
        letter=draft, words=own, viewer=office, by=office.person, at=at
    )
    said = str(snapshot.content)
    assert "我的标题" in said and "经查，进度慢" in said and "5个工作日" in said and "30日" in said
    with pytest.raises(Closed, match="不能再改"):
        write_letter(letter=draft, words={}, version=1, viewer=office, by=office.person, at=at)
    with pytest.raises(Closed):
        freeze_letter(letter=draft, words={}, viewer=office, by=office.person, at=at)


def test_the_pages_lead_from_a_red_light_to_the_answer(city, at, sign_in, red):
    office, zone = sign_in("office"), sign_in("zone_staff")
    home = office.get("/supervision/").content.decode()
    assert "letters/new/" in home and "阶梯" in home
    assert "letters/new/" not in zone.get("/supervision/").content.decode()
    where = f"/supervision/letters/new/?unit={city.units[given.ZONE]}&about=item:{red}"
    page = office.get(where).content.decode()
    assert "示例超期事项" in page and "· 市商务局</span>" in page, "whose page it is stays said"
    [light] = re.findall(rf'value="(item:{red}[^"]*)"[^>]* checked', page)
    made = office.post(
        "/supervision/letters/new/",
        {"unit": city.units[given.ZONE], "kind": "warning_letter", "subjects": [light]},
    )
    assert made.status_code == 302
    address = made["Location"]
    again = office.post(
        "/supervision/letters/new/",
        {"unit": city.units[given.ZONE], "kind": "warning_letter", "subjects": [light]},
    )
    assert again.status_code == 409 and "没有重复起草" in again.content.decode()
    assert zone.get(address).status_code == 404
    frozen = office.post(f"{address}words/", {"opening": "经查。", "version": "0", "freeze": "1"})
    assert frozen.status_code == 302
    assert "待审核" in office.get(address).content.decode()
    stale = office.post(f"{address}words/", {"opening": "改过", "version": "0"})
    assert stale.status_code == 409 and "不能再改" in stale.content.decode()


def test_what_is_refused_comes_back_with_what_was_typed(city, at, sign_in, sent):
    address = f"/supervision/letters/{sent}/"
    zone = sign_in("zone_staff")
    zone.post(f"{address}sign_for_letter/", {"seen": given.seen(sent)})
    stale = zone.post(f"{address}write_answer/", {"seen": 1, "text": "写好的回告"})
    assert stale.status_code == 409 and "写好的回告" in stale.content.decode()
    bad = zone.post(f"{address}measures/", {"measure": "补", "due_on": "2026-02-30"})
    assert bad.status_code == 422 and "没有填对" in bad.content.decode()
    far = zone.post(f"{address}measures/", {"measure": "补齐", "due_on": "9999-12-31"})
    assert far.status_code == 422 and "核对年份" in far.content.decode()
    early = zone.post(f"{address}measures/", {"measure": "补齐", "due_on": "2020-02-03"})
    assert early.status_code == 422 and "不能早于今天" in early.content.decode()
    assert zone.post(f"{address}write_answer/", {"text": "没有版本"}).status_code == 422
    assert zone.post(f"{address}nothing/", {"seen": given.seen(sent)}).status_code == 404
    gone = sign_in("office").post(f"{address}refuse_answer/", {"seen": 1, "why": "还要补材料"})
    assert gone.status_code == 409 and "没有写入）：还要补材料" in gone.content.decode()
    english = zone.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Write the answer" in english or "write the answer" in english
    assert "Signed for" in english


def test_a_letter_as_it_was_known_before(city, at, sent):
    before = Moment(at, last_position())
    given.answered(city, at + DAY, sent)
    page = letter_page(viewer(city, "office"), sent, before)
    assert (page.row.stage, page.answer, page.moves) == ("issued", "", ())
    assert letter_page(viewer(city, "zone_staff"), sent, before).row.stage == "issued"


def test_what_waits_for_whom(city, at, sent):
    assert [d.what for d in letter_duties(viewer(city, "zone_staff"), Moment(at))] == ["签收函件"]
    given.step(city, at, sent, "zone_staff", "sign_for_letter")
    [duty] = letter_duties(viewer(city, "zone_staff"), Moment(at + 8 * DAY))
    assert (duty.what, duty.light) == ("书面回告", "red")
    assert duty.due_at is not None and duty.address == f"/supervision/letters/{sent}/"
    given.step(city, at, sent, "zone_staff", "write_answer", text="已改")
    assert [d.what for d in letter_duties(viewer(city, "zone_leader"), Moment(at))] == ["审签回告"]
    given.step(city, at, sent, "zone_leader", "sign_answer")
    assert [d.what for d in letter_duties(viewer(city, "office"), Moment(at))] == ["复查整改情况"]


def test_lists_and_a_page_take_as_many_queries_for_many(city, at, sign_in, sent):
    office = sign_in("office")

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert office.get(address).status_code == 200
        return len(found)

    addresses = ("/supervision/letters/", "/supervision/letters/counts/")
    few = [asked(address) for address in addresses]
    for n in range(10):
        given.drafted(city, at, given.red_item(city, at, f"事项{n}"))
    assert [asked(address) for address in addresses] == few


def test_the_page_of_an_answered_letter_leads_to_its_evidence(city, at, sign_in, sent):
    given.answered(city, at, sent)
    for who in ("zone_staff", "office", "leading_group"):
        page = sign_in(who).get(f"/supervision/letters/{sent}/")
        assert page.status_code == 200 and "佐证.txt" in page.content.decode()


def test_evidence_stands_under_the_step_it_was_handed_in_at(city, at, sign_in, sent):
    given.answered(city, at, sent)
    measure = rectified(city, at, sent)
    given.step(
        city, at, sent, "office", "pass_recheck", text="已到位", files=[("复查照片.txt", b"x")]
    )
    page = letter_page(viewer(city, "office"), sent, Moment(at))
    [one] = page.rectifications
    [(look, found)] = page.rechecks
    assert [file.name for file in page.files] == ["佐证.txt"]
    assert one.key == measure and [file.name for file in one.files] == ["佐证.txt"]
    assert look.passed and [file.name for file in found] == ["复查照片.txt"]
    assert one.files[0].key != page.files[0].key
    shown = sign_in("zone_staff").get(f"/supervision/letters/{sent}/").content.decode()
    assert shown.count("佐证.txt") == 2 and "复查照片.txt" in shown.partition('id="measures"')[2]


def test_of_several_lights_of_a_thing_the_letter_is_about_the_one_that_was_chosen(
    city, at, red, sign_in
):
    opened(city, at)
    later, office = at + 60 * DAY, city.people["office"]
    mine = [one for one in lit(viewer(city, "office"), Moment(later)) if one.kind in TWO]
    [unit] = mine[0].units
    lights = [one for one in mine if one.subject == mine[0].subject]
    assert {one.kind for one in lights} == TWO and len({one.key for one in lights}) == 2
    for light in lights:
        chosen = {"kind": "warning_letter", "unit": unit, "subjects": [light.key]}
        letter = draft_letter(**chosen, by=office, at=later)
        assert [(c.kind, c.rule) for c in letter.causes.all()] == [(light.kind, light.rule)]
        given.step(city, later, letter.key, "office", "withdraw_letter", why="换一项")
    whole = {"kind": "warning_letter", "unit": unit, "subjects": [mine[0].subject]}
    assert draft_letter(**whole, by=office, at=later).causes.count() == 2
