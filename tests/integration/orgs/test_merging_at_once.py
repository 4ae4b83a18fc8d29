"""A merger in the same moment as its reverse, and as the firm asks: each one after the other."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from factories.at_once import at_once
from factories.city import FIRMS
from factories.requests import asked
from luodi.audit.queries import verify
from luodi.orgs.actions import merge_enterprise
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.services.models import RequestState

SKIPPED = "SQLite's test database is in memory and has one writer: PostgreSQL shows this"


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_nobody_is_merged_into_each_other_and_nothing_is_left_behind(city, at):
    if connection.vendor == "sqlite":
        pytest.skip(SKIPPED)
    one, two = (city.enterprises[name] for name, *_rest in FIRMS[:2])
    by = {"why": "吸收合并", "by": city.people["office"], "at": at}
    outcomes = at_once(
        [
            lambda: merge_enterprise(enterprise=one, into=two, **by),
            lambda: merge_enterprise(enterprise=two, into=one, **by),
            lambda: asked(city, at),
        ]
    )
    firms = EnterpriseState.objects.open().filter(of__in=[one, two])
    gone = firms.get(standing=EnterpriseStanding.MERGED)
    assert Counter(outcomes)["done"] in (1, 2)
    assert firms.get(standing=EnterpriseStanding.IN_BUSINESS).of_id == gone.merged_into
    assert not RequestState.objects.open().filter(firm=gone.of_id).exists()
    assert not verify().breaks
