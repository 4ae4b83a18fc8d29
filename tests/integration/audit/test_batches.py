"""Thousands of rows in one act: the same seal as one by one, on either database."""

from __future__ import annotations

import pytest

from luodi.audit import rules
from luodi.audit.actions import TOGETHER, perform
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.audit.signals import acted
from luodi.common.refusals import Conflict, Incomplete
from luodi.indicators.actions import define_indicator
from luodi.indicators.models import Value

NAMES = ("indicator_id", "city", "unit", "period", "amount", "scale", "purpose", "origin")


@pytest.fixture
def indicator(city, at) -> str:
    with perform("define", by="x", at=at, scope={"city": city.key}) as deed:
        made = define_indicator(deed=deed, city=city.key, name="产值", measured_in="亿元", scale=2)
    return made.indicator_id


def batch(indicator: str, amounts, origin: str = 'filing:"甲\\乙"\n') -> list[tuple]:
    return [
        (indicator, "shili", f"u{n}", "2026-02", amount, 2, "dispatch", origin)
        for n, amount in enumerate(amounts)
    ]


def written(indicator, at, amounts, **more):
    with perform("import", by="x", at=at) as deed:
        deed.write_many(Value, NAMES, batch(indicator, amounts, **more))
    return deed.act


def test_a_batch_is_sealed_as_its_rows_are_one_by_one(indicator, at):
    act = written(indicator, at, [5, -7, 2**63 - 1])
    rows = list(Value.objects.filter(since=act.position))
    assert sorted(row.amount for row in rows) == [-7, 5, 2**63 - 1]
    assert rules.rows_digest(rules.opened(row) for row in rows) == act.rows
    assert not verify().breaks


@pytest.mark.parametrize("count", [1, TOGETHER - 1, TOGETHER, 2 * TOGETHER + 1])
def test_every_row_of_a_batch_is_written_once_however_many_go_together(indicator, at, count):
    written(indicator, at, range(count))
    assert sorted(Value.objects.values_list("amount", flat=True)) == list(range(count))
    assert not verify().breaks


def test_what_is_only_mentioned_is_told_apart_and_a_touch_counts_more(indicator, at):
    heard = []

    def hear(act, mentioned, **_more):
        heard.append((act.subjects, mentioned))

    acted.connect(hear)
    try:
        with perform("look", by="x", at=at, subjects=["a:own"]) as deed:
            deed.mention("a:own", "a:told", "a:later")
            deed.touch("a:later")
    finally:
        acted.disconnect(hear)
    assert heard == [(["a:own", "a:told", "a:later"], frozenset({"a:told"}))]


def test_a_changed_row_of_a_batch_is_found(indicator, at):
    act = written(indicator, at, [5, 6])
    Value.objects.filter(amount=6).update(amount=60)
    assert [one.position for one in verify().breaks] == [act.position]


def test_a_batch_ends_what_was_open_and_only_that(indicator, at):
    written(indicator, at, range(30))
    open_rows = [(row.pk, row.identity_key, row.since_id) for row in Value.objects.open()]
    with perform("withdraw", by="x", at=at) as deed:
        deed.close_many(Value, open_rows)
    assert not Value.objects.open().exists() and not verify().breaks
    acts = Act.objects.count()
    with pytest.raises(Conflict), perform("withdraw", by="x", at=at) as deed:
        deed.close_many(Value, open_rows)
    assert Act.objects.count() == acts


def test_a_second_open_row_of_a_cell_is_refused_whole(indicator, at):
    written(indicator, at, [1])
    with pytest.raises(Conflict):
        written(indicator, at, [2, 3])
    assert Value.objects.count() == 1


def test_a_text_too_long_is_refused_on_either_database(indicator, at):
    with pytest.raises(Incomplete, match="超过了可以保存的长度"):
        written(indicator, at, [1], origin="x" * 81)
    assert not Value.objects.exists()
