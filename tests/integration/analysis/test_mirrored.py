"""Totals of enterprises are the same from the columnar mirror as from the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import make_city
from factories.figures import defined, enterprise_rows
from luodi.analysis.choices import Basis
from luodi.analysis.queries.figures import EVERYBODY, Wanted, figures
from luodi.common.moments import Moment
from luodi.indicators.models import Value
from luodi.indicators.queries import mirror

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_the_mirror_adds_as_the_database_does(at, monkeypatch):
    city = make_city(at=at)
    key = defined(city, at, "企业产值")
    enterprise_rows(city, at, key, {"甲县": [-700, 100], "乙县": [100, 200, 300]})
    rows = Value.objects.at(Moment(at))
    wanted = Wanted(
        frozenset({key}), frozenset(), frozenset({"2026-01"}), "statistics", Basis.ENTERPRISES
    )
    plain = figures(rows, wanted)
    monkeypatch.setattr(mirror, "LEAST", 0)
    monkeypatch.setattr(mirror, "_mirror", mirror.Mirror())
    figures(rows, wanted)
    with CaptureQueriesContext(connection) as taken:
        assert figures(rows, wanted) == plain
    assert not any("SUM" in one["sql"].upper() for one in taken), "the mirror answered"
    whole = plain[key, EVERYBODY, "2026-01"]
    assert (whole.amount, whole.behind.largest, whole.behind.magnitude) == (0, 700, 1400)
