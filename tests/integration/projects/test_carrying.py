"""What else is written down of a merged project: taken over by choice, or a reason to swap."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from factories.chains import drawn_in, invited
from factories.projects import details
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.choices import FundingKind, FundingStep
from luodi.projects.models import MoneyFigure, ProblemState, Project, YearPlan
from luodi.projects.queries import CARRIED, problems_page
from luodi.projects.queries.sources import leads_from

pytestmark = pytest.mark.django_db(databases="__all__")

ELSEWHERE = {
    "ProjectState", "StageMove", "Merge", "MergeState", "BatchEntry",  # merging itself
    "Agreement", "Funding", "Review",  # refuse the merge while they go on
    "Problem",  # dealt with where the project goes on
    "SiteVisit", "PlanMention",  # facts: read at the merged project
    "SitePair",  # of one batch's assignment
    "LeadSource",  # followed to where the project goes on
}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def twins(opened):
    return opened().key, opened(name="示例光电产业园（建设）").key


def told(city, at, project, period, month="100"):
    actions.report_money(
        project=project, series="dispatch", period=period,
        amounts={"month": month}, by=city.people["clerk"], at=at,
    )  # fmt: skip


def merge(city, at, twins, carries=()):
    actions.merge_project(
        project=twins[1], into=twins[0], takes=[], carries=carries, why="重复登记",
        by=city.people["office"], at=at,
    )  # fmt: skip


def test_nothing_that_hangs_on_a_project_is_forgotten():
    carried = {model.__name__ for models in CARRIED.values() for model in models}
    hanging = {
        model.__name__
        for model in apps.get_app_config("projects").get_models()
        for field in model._meta.fields
        if field.name == "project" and field.related_model is Project
    }
    assert hanging == carried | ELSEWHERE


def test_money_is_taken_over_where_the_survivor_has_none_and_given_back(city, at, twins):
    for key, period in ((twins[0], "2026-01"), (twins[1], "2026-01"), (twins[1], "2026-02")):
        told(city, at, key, period, "300" if key == twins[1] else "100")
    actions.plan_year(project=twins[1], year=2026, amount="5000", by=city.people["clerk"], at=at)
    merge(city, at, twins, ["money"])

    def months(project):
        rows = MoneyFigure.objects.open().filter(project=project).order_by("period")
        return [(row.period, row.month) for row in rows]

    assert months(twins[0]) == [("2026-01", 100), ("2026-02", 300)]
    assert months(twins[1]) == [("2026-01", 300), ("2026-02", 300)]
    assert YearPlan.objects.open().filter(project=twins[0]).count() == 1
    office = {"by": city.people["office"], "at": at}
    actions.unmerge_project(project=twins[1], why="误并", **office)
    assert months(twins[0]) == [("2026-01", 100)]
    assert not YearPlan.objects.open().filter(project=twins[0]).exists()
    assert verify().breaks == ()


def test_what_was_corrected_since_stays_and_is_said(city, at, twins, sign_in):
    told(city, at, twins[1], "2026-02")
    merge(city, at, twins, ["money"])
    actions.report_money(
        project=twins[0], series="dispatch", period="2026-02", why="核实",
        amounts={"month": "150"}, by=city.people["clerk"], at=at,
    )  # fmt: skip
    office = {"by": city.people["office"], "at": at}
    actions.unmerge_project(project=twins[1], why="误并", **office)
    assert MoneyFigure.objects.open().get(project=twins[0]).month == 150
    page = text(sign_in("office").get(f"/projects/{twins[0]}/"))
    assert "一并带入的：资金" in page and "保持现值的：资金" in page


def test_a_person_may_leave_it_behind_and_the_page_offers_it(city, at, twins, sign_in):
    told(city, at, twins[1], "2026-02")
    page = text(sign_in("office").get(f"/projects/{twins[0]}/merge/{twins[1]}/"))
    assert 'name="carries" value="money" checked' in page and "可带入 1 条" in page
    merge(city, at, twins)
    assert not MoneyFigure.objects.open().filter(project=twins[0]).exists()
    with pytest.raises(NotFound):
        actions.unmerge_project(project=twins[0], why="x", by=city.people["office"], at=at)


def test_groups_that_are_none_are_refused(city, at, twins):
    with pytest.raises(NotFound):
        merge(city, at, twins, ["stage"])


def test_what_goes_on_under_its_own_key_asks_to_swap(city, at, twins, sign_in):
    actions.record_funding(
        project=twins[1], kind=FundingKind.LOAN, giver="示例银行", step=FundingStep.RECOMMENDED,
        amount="1000", happened_on=date(2026, 2, 1), by=city.people["clerk"], at=at,
    )  # fmt: skip
    with pytest.raises(Incomplete, match="融资记录 1，只能在它自己名下继续办：请对调"):
        merge(city, at, twins)
    page = text(sign_in("office").get(f"/projects/{twins[0]}/merge/{twins[1]}/"))
    assert "融资记录 1" in page and "请对调" in page
    merge(city, at, twins[::-1])


def test_a_review_that_is_not_decided_asks_to_swap_too(city, at, opened):
    twins = opened(signing="none").key, opened(name="又登记的", signing="none").key
    office = {"by": city.people["office"], "at": at}
    actions.open_review(project=twins[1], held_on=date(2026, 3, 20), **office)
    with pytest.raises(Incomplete, match="未决的评审 1，只能在它自己名下"):
        merge(city, at, twins)
    merge(city, at, twins[::-1])


def test_problems_are_dealt_with_where_the_project_goes_on(city, at, twins):
    clerk = city.people["clerk"]
    problem = actions.raise_problem(project=twins[1], title="缺电", by=clerk, at=at).key
    merge(city, at, twins)
    with pytest.raises(Closed):
        actions.raise_problem(project=twins[1], title="又缺", by=clerk, at=at)
    viewer = viewer_of_person(city.people["office"])
    assert [row.title for row in problems_page(twins[0], viewer, Moment(at)).rows] == ["缺电"]
    seen = ProblemState.objects.open().get(problem=problem).since_id
    actions.withdraw_problem(problem=problem, why="已解决", by=clerk, at=at, seen=seen)
    assert ProblemState.objects.open().get(problem=problem).stage == "withdrawn"


def test_what_came_of_a_target_firm_goes_on_where_its_project_does(city, at, opened):
    drawn_in(city, at)
    target, office = invited(city, at), city.people["office"]
    lead = actions.open_lead(
        city=city.key, details=details(city, name="示例传感器项目"), target=target, by=office, at=at
    )
    other = opened()
    assert leads_from([target], Moment(at))[target].key == lead.key
    merge(city, at, (other.key, lead.key))
    assert leads_from([target], Moment(at))[target].key == other.key
    actions.unmerge_project(project=lead.key, why="误并", by=office, at=at)
    assert leads_from([target], Moment(at))[target].key == lead.key
