"""What the cells of a pivot compute: growth, shares, points, contributions, ranks, groups."""

from __future__ import annotations

import pytest

from factories.figures import defined, enterprise_rows, reported
from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.common.moments import Moment
from luodi.indicators.choices import Counts, Direction, Measure, OverUnits, Purpose
from luodi.orgs.queries import viewer_of_person

FLOW = {"measure": Measure.FLOW, "counts": Counts.IN_PERIOD, "over_units": OverUnits.SUM}


@pytest.fixture
def output(city, at) -> str:
    """Monthly output of two counties and a zone, a year apart."""
    key = defined(city, at, "产值", code="output", **FLOW)
    figures = {
        "甲县": {"2025-01": "100", "2025-02": "100", "2026-01": "110", "2026-02": "90"},
        "乙县": {"2025-01": "200", "2025-02": "0", "2026-01": "250", "2026-02": "50"},
        "开发区管委会": {"2025-01": "1000", "2026-01": "900"},
    }
    for unit, series in figures.items():
        for period, figure in series.items():
            reported(city, at, unit, period, {key: figure})
    return key


@pytest.fixture
def ask(city, at):
    """`ask(indicator, show, unit, period)`: the answer of one cell for the office."""

    def answer(key, show, unit, period, who="office", units=("counties",), **said):
        question = read_question(
            {"indicator": [key], "unit": list(units), "show": [show], "from": [period],
             "to": [period], **said},
            WORDS, at.date(),
        )  # fmt: skip
        viewer = reader_for(
            viewer_of_person(city.people[who]), at.date() if hasattr(at, "date") else at.today
        )
        found = pivot(viewer, question, Moment(at))
        rows = {row.labels[1]: row.cells[0].answer for row in found.rows}
        return rows[unit]

    return answer


SUM = "各县（市、区）合计"


SHOWN = [
    ("value", "甲县", "2026-01", "110.00"),
    ("value", SUM, "2026-01", "360.00"),
    ("growth", "甲县", "2026-01", "10.0"),
    ("growth", "甲县", "2026-02", "−10.0"),
    ("growth", SUM, "2026-01", "20.0"),
    ("cumulative", "甲县", "2026-02", "200.00"),
    ("cumulative_growth", "甲县", "2026-02", "0.0"),
    ("cumulative_growth", "乙县", "2026-02", "50.0"),
    ("chain", "甲县", "2026-02", "−18.2"),
    ("share", "甲县", "2026-01", "30.6"),
    ("contribution", "甲县", "2026-01", "16.7"),
    ("pull", "乙县", "2026-01", "16.7"),
    ("rank", "乙县", "2026-01", "1"),
    ("growth_rank", "甲县", "2026-01", "2"),
    ("value", "甲县", "2026Q1", ""),
]


def test_what_a_cell_shows(ask, output):
    for show, unit, period, said in SHOWN:
        assert ask(output, show, unit, period).text == said, (show, unit, period)


REASONS = [
    ("growth", "乙县", "2026-02", "base_zero"),
    ("growth", "甲县", "2025-01", "base_missing"),
    ("value", "甲县", "2026Q1", "missing"),
    ("points", "甲县", "2026-01", "formula.not_a_rate"),
    ("comparable", "甲县", "2026-01", "analysis.no_constant"),
    ("single", "甲县", "2026-01", "formula.not_single"),
    ("value", "甲县", "2026W05", "finer_period"),
]


def test_what_can_not_be_computed_says_why(ask, output):
    for show, unit, period, code in REASONS:
        answer = ask(output, show, unit, period)
        assert answer.number is None and answer.reason.code == code and answer.reason.says()


def test_zones_are_never_added_to_counties(ask, output):
    both = ("counties", "zones")
    assert ask(output, "value", SUM, "2026-01", units=both).text == "360.00"
    assert ask(output, "value", "各开发区合计", "2026-01", units=both).text == "900.00"
    assert ask(output, "share", "开发区管委会", "2026-01", units=both).text == "100.0"
    assert ask(output, "rank", "开发区管委会", "2026-01", units=both).text == "1"


def test_a_share_counts_the_whole_group_though_one_unit_is_shown(city, ask, output):
    assert ask(output, "share", "甲县", "2026-01", units=[city.units["甲县"]]).text == "30.6"


def test_a_sum_says_how_many_gave_a_figure(city, at, ask, output):
    reported(city, at, "甲县", "2026-03", {output: "7"})
    answer = ask(output, "value", SUM, "2026-03")
    assert (answer.text, answer.of, answer.partial) == ("7.00", (1, 2), True)
    assert not ask(output, "value", SUM, "2026-01").partial


def test_equal_figures_share_a_rank_and_the_next_is_passed_over(city, at, ask):
    key = defined(city, at, "能耗", direction=Direction.DOWN, **FLOW)
    for unit, figure in {
        "市商务局": "3",
        "市工信局": "3",
        "市统计局": "5",
        "市政府办": "1",
    }.items():
        reported(city, at, unit, "2026-01", {key: figure})
    ranks = {
        unit: ask(key, "rank", unit, "2026-01", units=("bureaus",)).text
        for unit in ("市政府办", "市商务局", "市工信局", "市统计局")
    }
    assert ranks == {"市政府办": "1", "市商务局": "2", "市工信局": "2", "市统计局": "4"}


def test_a_rate_of_a_group_is_the_rate_of_its_sums(city, at, ask):
    part = defined(city, at, "达效", code="part", measured_in="家", scale=0, **FLOW)
    whole = defined(city, at, "签约", code="whole", measured_in="家", scale=0, **FLOW)
    rate = defined(
        city, at, "达效率", code="rate", measured_in="%", scale=1, formula="ratio([part], [whole])",
        over_units=OverUnits.NONE,
    )  # fmt: skip
    for unit, (a, b) in {"甲县": ("1", "2"), "乙县": ("1", "10")}.items():
        reported(city, at, unit, "2026-01", {part: a, whole: b})
        reported(city, at, unit, "2025-01", {part: "1", whole: "10"})
    assert ask(rate, "value", "甲县", "2026-01").text == "50.0"
    assert ask(rate, "value", SUM, "2026-01").text == "16.7"
    assert ask(rate, "points", "甲县", "2026-01").text == "40.0"
    assert ask(rate, "growth", "甲县", "2026-01").reason.code == "formula.growth_of_rate"


def test_comparable_growth_goes_by_the_price_index(city, at, ask, output):
    index = defined(city, at, "价格指数", "%", code="output.index", scale=1)
    reported(city, at, "甲县", "2026-01", {index: "110"})
    assert ask(output, "comparable", "甲县", "2026-01").text == "0.0"
    assert ask(output, "growth", "甲县", "2026-01").text == "10.0"


def test_a_figure_reported_to_date_gives_its_own_month(city, at, ask):
    key = defined(city, at, "投资", counts=Counts.YEAR_TO_DATE, over_units=OverUnits.SUM)
    for period, figure in {"2026-01": "10", "2026-02": "25"}.items():
        reported(city, at, "甲县", period, {key: figure})
    assert ask(key, "single", "甲县", "2026-02").text == "15.00"
    assert ask(key, "cumulative", "甲县", "2026-02").text == "25.00"
    assert ask(key, "chain", "甲县", "2026-02").text == "50.0"
    assert ask(key, "value", "甲县", "2026Q1").reason.code == "missing"


def test_a_unit_gets_its_growth_but_no_share_of_what_it_does_not_see(city, at, ask, output):
    bureau = city.units["市工信局"]
    for period, figure in {"2025-01": "10", "2026-01": "15"}.items():
        reported(city, at, "市工信局", period, {output: figure})
    said = {"who": "clerk", "units": [bureau]}
    assert ask(output, "growth", "市工信局", "2026-01", **said).text == "50.0"
    assert ask(output, "share", "市工信局", "2026-01", **said).reason.code == (
        "analysis.whole_out_of_scope"
    )


def test_totals_of_enterprises_hide_what_is_small_from_all_but_the_statistician(city, at, ask):
    key = defined(city, at, "企业产值", **FLOW)
    rows = {"甲县": [100, 100], "乙县": [100, 200, 300], "开发区管委会": [500, 600, 700]}
    enterprise_rows(city, at, key, rows)
    said = {"of": ["enterprises"], "purpose": [Purpose.STATISTICS], "units": ()}
    assert ask(key, "value", "甲县", "2026-01", who="statistician", **said).text == "2.00"
    assert ask(key, "value", "甲县", "2026-01", **said).reason.code == "analysis.hidden"
    assert ask(key, "value", "乙县", "2026-01", **said).reason.code == "analysis.hidden"
    assert ask(key, "value", "开发区管委会", "2026-01", **said).text == "18.00"
    assert ask(key, "value", "全部企业", "2026-01", **said).text == "26.00"
    assert ask(key, "share", "甲县", "2026-01", **said).reason.code == "analysis.hidden"
    assert ask(key, "rank", "开发区管委会", "2026-01", **said).reason.code == "analysis.peer_hidden"
    assert ask(key, "share", "开发区管委会", "2026-01", **said).text == "69.2"


def test_a_unit_reads_the_total_of_its_own_enterprises(city, at, ask):
    key = defined(city, at, "企业产值", **FLOW)
    enterprise_rows(city, at, key, {"甲县": [100, 100], "开发区管委会": [500, 600]})
    said = {"of": ["enterprises"], "purpose": [Purpose.STATISTICS], "who": "zone_staff"}
    zone = city.units["开发区管委会"]
    assert ask(key, "value", "开发区管委会", "2026-01", units=[zone], **said).text == "11.00"


def test_a_circle_of_formulas_is_refused_and_a_broken_one_says_so(city, at, sign_in, ask):
    broken = defined(city, at, "坏", code="broken", formula="ratio([")
    assert ask(broken, "value", "甲县", "2026-01").reason.code.startswith("formula.")
    defined(city, at, "一", code="one", formula="[two] + [two]")
    two = defined(city, at, "二", code="two", formula="[one] + [one]")
    answer = sign_in("office").get(f"/analysis/pivot/?indicator={two}")
    assert answer.status_code == 422 and "成环" in answer.content.decode()


def test_the_working_shows_the_steps_with_names(city, output, sign_in):
    address = f"/analysis/working/?indicator={output}&unit=counties&period=2026-01&show=growth"
    page = sign_in("office").get(address).content.decode()
    assert "growth(total([产值])) " not in page and "growth(total([产值]))" in page
    assert "360" in page and "300" in page and "20.0" in page and "2025年1月" in page
    assert sign_in("clerk").get(address).status_code == 404
