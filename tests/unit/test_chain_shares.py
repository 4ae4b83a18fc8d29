"""Shares of a purchase: what holds together."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from luodi.chain.rules.shares import Part, most_at_once, percent, total_of
from luodi.packs.schemas import MatchingRateRule


def test_shares_one_after_the_other_do_not_add_up():
    before = Part("甲", 8000, "走访", None, date(2026, 3, 31))
    after = Part("乙", 8000, "走访", date(2026, 4, 1))
    assert total_of(most_at_once([before, after])) == 8000
    assert [percent(n) for n in (3500, 3550, 10_000, 1)] == ["35", "35.5", "100", "0.01"]


def test_a_definition_says_where_it_looks():
    said = {"key": "x", "owner": {"body": "city", "name": "示例市"}, "kind": "rule", "source": "示例文件",
            "title": "示例", "title_en": "Example", "order": 1, "by": "value", "version": 1}  # fmt: skip
    assert MatchingRateRule(**said).near == "city"
    assert MatchingRateRule(**said, near="places", places=("示例省",)).places == ("示例省",)
    for wrong in ({"near": "places"}, {"places": ("示例省",)}, {"by": "weight"}, {"version": 0}):
        with pytest.raises(ValidationError):
            MatchingRateRule(**(said | wrong))
