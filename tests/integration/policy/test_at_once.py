"""Two people at one claim in the same moment, and two claims on the last of a budget: one each."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from factories.at_once import at_once
from factories.policies import PAPERS, adopted, articles, known, ruled
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import apply_for_policy, move_claim, revise_article
from luodi.policy.models import PolicyClaimState
from luodi.policy.queries import article_for

SKIPPED = "SQLite's test database is in memory and has one writer: PostgreSQL shows this"


def seen(claim: str) -> int:
    return PolicyClaimState.objects.open().get(claim=claim).since_id


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_one_claim_is_paid_once_and_a_budget_not_twice(city, at):
    if connection.vendor == "sqlite":
        pytest.skip(SKIPPED)
    second = articles(adopted(city, at))[1]
    ruled(city, at, second)
    clerk, head, office = (city.people[who] for who in ("clerk", "section_head", "office"))
    row = article_for(viewer_of_person(clerk), second, Moment(at))
    revise_article(
        article=second, terms={"budget": "30万元"}, why="预算", seen=row.since, by=clerk, at=at
    )
    facts = {"revenue": "3000万元", "certificates": "高新技术企业", "rd_share": "4"}
    made = []
    for name in ("示例光电一厂", "示例光电二厂"):
        firm = known(city, at, name, **facts)
        apply = {"article": second, "enterprise": firm, "about": "", "amount": "20万元",
                 "materials": PAPERS, "by": clerk, "at": at}  # fmt: skip
        outcomes = at_once([lambda said=apply: apply_for_policy(**said)] * 2)
        assert Counter(outcomes) == {"done": 1, "Conflict": 1}
        claim = PolicyClaimState.objects.open().get(claim__enterprise=firm).claim_id
        move_claim(claim=claim, move="check", seen=seen(claim), by=clerk, at=at)
        made.append(claim)

    shown = {claim: seen(claim) for claim in made}
    outcomes = at_once(
        [
            lambda c=claim: move_claim(
                claim=c, move="decide", seen=shown[c], amount="20万元", by=head, at=at
            )
            for claim in made
        ]
    )
    assert Counter(outcomes) == {"done": 1, "Incomplete": 1}

    [paid] = PolicyClaimState.objects.open().filter(stage="decided").values_list("claim", flat=True)
    move_claim(claim=paid, move="notice", seen=seen(paid), by=clerk, at=at)
    then, page = at + timedelta(days=15), seen(paid)
    outcomes = at_once(
        [
            lambda who=who, n=n: move_claim(
                claim=paid, move="disburse", seen=page, by=who, at=then,
                paid_on=date(2026, 3, 12), voucher=f"000{n}",
            )
            for n, who in enumerate((clerk, office))
        ]
    )  # fmt: skip
    assert Counter(outcomes) == {"done": 1, "Conflict": 1}
    assert PolicyClaimState.objects.filter(claim=paid, stage="disbursed").count() == 1
    assert article_for(viewer_of_person(clerk), second, Moment(then)).left == 10_000_000
    assert not verify().breaks
