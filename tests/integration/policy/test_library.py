"""From a document to articles, from a sentence to a rule, from a rule to answers."""

from __future__ import annotations

import pytest

from factories.policies import POLICY, adopted, articles, known, ruled
from factories.reading import imported
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.policy.queries import article_rows, firms_for, library, policies_for
from luodi.reading.models import ReviewCard


@pytest.fixture
def policy(city, at):
    return adopted(city, at)


def test_the_articles_that_grant_something_come_into_the_library(city, at, policy):
    viewer = viewer_of_person(city.people["clerk"])
    [row] = library(viewer, Moment(at))
    assert (row.title, row.articles, str(row.from_on)) == (
        "示例市支持光机电企业发展若干措施", 3, "2026-02-01",
    )  # fmt: skip
    first, second, third = article_rows(viewer, Moment(at))
    assert (first.mode, first.amount, first.office) == (
        "automatic",
        10_000_000,
        city.units["市工信局"],
    )
    assert (second.grant, second.materials) == (
        "研发费用的 5%，最高 50 万元", ("补助申请表", "上年度审计报告", "研发费用辅助账"),
    )  # fmt: skip
    assert second.window[0] == "green"
    assert (third.grant, third.office) == ("每人 500 元", city.units["开发区管委会"])
    _sha, start, end = first.sentence.split(":")
    assert POLICY[int(start) : int(end)].startswith("第一条")


def test_three_answers_with_their_reasons(city, at, policy):
    for key in articles(policy):
        ruled(city, at, key)
    firm = known(city, at, revenue="1800万元", certificates="高新技术企业", rd_share="3.5")
    viewer = viewer_of_person(city.people["office"])
    found = {one.article.label: one.told
             for one in policies_for(firm, viewer, Moment(at))}  # fmt: skip
    assert {label: told.state for label, told in found.items()} == {
        "第一条": "near", "第二条": "fits", "第三条": "unknown",
    }  # fmt: skip
    assert "差200万元" in found["第一条"].lacking
    assert "从业人员" in found["第三条"].lacking


def test_firms_for_an_article(city, at, policy):
    first = articles(policy)[0]
    ruled(city, at, first)
    known(city, at, revenue="2000万元")
    _row, rows = firms_for(first, viewer_of_person(city.people["office"]), Moment(at))
    assert [(one.name, one.told.state) for one in rows] == [
        ("示例光电一厂", "fits"), ("示例光电二厂", "unknown"),
    ]  # fmt: skip


def test_what_was_read_of_an_article_is_corrected_on_its_card(city, at, sign_in):
    document = imported(city, at, POLICY, "措施.txt")
    card = ReviewCard.objects.filter(document=document, kind="policy").order_by("start")[0]
    client, address = sign_in("office"), f"/documents/{document.key}/cards/{card.pk}/edit/"
    page = client.get(address).content.decode()
    assert "免申即享" in page and "100000.00" in page
    given = {
        "version": card.version, "title": "奖励规上企业", "text": card.data["text"], "mode": "applied",
        "window_from": "2026-03-01", "window_until": "2026-02-01", "amount": "很多",
        "unit_name": ["市工信局"], "unit_role": ["responsible"],
    }  # fmt: skip
    refused = client.post(address, given).content.decode()
    assert "金额读不出" in refused and "截止日期早于开始日期" in refused and "很多" in refused
    good = {"window_until": "2026-09-30", "amount": "20万元", "materials": "申请表", "accept": "1"}
    assert client.post(address, given | good).status_code == 200
    card.refresh_from_db()
    said = [card.data[name] for name in ("amount", "mode", "window_until", "materials")]
    assert said == ["200000.00", "applied", "2026-09-30", "申请表"]
    assert (card.verdict, card.data["units"][0]["unit"]) == ("accepted", city.units["市工信局"])
