"""Problems of projects: raised, dispatched as supervised items, declined, withdrawn; stuck ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.projects import bulk_projects
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.ledger.actions import open_item
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import (
    decline_problem,
    raise_problem,
    reopen_problem,
    report_money,
    withdraw_problem,
)
from luodi.projects.models import ProblemState
from luodi.projects.queries import problems, problems_page, stuck

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def raised(city, at, project):
    """The key of a problem that the clerk raised."""
    given = {"title": "用电容量不足", "content": "需要增容", "by": city.people["clerk"], "at": at}
    return raise_problem(project=project.key, **given).key


def seen(problem: str) -> int:
    return ProblemState.objects.open().get(problem=problem).since_id


def rows(city, at, who="office"):
    return problems(viewer_of_person(city.people[who]), Moment(at + timedelta(hours=1)))


def dispatch(city, at, problem: str):
    return open_item(
        city=city.key,
        source="call",
        title="协调增容",
        lead=city.units["市统计局"],
        about=f"problem:{problem}",
        by=city.people["office"],
        at=at,
    )


def test_a_problem_waits_until_it_is_dispatched_as_an_item(city, at, raised):
    [row] = rows(city, at)
    assert row.waits and row.stage_label == "待交办"
    told = InboxMessage.objects.filter(person=city.people["office"]).values_list("sentence")
    assert ("项目“示例光电产业园项目”上报问题，请交办：用电容量不足",) in told
    item = dispatch(city, at, raised)
    [row] = rows(city, at)
    assert (row.waits, row.number, row.open_item) == (False, item.number, True)
    [theirs] = rows(city, at, "clerk")
    assert (theirs.number, theirs.stage_label, theirs.open_item) == (item.number, "已交办", False)


def test_a_form_sent_twice_is_one_problem(city, at, raised, project):
    again = {"title": "用电容量不足 ", "content": "需要增容", "by": city.people["zone_staff"]}
    with pytest.raises(Conflict, match="还在等待交办"):
        raise_problem(project=project.key, at=at, **again)
    dispatch(city, at, raised)
    assert raise_problem(project=project.key, at=at, **again)


def test_what_is_dispatched_is_handled_in_the_ledger_only(city, at, raised):
    dispatch(city, at, raised)
    common = {"problem": raised, "why": "已解决", "at": at, "seen": seen(raised)}
    with pytest.raises(Conflict, match="已经交办"):
        decline_problem(by=city.people["office"], **common)
    with pytest.raises(Conflict, match="已经交办"):
        withdraw_problem(by=city.people["clerk"], **common)


def test_declining_needs_a_reason_and_can_be_taken_up_again(city, at, raised):
    office = {"problem": raised, "by": city.people["office"], "at": at}
    with pytest.raises(Incomplete):
        decline_problem(why=" ", seen=seen(raised), **office)
    decline_problem(why="不属于协调事项", seen=seen(raised), **office)
    with pytest.raises(Conflict):
        decline_problem(why="再次", seen=seen(raised), **office)
    told = InboxMessage.objects.filter(person=city.people["clerk"]).values_list("sentence")
    assert any("不予交办" in sentence and "不属于协调事项" in sentence for (sentence,) in told)
    reopen_problem(why="情况有变", seen=seen(raised), **office)
    assert rows(city, at)[0].waits


def test_who_may_do_what(city, at, raised, project):
    common = {"problem": raised, "why": "理由", "at": at, "seen": seen(raised)}
    with pytest.raises(NotAllowed):
        decline_problem(by=city.people["clerk"], **common)
    with pytest.raises(NotAllowed):
        withdraw_problem(by=city.people["office"], **common)
    for stranger in ("other_clerk", "auditor"):
        with pytest.raises((NotFound, NotAllowed)):
            raise_problem(project=project.key, title="问题", by=city.people[stranger], at=at)
        with pytest.raises((NotFound, NotAllowed)):
            withdraw_problem(by=city.people[stranger], **common)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        withdraw_problem(by=city.people["clerk"], **(common | {"seen": 1}))
    withdraw_problem(by=city.people["clerk"], **common)
    assert rows(city, at)[0].stage_label == "已撤回"


def test_the_pages_show_raise_and_move(city, sign_in, project):
    address = f"/projects/{project.key}/problems/"
    refused = sign_in("clerk").post(f"{address}raise/", {"title": " ", "content": "写好的话"})
    assert refused.status_code == 422 and "写好的话" in refused.content.decode()
    done = sign_in("clerk").post(f"{address}raise/", {"title": "缺水", "content": "x"}, follow=True)
    assert "缺水" in done.content.decode() and "撤回" in done.content.decode()
    page = sign_in("office").get(address).content.decode()
    assert "立项交办" in page and "不予交办" in page
    problem = ProblemState.objects.open().get(title="缺水").problem_id
    moved = sign_in("office").post(
        f"{address}{problem}/decline/", {"why": "重复", "seen": seen(problem)}, follow=True
    )
    assert "不予交办" in moved.content.decode() and "重复" in moved.content.decode()
    assert sign_in("office").post(f"{address}{problem}/burn/", {"why": "x"}).status_code == 404
    assert "缺水" in sign_in("office").get("/projects/problems/").content.decode()
    english = sign_in("office").get(address, headers={"accept-language": "en"}).content.decode()
    assert "Declined" in english and "不予交办" not in english


def test_the_item_form_knows_the_problem(sign_in, raised):
    page = sign_in("office").get(f"/ledger/new/?about=problem:{raised}").content.decode()
    assert "示例光电产业园项目：用电容量不足" in page


def test_another_project_is_not_reached_through_a_problem(city, at, sign_in, raised, opened):
    other = opened(name="别的项目", investor="别人").key
    said = {"why": "理由", "seen": seen(raised)}
    answer = sign_in("office").post(f"/projects/{other}/problems/{raised}/decline/", said)
    assert answer.status_code == 404


def found(city, at, day: date) -> dict[str, int]:
    later = Moment(at + (day - at.date()))
    _kinds, some = stuck(viewer_of_person(city.people["office"]), later)
    return {row.rule.key: row.days for row in some}


def test_a_project_is_stuck_after_its_days_and_no_longer_when_it_moves(city, at, project, moves):
    assert found(city, at, date(2026, 4, 1)) == {}
    assert found(city, at, date(2026, 4, 2)) == {"lead-not-talked": 31}
    for stage in ("talks", "review", "signed"):
        moves("office", stage)
    assert found(city, at, date(2026, 9, 1)) == {}
    assert found(city, at, date(2026, 9, 2)) == {"signed-not-started": 181}
    moves("office", "permits")
    moves("office", "started")
    assert set(found(city, at, date(2026, 6, 1))) == {
        "started-not-invested",
        "started-not-in-statistics",
    }
    given = {"to_date": "12", "month": "12"}
    report_money(
        project=project.key,
        series="dispatch",
        period="2026-02",
        amounts=given,
        by=city.people["office"],
        at=at,
    )
    assert set(found(city, at, date(2026, 6, 1))) == {"started-not-in-statistics"}
    moves("office", "signed", why="停工退回")
    assert found(city, at, date(2026, 6, 1)) == {}
    moves("office", "ended", why="终止")
    assert found(city, at, date(2027, 6, 1)) == {}


def test_stuck_counts_open_problems_in_it(city, at, project, raised):
    dispatch(city, at, raised)
    later = Moment(at + timedelta(days=60))
    _kinds, [row] = stuck(viewer_of_person(city.people["office"]), later)
    assert (row.days, row.over, row.problems) == (60, 30, 1)


def test_lists_take_as_many_queries_for_many(
    city, at, sign_in, project, raised, django_assert_max_num_queries
):
    client = sign_in("office")
    counts = []
    for turn in range(2):
        with django_assert_max_num_queries(60) as asked:
            client.get("/projects/problems/")
            client.get("/projects/stuck/")
        counts.append(len(asked))
        bulk_projects(city, 6, at - timedelta(days=400))
        given = {"by": city.people["clerk"], "at": at}
        for n in range(3):
            raise_problem(project=project.key, title=f"问题{turn}{n}", **given)
    assert counts[0] >= counts[1] - 1


def test_a_page_as_known_before(city, at, project, raised):
    before = Moment(at, ProblemState.objects.open().get(problem=raised).since_id)
    decline_problem(problem=raised, why="否", by=city.people["office"], at=at, seen=seen(raised))
    page = problems_page(project.key, viewer_of_person(city.people["office"]), before)
    assert page is not None and page.rows[0].waits and not page.rows[0].moves
