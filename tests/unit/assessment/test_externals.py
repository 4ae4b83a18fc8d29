"""Tables of results from above as values, and the rank to expect."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.assessment.rules.externals import Forecast, forecast, read_line, read_table

HEAD = ["开发区", "年度", "级别", "位次", "参评数", "档次", "得分", "依据文件"]
LINE = {"zone": "甲区", "year": "2024年", "level": "省级", "rank": "第3名", "of": "78",
        "tier": "第一方阵", "score": "86.50", "source": "某文件"}  # fmt: skip


def test_a_head_is_found_under_a_title_and_columns_may_stand_in_any_order():
    rows = [(1, ["结果表"]), (2, ["依据文件", "年份", "开发区名称", "级别(类)", "名次"]),
            (3, ["文", "2024", "甲区", "省级", "3"]), (4, ["", "", "", "", ""])]  # fmt: skip
    assert read_table(rows) == [
        (3, {"source": "文", "year": "2024", "zone": "甲区", "level": "省级", "rank": "3"})
    ]
    assert read_table([(1, ["随便"])]) is None
    assert read_table([(n, ["x"]) for n in range(1, 40)]) is None


def test_a_line_is_read_exactly():
    read = read_line(LINE)
    assert (read.year, read.level, read.rank, read.of) == (2024, "provincial", 3, 78)
    assert (read.score, read.score_scale, read.tier, read.faults) == (8650, 2, "第一方阵", ())
    bare = read_line(LINE | {"rank": "—", "of": "", "score": ""})
    assert (bare.rank, bare.of, bare.score, bare.faults) == (None, None, None, ())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"zone": ""}, "zone"),
        ({"year": "去年"}, "year"),
        ({"year": "20244"}, "year"),
        ({"level": "市级"}, "level"),
        ({"rank": "0"}, "rank"),
        ({"rank": "1.5"}, "rank"),
        ({"rank": "-3"}, "rank"),
        ({"of": "很多"}, "of"),
        ({"rank": "79"}, "beyond"),
        ({"score": "八十六分五"}, "score"),
        ({"score": "1.12345678"}, "score"),
        ({"rank": "", "tier": "/", "score": "-"}, "nothing"),
        ({"source": " "}, "source"),
        ({"tier": "好" * 41}, "long"),
    ],
)
def test_what_is_wrong_is_named(change, fault):
    assert read_line(LINE | change).faults == (fault,)


OWN = {2021: (2, 4), 2022: (2, 4), 2023: (1, 4), 2024: (1, 5)}
EXTERNAL = {2021: (50, 100), 2022: (60, 100), 2023: (20, 100)}


def test_the_forecast_is_the_own_place_moved_by_the_median_distance():
    found = forecast(OWN, EXTERNAL, 2024)
    assert found == Forecast(20, 15, 30, 100, (2021, 2022, 2023))


def test_too_little_says_why():
    assert forecast(OWN, EXTERNAL, 2025).code == "forecast.no_own"
    assert forecast(OWN, {2023: (20, 100)}, 2024).code == "forecast.too_few"
    assert "1年" in forecast(OWN, {2023: (20, 100)}, 2024).zh


places = st.integers(1, 30).flatmap(lambda of: st.tuples(st.integers(1, of), st.just(of)))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(places, places), min_size=3, max_size=9), st.integers(2, 30), st.data())
def test_a_better_own_place_never_gives_a_worse_rank(years, of, data):
    own = {2000 + n: pair[0] for n, pair in enumerate(years)}
    external = {2000 + n: pair[1] for n, pair in enumerate(years)}
    better = data.draw(st.integers(1, of - 1))
    one, two = (forecast(own | {2050: (p, of)}, external, 2050) for p in (better, better + 1))
    assert 1 <= one.best <= one.rank <= one.worst <= one.of
    assert one.rank <= two.rank
    assert Fraction(one.rank, one.of) <= 1
