"""What tests of evaluations look at: the evaluation as a page, its state, its signed report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from factories.evaluating import target_card
from factories.papers import staff_office
from luodi.assessment import actions
from luodi.assessment.models import EvaluationState
from luodi.assessment.queries import (
    evaluation_page,
)
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.queries import open_state

JULY = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)
TARGETS = (
    target_card(11, "示例产值", "120", "亿元"),
    target_card(12, "示例入园企业", "12", "家"),
    target_card(13, "示例占比", "30", "%", period="2027"),
    target_card(14, "示例能耗", "100", "吨标准煤", comparator="<="),
)


def text(response) -> str:
    return response.content.decode()


def viewer(city, who):
    return viewer_of_person(city.people[who])


def seen(key) -> int:
    return EvaluationState.objects.open().get(evaluation=key).since_id


def page_of(city, key, who="office", moment=None):
    return evaluation_page(viewer(city, who), key, moment or Moment(JULY + timedelta(days=9)))


def by_title(page):
    return {row.title: row for row in page.rows}


def signed(city, key, office):
    staff_office(city, JULY)
    who = viewer(city, "office")
    usual = {"evaluation": key, "viewer": who, **office}
    paper = actions.open_evaluation_report(**usual).key
    actions.freeze_evaluation_report(**usual)
    check_paper(
        paper=paper, seen=open_state(paper).since_id, by=city.people["second_office"], at=JULY
    )
    sign_paper(
        paper=paper, seen=open_state(paper).since_id, by=city.people["office_leader"], at=JULY,
        render=render,
    )  # fmt: skip
    return paper
