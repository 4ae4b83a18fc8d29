"""A firm that moves or is merged: its running requests are handed over, its visits follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.city import FIRMS
from factories.projects import details
from factories.registers import moved_home
from factories.requests import FIRM, answered, asked, in_hand, planned, visited
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import merge_enterprise
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import open_lead, record_firm, record_visit
from luodi.projects.choices import Threshold
from luodi.services import actions, queries
from luodi.services.models import RequestClock, RequestState

pytestmark = pytest.mark.django_db(databases="__all__")

COUNTY = "甲县"


def text(response) -> str:
    return response.content.decode()


def state(request) -> RequestState:
    return RequestState.objects.open().get(request=request)


def told(person: str) -> str:
    return "".join(InboxMessage.objects.filter(person=person).values_list("sentence", flat=True))


def test_a_running_request_goes_to_the_new_desk_and_the_old_one_reads(city, at, step, sign_in):
    one, done = in_hand(city, at), answered(city, at, "办完的", category="sales")
    step(done, "accept_answer", who="enterprise", satisfied="satisfied")
    due = RequestClock.objects.open().get(request=one, limit="settle").due_at
    county = moved_home(city, at, FIRM)
    now = state(one)
    assert (now.lead, now.desk) == (city.units[COUNTY],) * 2
    assert state(done).desk == "" and state(done).lead == city.units["开发区管委会"]
    assert RequestClock.objects.open().get(request=one, limit="settle").due_at == due
    zone = sign_in("zone_staff")
    page = text(zone.get(f"/requests/{one.key}/"))
    assert "由甲县接办，时限不变" in page and "开发区管委会可以查看" in page
    assert f"/requests/{one.key}/answer/" not in page
    refused = zone.post(f"/requests/{one.key}/answer/", {"text": "x"})
    assert refused.status_code == 403 and state(one).stage == "in_hand"
    with pytest.raises(NotAllowed):
        step(one, "write_note", text="旧单位")
    actions.answer(request=one.key, text="新单位答复", by=county, at=at)
    assert "由其接办" in text(sign_in("enterprise").get(f"/my-requests/{one.key}/"))
    assert "随企业转出" in told(city.people["zone_staff"])
    assert "由新的归口单位接办" in told(city.people["enterprise"])


def test_one_that_a_bureau_leads_stays_with_it_under_the_new_desk(city, at, step):
    one = in_hand(city, at)
    bureau = city.units["市工信局"]
    step(one, "call_out", lead=bureau, called=[], task="会商")
    county = moved_home(city, at, FIRM)
    assert (state(one).lead, state(one).desk) == (bureau, city.units[COUNTY])
    actions.tell_firm(request=one.key, text="在办", by=county, at=at)


def test_moving_twice_leaves_every_desk_a_reader(city, at):
    one = asked(city, at)
    first = moved_home(city, at, FIRM)
    second = moved_home(city, at, FIRM, "乙县")
    for person in (first, second, city.people["zone_staff"]):
        assert queries.request_page(one.key, viewer_of_person(person), Moment(at)) is not None
    with pytest.raises(NotAllowed):
        actions.respond(request=one.key, text="x", by=first, at=at)
    actions.respond(request=one.key, text="好", by=second, at=at)
    assert Act.objects.filter(verb="hand_over_request").count() == 2


def test_a_level_is_raised_at_the_new_home(city, at):
    one = asked(city, at)
    moved_home(city, at, FIRM)
    assert actions.raise_late_requests(by="system:services", at=at + timedelta(hours=2)) == 1
    assert "升级到您这里" not in told(city.people["zone_leader"])
    assert state(one).level == 2


def test_where_the_home_is_the_same_nothing_is_handed_over(city, at):
    one, firm = asked(city, at), city.enterprises[FIRM]
    assert actions.hand_over_requests(firms=[firm], by="system:services", at=at) == 0
    assert state(one).desk == ""


def test_requests_and_visits_follow_a_merger_to_the_successors_home(city, at, sign_in):
    old, new = (city.enterprises[name] for name, _ in FIRMS)
    one, key = in_hand(city, at), visited(city, at)
    given = {"enterprise": old, "into": new, "why": "合并", "by": city.people["office"], "at": at}
    assert merge_enterprise(**given) == 2
    assert (state(one).firm, state(one).desk) == (new, city.units[COUNTY])
    office = viewer_of_person(city.people["office"])
    assert [row.key for row in queries.visits(office, Moment(at), new)] == [key]
    assert queries.visits(office, Moment(at), old) == []
    quiet = {
        firm: queries.firm_service(office, firm, Moment(at)).quiet[0].counted for firm in (old, new)
    }
    assert quiet == {old: 0, new: 1}
    assert "看新线" not in text(sign_in("enterprise").get("/my-visits/"))
    assert FIRMS[1][0] in text(sign_in("office").get(f"/visits/{key}/"))


def test_a_firm_with_visits_alone_can_follow_its_merger(city, at):
    key = planned(city, at)
    old, new = (city.enterprises[name] for name, _ in FIRMS)
    merge_enterprise(enterprise=old, into=new, why="合并", by=city.people["office"], at=at)
    subject = actions.note_problem(
        visit=key, title="缺工", text="缺工", category="labour", by=city.people["office"], at=at
    )
    assert state(subject.removeprefix("request:")).firm == city.enterprises[FIRMS[1][0]]


def test_visits_to_the_sites_of_its_projects_count(city, at, sign_in):
    office = {"by": city.people["office"], "at": at}
    said = details(city, name="示例扩建", code="")
    project = open_lead(city=city.key, details=said, **office).key
    record_firm(project=project, enterprise=FIRM, threshold=Threshold.values[0], days={}, **office)
    for kind, words in (("visit", "看工地"), ("visit", "又看"), ("progress", "进度")):
        record_visit(project=project, kind=kind, text=words, **office)
    page = text(sign_in("enterprise").get("/my-visits/"))
    assert page.count("到项目现场：示例扩建") == 1 and "看工地" not in page
    quiet = queries.own_visits(viewer_of_person(city.people["enterprise"]), Moment(at))[1][0]
    assert (quiet.counted, quiet.sites) == (1, 1)
    visited(city, at)
    with pytest.raises(Incomplete, match="已有 2 次"):
        planned(city, at, "第三次")
