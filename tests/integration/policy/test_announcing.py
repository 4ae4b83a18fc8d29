"""Who is told of a policy: firms that fit or are near, their homes, the office; once an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.policies import known
from luodi.common.moments import Moment
from luodi.jobs.models import InboxMessage
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import whole_city
from luodi.policy.actions import announce_due, check_rule, enter_rule
from luodi.policy.models import Announcement
from luodi.policy.queries import article_for, firms_for
from luodi.policy.queries.matching import firms_known
from luodi.policy.rules import Line, is_news

CLOCK = "system:clock"


@pytest.fixture
def told(ready):
    """`told(person)`: what somebody was told of the first article, the oldest first."""

    def read(person) -> list[str]:
        rows = InboxMessage.objects.filter(subject=f"article:{ready.first}", person=person)
        return list(rows.order_by("pk").values_list("sentence", flat=True))

    return read


def again(city, at, ready, least: str, from_on: date) -> None:
    """A new version of the first article's conditions."""
    line = Line(1, False, "revenue", "at_least", least)
    by = {"article": ready.first, "at": at}
    enter_rule(lines=[line], from_on=from_on, by=city.people["office"], **by)
    clerk = city.people["clerk"]
    waiting = article_for(viewer_of_person(clerk), ready.first, Moment(at)).waiting
    check_rule(seen=waiting.since_id, by=clerk, **by)


def test_each_is_told_once(city, at, ready, told):
    announce_due(by=CLOCK, at=at)
    assert told(city.people["enterprise"]) == ["有一条政策与贵企业相符：奖励规上企业"]
    [home] = told(city.people["zone_staff"])
    assert "相符 1、只差一项 0" in home and "示例光电一厂" in home
    [office] = told(city.people["clerk"])
    assert "已告知全市企业：相符 1" in office
    for who in ("other_clerk", "leading_group", "statistician"):
        assert told(city.people[who]) == []
    assert announce_due(by=CLOCK, at=at + timedelta(days=1)) == 0


def test_a_near_miss_is_told_what_it_lacks_and_again_when_it_fits(city, at, ready, told):
    firm = city.people["enterprise"]
    known(city, at, revenue="1800万元")
    announce_due(by=CLOCK, at=at)
    [near] = told(firm)
    assert "只差一项：奖励规上企业" in near and "差200万元" in near
    known(city, at, revenue="2100万元")
    announce_due(by=CLOCK, at=at + timedelta(days=1))
    assert told(firm)[1:] == ["有一条政策与贵企业相符：奖励规上企业"]


def test_a_new_version_is_told_to_those_whose_answer_changed(city, at, ready, told):
    firm = city.people["enterprise"]
    announce_due(by=CLOCK, at=at)
    again(city, at, ready, "2500万元", date(2026, 2, 2))
    assert len(told(firm)) == 1
    again(city, at, ready, "5000万元", date(2026, 2, 3))
    assert len(told(firm)) == 2 and "只差一项" in told(firm)[1]
    assert list(
        Announcement.objects.filter(article=ready.first, enterprise=ready.firm)
        .order_by("act").values_list("answer", flat=True)
    ) == ["fits", "near"]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "news"),
    [("", {"fits", "near"}), ("fits", {"near", "fails"}), ("near", {"fits"}),
     ("fails", {"fits", "near"})],
)  # fmt: skip
def test_what_is_news(last, news):
    assert {
        now for now in ("fits", "near", "fails", "unknown", "unruled") if is_news(last, now)
    } == news


def test_the_answers_of_all_firms_at_once_are_those_of_each(city, at, ready):
    known(city, at, "示例光电二厂", revenue="1800万元", rd_share="1", certificates="绿色工厂")
    viewer = whole_city(city.key)
    firms = firms_known(viewer, Moment(at))
    for article in (ready.first, ready.second, ready.third):
        row, each = firms_for(article, viewer, Moment(at))
        keys = [state.of_id for state in firms.states]
        assert dict(zip(keys, firms.answers(row.condition), strict=True)) == {
            one.key: one.told.state for one in each
        }
