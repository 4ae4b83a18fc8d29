"""Messages about what comes due, counts for leaders, and what changed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from luodi.common.doors import facts
from luodi.common.moments import Moment
from luodi.jobs.models import InboxMessage
from luodi.jobs.signals import ticked
from luodi.ledger import actions, receivers
from luodi.ledger.queries import changed_since, counts_by_unit, items_about
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")


def messages(person) -> list[str]:
    rows = InboxMessage.objects.filter(person=person).order_by("pk")
    return [row.sentence for row in rows if "期" in row.sentence]


def test_leads_are_told_once_a_day_what_is_near_and_over(city, at, item):
    receivers._told_on.clear()
    near, over = at + timedelta(days=16), at + timedelta(days=20)
    for when in (near, near + timedelta(minutes=1), over):
        ticked.send(sender=None, at=when)
    receivers._told_on.clear()
    ticked.send(sender=None, at=over + timedelta(hours=2))
    first, second = messages(city.people["clerk"])
    assert "临期" in first and "已超期" in second


def test_why_is_told_in_both_languages(city, at, item):
    receivers._told_on.clear()
    ticked.send(sender=None, at=at + timedelta(days=20))
    told = InboxMessage.objects.get(person=city.people["clerk"], sentence__contains="已超期：")
    assert "应于" in told.sentence and not re.search("应于|超期", told.sentence_en)


def test_nobody_is_told_at_night(city, at, item):
    receivers._told_on.clear()
    ticked.send(sender=None, at=at + timedelta(days=20) - timedelta(hours=3))
    assert messages(city.people["clerk"]) == []


def test_counts_by_unit_for_the_leader(city, at, opened):
    opened()
    opened(due_on=None)
    opened(lead=city.units["市统计局"], cooperating=[])
    viewer = viewer_of_person(city.people["leading_group"])
    counts = {c.name: c for c in counts_by_unit(viewer, Moment(at + timedelta(days=25)))}
    first = counts["市工信局"]
    assert (first.open, first.due, first.red, first.undated, first.closed) == (2, 1, 1, 1, 0)
    assert counts["市统计局"].red == 1


def test_open_problems_are_a_fact_of_the_subject(city, at, opened):
    opened(about="measure:m1")
    opened(about="measure:m1")
    count = facts.get("ledger.open_problems")
    assert count(["measure:m1", "measure:m2"], Moment(at)) == {"measure:m1": 2}
    viewer = viewer_of_person(city.people["clerk"])
    assert len(items_about("measure:m1", viewer, Moment(at))) == 2


def test_what_changed_is_told_within_the_scope(city, at, item):
    actions.acknowledge(item=item.key, by=city.people["clerk"], at=at + timedelta(hours=5))
    viewer = viewer_of_person(city.people["office"])
    [change] = changed_since(viewer, at + timedelta(hours=1))
    assert (change.number, change.event.sentence) == (item.number, "签收。")
    stranger = viewer_of_person(city.people["other_clerk"])
    assert changed_since(stranger, at - timedelta(days=1)) == []


def test_each_reads_a_message_in_their_own_language_whoever_acted(city, opened, sign_in):
    with override("en"):
        number = opened(title="示例事项").number
    told = InboxMessage.objects.get(person=city.people["clerk"])
    assert told.sentence == f"{number} 交办给你单位牵头，请签收：示例事项"
    page = sign_in("clerk").get("/inbox/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert told.sentence not in page and told.sentence_en in page
