"""Questions in addresses: whatever is asked is read, and written back the same."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.analysis.rules.questions import MOST_PERIODS, Words, back, read_period, read_question
from luodi.analysis.tables import harmless
from luodi.kit.calendars import Period

WORDS = Words(["dispatch", "statistics"], ["value", "year_on_year"], ["period", "unit"], ["units"])
TODAY = date(2026, 3, 2)


def read(**asked: list[str]):
    return read_question(asked, WORDS, TODAY)


def test_without_periods_the_last_six_months_are_meant():
    question = read(indicator=["a"])
    assert [p.key for p in question.periods] == [
        "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"
    ]  # fmt: skip
    assert (question.purpose, question.shows, question.across) == ("dispatch", ("value",), "period")


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ({"from": ["2026Q1"]}, ("2025Q4", "2026Q1")),
        ({"kind": ["year"], "from": ["2020"], "to": ["2022"]}, ("2020", "2022")),
        ({"from": ["2026-03"], "to": ["2026-01"]}, ("2026-01", "2026-03")),
        ({"kind": ["month"], "from": ["2026Q1"], "to": ["x"]}, ("2025-10", "2026-03")),
        ({"from": ["1000-01"], "to": ["2026-03"]}, ("2021-04", "2026-03")),
    ],
)
def test_spans_are_ordered_and_bounded(asked, span):
    question = read(**asked)
    if asked == {"from": ["2026Q1"]}:
        span = ("2026Q1", "2026Q1")
    assert (question.first.key, question.last.key) == span
    assert len(question.periods) <= MOST_PERIODS


def test_words_that_are_unknown_are_left_out():
    question = read(show=["rubbish"], purpose=["secret"], across=["x"], on=["2026-02-30"])
    assert question.shows == ("value",) and question.on is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.text(max_size=12), max_size=3)
            for name in ("indicator", "unit", "kind", "from", "to", "purpose", "show", "on")
        },
    )
)
def test_whatever_is_asked_is_read_and_asks_the_same_again(asked):
    question = read(**asked)
    assert read(**parse_qs(question.address, keep_blank_values=True)) == question


def test_before_the_first_period_there_is_none():
    assert back(Period("year", 3), 9) == Period("year", 1)


@pytest.mark.parametrize("key", ["9999-12", "0001-01", "9999", "9999-W52", "0001", "2026-W53"])
def test_a_period_at_the_end_of_the_calendar_is_none(key):
    assert read_period(key) is None


def test_no_text_of_a_file_is_a_formula():
    for text in ("=1+1", "+1", "-1+1", "@A1", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠A1"):
        assert harmless(text) == f"'{text}"
    for text in ("", "-1.5", "12", "产值", "a=b"):
        assert harmless(text) == text
