"""Expert reviews: panel, declarations, opinions, decision, a stage that asks for one; the page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.city import make_city
from factories.projects import details
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.projects.actions import (
    decide_review,
    fill_seat,
    give_opinion,
    move_project,
    open_lead,
    open_review,
)
from luodi.projects.actions import reviews as acting
from luodi.projects.models import ProjectState, Review, ReviewSeat, ReviewState
from luodi.projects.queries.reviews import project_reviews

pytestmark = pytest.mark.django_db(databases="__all__")

SCORES = {"direction": 16, "investor": 15, "technology": 14, "intensity": 18, "safety": 20}
SEATS = ("institute-1", "expert-1", "expert-2", "expert-3")
FREE = {"conflict": "free", "verdict": "for", "scores": SCORES, "opinion": "可行"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def unsigned(opened):
    return opened(signing="none")


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at + timedelta(days=1)}


@pytest.fixture
def running(city, unsigned, office):
    """A project with a round of review whose seats are filled, one by somebody with an account."""
    open_review(project=unsigned.key, held_on=date(2026, 3, 2), **office)
    for seat in SEATS[:-1]:
        fill_seat(project=unsigned.key, seat=seat, says="省级设计院", **office)
    person = city.people["statistician"]
    fill_seat(project=unsigned.key, seat=SEATS[-1], person=person, **office)
    return unsigned


def page_of(city, project, at, who="office", moment=None):
    return project_reviews(
        project.key, viewer_of_person(city.people[who]), moment or Moment(at + timedelta(days=9))
    )


def all_opine(project, office, but=()):
    for seat in SEATS:
        if seat not in but:
            give_opinion(project=project.key, seat=seat, **FREE, **office)


def decide(project, office, decision="passed", day=date(2026, 3, 3)):
    decide_review(project=project.key, decision=decision, why="方向符合", decided_on=day, **office)


def test_a_review_goes_from_its_panel_to_a_decision(city, at, running, office):
    all_opine(running, office, but=["expert-2"])
    with pytest.raises(Incomplete, match="还有席位"):
        decide(running, office)
    low = dict.fromkeys(SCORES, 0)
    give_opinion(
        project=running.key, seat="expert-2", conflict="free", verdict="against", scores=low,
        opinion="技术不成熟", evidence=[("意见.txt", b"ok")], **office,
    )  # fmt: skip
    before = Moment(at + timedelta(days=9), ReviewSeat.objects.order_by("-since")[0].since_id)
    decide(running, office)
    [shown] = page_of(city, running, at).reviews
    assert (shown.decision, shown.running, shown.counted) == ("通过", False, 4)
    assert shown.share == Decimal("62.25") and shown.means[0] == ("产业方向", Decimal(12), 20)
    assert ProjectState.objects.open().get(project=running).reviewed
    assert page_of(city, running, at, moment=before).reviews[0].running
    with pytest.raises(Closed, match="不能再改"):
        give_opinion(project=running.key, seat="expert-1", **FREE, **office)
    with pytest.raises(Closed):
        decide(running, office, "refused")
    assert verify().breaks == ()


def test_whoever_has_a_conflict_steps_aside_and_is_replaced(city, at, running, office):
    seat = {"project": running.key, "seat": "expert-1"}
    with pytest.raises(Incomplete, match="先声明"):
        give_opinion(conflict="undeclared", **seat, **office)
    with pytest.raises(Incomplete, match="什么关系"):
        give_opinion(conflict="conflicted", **seat, **office)
    with pytest.raises(Incomplete, match="回避"):
        give_opinion(
            conflict="conflicted", conflict_words="投资方顾问", verdict="for", **seat, **office
        )
    give_opinion(conflict="conflicted", conflict_words="投资方顾问", **seat, **office)
    all_opine(running, office, but=["expert-1"])
    with pytest.raises(Incomplete, match="换人后再"):
        decide(running, office)
    assert page_of(city, running, at).reviews[0].counted == 3
    with pytest.raises(Incomplete, match="写明原因"):
        fill_seat(says="另一设计院", **seat, **office)
    fill_seat(says="另一设计院", why="原专家回避", **seat, **office)
    [row] = [r for r in page_of(city, running, at).reviews[0].seats if r.seat == "expert-1"]
    assert (row.who, row.conflict, row.points) == ("另一设计院", "undeclared", None)
    give_opinion(**seat, **FREE, **office)
    decide(running, office, "passed_with_changes")
    assert ProjectState.objects.open().get(project=running).reviewed


def test_who_works_in_the_lead_unit_is_not_free(city, running, office):
    fill_seat(project=running.key, seat="expert-2", person=city.people["section_head"], **office)
    with pytest.raises(Incomplete, match="牵头单位"):
        give_opinion(project=running.key, seat="expert-2", **FREE, **office)


def test_an_opinion_is_whole(running, office):
    seat = {"project": running.key, "seat": "expert-1", "conflict": "free"}
    for given, words in (
        ({"verdict": "", "opinion": "可"}, "结论"),
        ({"verdict": "for", "opinion": " "}, "意见"),
        ({"verdict": "for", "opinion": "可", "scores": {}}, "产业方向"),
        ({"verdict": "for", "opinion": "可", "scores": SCORES | {"safety": 21}}, "0 到 20"),
        ({"verdict": "for", "opinion": "可", "scores": SCORES | {"safety": -1}}, "0 到 20"),
    ):
        with pytest.raises(Incomplete, match=words):
            give_opinion(**seat, **given, **office)


def test_the_sitter_or_the_office_speaks_and_the_office_runs_it(city, at, running, office):
    later = {"at": at + timedelta(days=2)}
    mine = {"project": running.key, "seat": "expert-3", **FREE, **later}
    give_opinion(by=city.people["statistician"], **mine)
    with pytest.raises(NotAllowed, match="本人填写"):
        give_opinion(by=city.people["clerk"], **mine)
    for who in ("clerk", "zone_staff", "leading_group"):
        by = {"by": city.people[who], **later}
        with pytest.raises(NotAllowed, match="专班办公室组织"):
            fill_seat(project=running.key, seat="expert-1", says="院", **by)
        with pytest.raises(NotAllowed):
            decide(running, by)
    with pytest.raises(NotFound):
        open_review(
            project=running.key, held_on=date(2026, 3, 9), by=city.people["other_clerk"], **later
        )


def test_what_can_not_be_is_refused(city, at, running, opened, office):
    with pytest.raises(Conflict, match="在进行"):
        open_review(project=running.key, held_on=date(2026, 3, 9), **office)
    with pytest.raises(Incomplete, match="已经签订正式合同"):
        open_review(project=opened(name="已签").key, held_on=date(2026, 3, 9), **office)
    seat = {"project": running.key, "seat": "expert-1", **office}
    with pytest.raises(Incomplete, match="两项填一项"):
        fill_seat(says="", **seat)
    with pytest.raises(NotFound, match="没有这个人员"):
        fill_seat(person="nobody", **seat)
    with pytest.raises(Incomplete, match="没有改动"):
        fill_seat(says="省级设计院", **seat)
    with pytest.raises(NotFound, match="没有这个席位"):
        fill_seat(project=running.key, seat="expert-9", says="院", **office)
    all_opine(running, office)
    for day in (date(2026, 3, 1), date(2026, 3, 4)):
        with pytest.raises(Incomplete, match="结论日期"):
            decide(running, office, day=day)


def test_a_new_round_takes_the_earlier_decision_back(city, at, running, office):
    all_opine(running, office)
    decide(running, office)
    known = ReviewState.objects.order_by("-since")[0].since_id
    open_review(project=running.key, held_on=date(2026, 3, 9), **office)
    assert not ProjectState.objects.open().get(project=running).reviewed
    assert len(page_of(city, running, at).reviews) == 2
    assert len(page_of(city, running, at, moment=moment_at(known)).reviews) == 1


def test_two_at_once_open_one_round(city, at, unsigned, office, monkeypatch):
    def with_another_before(*args, **kwargs):
        monkeypatch.undo()
        open_review(project=unsigned.key, held_on=date(2026, 3, 9), **office)
        return acting.perform(*args, **kwargs)

    monkeypatch.setattr(acting, "perform", with_another_before)
    with pytest.raises(Conflict, match="别人刚刚"):
        open_review(project=unsigned.key, held_on=date(2026, 3, 9), **office)
    assert Review.objects.count() == 1


def asking_city(at):
    """A city whose pack asks for a passed review before signing."""
    pack = resolve("jincheng").content()
    for part in pack:
        for rule in part["rules"].get("pipeline", []):
            if rule["key"] == "signed":
                rule["requires"] = [*rule["requires"], "reviewed"]
    return make_city(at=at, pack=pack, key="asking")


def test_a_pack_may_ask_for_a_passed_review_before_signing(db, at):
    city = asking_city(at)
    office = {"by": city.people["office"], "at": at + timedelta(days=1)}
    said = details(city, signing="framework")
    project = open_lead(city=city.key, details=said, by=city.people["office"], at=at)
    sign = {"project": project.key, "to": "signed", "evidence": [("协议.txt", b"ok")], **office}
    with pytest.raises(Incomplete, match="还缺：专家评审通过"):
        move_project(**sign)
    open_review(project=project.key, held_on=date(2026, 3, 2), **office)
    for seat in SEATS:
        fill_seat(project=project.key, seat=seat, says="省级设计院", **office)
    all_opine(project, office)
    decide(project, office, "refused")
    with pytest.raises(Incomplete, match="专家评审通过"):
        move_project(**sign)
    open_review(project=project.key, held_on=date(2026, 3, 3), **office)
    for seat in SEATS:
        fill_seat(project=project.key, seat=seat, says="省级设计院", **office)
    all_opine(project, office)
    decide(project, office)
    assert "“" not in page_of(city, project, at).asked_for and page_of(city, project, at).asked_for
    move_project(**sign)
    assert ProjectState.objects.open().get(project=project).stage == "signed"


def test_a_city_without_a_rule_says_so(db, at):
    city = make_city(at=at, pack=resolve("linfen").content(), key="other")
    said = details(city, signing="none", mode="")
    project = open_lead(city=city.key, details=said, by=city.people["office"], at=at)
    with pytest.raises(NotFound, match="没有评审规则"):
        open_review(project=project.key, held_on=date(2026, 3, 2), by=city.people["office"], at=at)


def test_the_page_is_worked_with(sign_in, city, unsigned):
    address = f"/projects/{unsigned.key}/review/"
    office = sign_in("office")
    page = text(office.get(address))
    assert "晋城经济技术开发区" in page and "推定" in page and "不以评审通过为签约条件" in page
    page = office.post(f"{address}open/", {"held_on": "2026-03-02"}, follow=True)
    assert "评审已登记" in text(page) and "评审院所 1" in text(page)
    person = city.people["statistician"]
    page = text(office.post(f"{address}seat/", {"seat": "expert-1", "person": person}, follow=True))
    assert "席位已确定" in page and "示例-09" in page
    bad = office.post(f"{address}seat/", {"seat": "expert-2"})
    assert bad.status_code == 422 and "两项填一项" in text(bad)
    sitter = sign_in("statistician")
    assert "登记意见" in text(sitter.get(address))
    paper = SimpleUploadedFile("意见.txt", b"ok")
    given = {
        "seat": "expert-1",
        "conflict": "free",
        "verdict": "for",
        "opinion": "可行",
        "evidence": paper,
    }
    given |= {f"score_{key}": str(points) for key, points in SCORES.items()}
    page = text(sitter.post(f"{address}opinion/", given, follow=True))
    assert "意见已登记" in page and "得分率 <b>83.00</b>%" in page
    assert sitter.post(f"{address}decide/", {}).status_code == 403
    assert sign_in("zone_staff").post(f"{address}opinion/", given).status_code == 403
    assert sign_in("other_clerk").get(address).status_code == 404
    early = office.post(
        f"{address}decide/", {"decision": "passed", "decided_on": date.today(), "why": "好"}
    )
    assert early.status_code == 422 and "还有席位" in text(early)
    english = sign_in("office")
    english.post("/language/", {"language": "en"})
    answer = text(english.get(address))
    assert "Review by an institute and three experts" in answer and "No conflict" in answer
