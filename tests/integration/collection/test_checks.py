"""Checks: hard ones stop a submission, soft ones ask for a word, history is looked at."""

from __future__ import annotations

import pytest

from factories import collection as made
from luodi.common.refusals import Incomplete

CHECKS = [
    {"key": "sales_in_output", "kind": "formula", "formula": "[sales] <= [output]"},
    {"key": "staff_positive", "kind": "range", "indicator": "staff", "low": "0"},
    {"key": "must", "kind": "required", "indicator": "output"},
    {
        "key": "jump",
        "kind": "formula",
        "formula": "[output] <= 2 * prior([output])",
        "hard": False,
        "zh": "总产值比上月翻了一番以上",
        "en": "Output more than doubled",
    },
]


@pytest.fixture
def form(city, at):
    return made.defined(city, at, checks=CHECKS)


@pytest.fixture
def filing(city, form):
    made.opened(city, form)
    return made.filing_of(city, form)


def test_a_hard_check_is_said_at_its_cells_at_every_save(city, filing):
    saved = made.drafted(city, filing, {"output:now": "10", "sales:now": "11", "staff:now": "-3"})
    said = {fault.rule: (fault.cells, fault.hard) for fault in saved.faults}
    assert said == {
        "sales_in_output": (("sales:now", "output:now"), True),
        "staff_positive": (("staff:now",), True),
    }
    with pytest.raises(Incomplete):
        made.submitted(city, filing, {})
    assert made.stage_of(filing) == "open"
    made.submitted(city, filing, {"output:now": "12", "staff:now": "3"})


def test_a_required_figure_is_asked_for(city, filing):
    with pytest.raises(Incomplete):
        made.submitted(city, filing, {"sales:now": "0"})


def test_a_soft_check_against_last_month_takes_an_explanation(city, form, filing):
    made.submitted(city, filing)
    made.opened(city, form, "2026-04")
    april = made.filing_of(city, form, period="2026-04")
    cells = {"output:now": "30", "sales:now": "20", "staff:now": "320"}
    saved = made.drafted(city, april, cells)
    assert [(fault.rule, fault.hard) for fault in saved.faults] == [("jump", False)]
    assert "翻了一番" in saved.faults[0].text
    with pytest.raises(Incomplete):
        made.submitted(city, april, {})
    made.submitted(city, april, {}, explanations={"jump": "新厂区投产"})
    assert april.submissions.get().explanations == {"jump": "新厂区投产"}
    assert april.states.open().get().explained == 1


def test_a_check_that_cannot_run_is_refused_with_the_form(city, at):
    with pytest.raises(Incomplete):
        made.defined(
            city, at, code="bad", checks=[{"key": "c", "kind": "formula", "formula": "[a] ="}]
        )
