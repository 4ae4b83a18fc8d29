"""The clock of a lead's first answer: its light, in the list and on the cards, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.projects import details
from luodi.common.moments import Moment
from luodi.console.queries import duties_of
from luodi.jobs.models import InboxMessage
from luodi.jobs.signals import ticked
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.queries import leads_waiting, projects
from luodi.projects.receivers import answering

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def light(city, moment):
    [row] = projects(viewer_of_person(city.people["office"]), moment)
    return row.light


def test_the_light_goes_by_the_rules_of_the_pack(city, at, project, moves):
    """Due on the third working day, 5 March, at the offices' close."""
    assert light(city, Moment(at)) == ("green", "应于 2026-03-05 前首次答复，还有 3 天")
    assert light(city, Moment(at + timedelta(days=2)))[0] == "yellow"
    evening = at.replace(day=5, hour=15)
    assert light(city, Moment(evening)) == ("red", "应于 2026-03-05 前首次答复，已超期 1 天")
    assert light(city, Moment(at + timedelta(days=9)))[1].endswith("已超期 6 天")
    moves("clerk", "talks")
    assert light(city, Moment(at + timedelta(days=30))) == ("done", "已于 2026-03-03 首次答复")


def test_a_late_answer_says_how_late(city, at, project):
    office = {"by": city.people["office"], "at": at + timedelta(days=5)}
    actions.move_project(project=project.key, to="talks", **office)
    found = light(city, Moment(at + timedelta(days=60)))
    assert found == ("done", "已于 2026-03-07 首次答复，超过应答复日 2026-03-05 共 2 天")


def test_a_merged_lead_is_answered_where_either_was(city, at, project, opened):
    other = opened(name="又登记的", code="").key
    office = {"by": city.people["office"], "at": at}
    actions.move_project(project=other, to="talks", **office)
    actions.merge_project(project=other, into=project.key, takes=[], why="重复", **office)
    assert light(city, Moment(at + timedelta(days=30)))[0] == "done"
    assert leads_waiting(viewer_of_person(city.people["clerk"]), Moment(at)) == []


def test_list_board_and_page_show_it_and_the_list_filters(sign_in, city, project, at):
    client = sign_in("office")
    page = text(client.get("/projects/?f_answer=超期"))
    assert "示例光电产业园项目" in page and "light-red" in page and "首次答复" in page
    assert (
        "示例光电产业园项目" not in text(client.get("/projects/?f_answer=正常")).split("<tbody")[-1]
    )
    assert "light-red" in text(client.get("/projects/board/"))
    assert "应于 2026-03-05 前首次答复" in text(client.get(f"/projects/{project.key}/"))
    english = {"headers": {"Accept-Language": "en"}}
    assert "First answer was due 2026-03-05" in text(client.get("/projects/", **english))


def test_todays_page_lists_leads_to_be_answered(city, at, project):
    def duties(who, moment):
        found = duties_of(viewer_of_person(city.people[who]), moment)
        return [(duty.light, duty.what) for duty in found if "答复" in duty.what]

    near, late = Moment(at + timedelta(days=2)), Moment(at + timedelta(days=9))
    assert duties("clerk", near) == [("yellow", "待首次答复：示例光电产业园项目")]
    assert duties("office", near) == [] and duties("zone_staff", late) == []
    assert duties("office", late) == [("red", "1 条线索超期未答复")]
    assert duties("other_clerk", late) == []


def test_the_scheduler_tells_the_lead_once_a_day_and_the_office_when_late(city, at, project):
    def told(who):
        rows = InboxMessage.objects.filter(person=city.people[who], kind="project")
        return list(rows.order_by("pk").values_list("sentence", flat=True))

    def tick(days, hours=0):
        answering._told_on.clear()
        answering.tell_answers(None, at + timedelta(days=days, hours=hours))

    tick(0)
    assert told("clerk") == []
    tick(2, -3)
    assert told("clerk") == []
    for _again in range(2):
        tick(2)
    assert told("clerk") == [
        "线索待首次答复：示例光电产业园项目。应于 2026-03-05 前首次答复，只剩 1 天"
    ]
    (english,) = InboxMessage.objects.filter(person=city.people["clerk"], kind="project")
    assert "应于" not in english.sentence_en and "只剩" not in english.sentence_en
    assert told("office") == []
    tick(4)
    assert len(told("clerk")) == 2 and told("office") == ["1 条线索已超过首次答复时限，尚未答复"]
    office = {"by": city.people["office"], "at": at + timedelta(days=4)}
    actions.move_project(project=project.key, to="talks", **office)
    tick(5)
    assert len(told("clerk")) == 2 and len(told("office")) == 1


def test_the_tick_reaches_it(city, at, project):
    answering._told_on.clear()
    ticked.send(sender=None, at=at + timedelta(days=4))
    assert InboxMessage.objects.filter(kind="project").exists()


def test_without_a_clock_the_light_says_so(city, at, monkeypatch):
    monkeypatch.setattr("luodi.projects.actions.opening.first_answer", lambda *_: (None, {}))
    actions.open_lead(city=city.key, details=details(city), by=city.people["office"], at=at)
    assert light(city, Moment(at)) == ("none", "本市规则未设首次答复时限，不能判断")
    assert leads_waiting(viewer_of_person(city.people["clerk"]), Moment(at)) == []
