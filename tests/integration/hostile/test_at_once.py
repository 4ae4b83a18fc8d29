"""People who do the same in the same moment: one wins, the other is told, nothing is doubled.

Threads on real connections, on either database.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.database


def test_ten_people_opening_items_all_get_one_and_the_numbers_have_no_gap(come):
    found = come("opening")
    assert found["outcomes"] == {"done": 10}
    assert found["serials"] == list(range(1, len(found["serials"]) + 1))


def test_of_two_saving_the_same_state_one_is_told(come):
    assert come("same_state") == {"outcomes": {"done": 1, "Conflict": 1}, "open": 1}


def test_two_units_reporting_on_one_item_both_count(come):
    assert come("feedback") == {"outcomes": {"done": 2}, "kept": 2}


def test_of_two_importing_one_file_one_is_told(come):
    assert come("importing") == {"outcomes": {"done": 1, "Conflict": 1}, "made": 1}


def test_of_two_adopting_one_document_one_is_told(come):
    found = come("adopting")
    assert found["outcomes"] == {"done": 1, "Conflict": 1}
    assert found["plans"] == 1 and found["stages"] == [["adopted"]]


def test_two_workers_open_a_month_once(come):
    found = come("opening_months")
    assert found["outcomes"] == {"done": 2}
    assert len(found["periods"]) == len(set(found["periods"])) > 0 and found["twice"] == 0


def test_of_two_handing_in_one_report_one_is_told_and_another_unit_is_not_hindered(come):
    found = come("reporting")
    assert found["outcomes"] == {"done": 2, "Conflict": 1}
    assert "asked" not in found["stages"]


def test_two_leads_confirmed_at_once_leave_one(come):
    assert come("leading") == {"outcomes": {"done": 2}, "leads": 1}


def test_papers_of_a_series_signed_at_once_get_numbers_without_gaps(come):
    found = come("signing")
    assert found["outcomes"] == {"done": 4, "Conflict": 1}
    assert found["numbers"] == [1, 2, 3, 4] and found["signed"] == 4


def test_of_two_deciding_on_one_finding_one_is_told_and_one_note_is_begun(come):
    found = come("deciding")
    assert found["outcomes"] == {"done": 1, "Conflict": 1} and found["open"] == 1
    assert found["begun"] == {"done": 1, "Conflict": 1} and found["notes"] == 1


def test_many_writers_of_all_kinds_are_never_told_of_a_locked_database(come):
    assert come("everything")["outcomes"] == {"done": 12}


def test_of_six_reserving_one_plot_one_wins_and_the_others_are_told_who(come):
    found = come("reserving")
    assert found["outcomes"] == {"done": 1, "Conflict": 5} and found["rows"] == 1
    assert all(f"已由{found['winner']}于" in one and "到期" in one for one in found["told"])


def test_of_two_files_with_plots_on_one_another_one_is_taken(come):
    found = come("drawing")
    assert found["outcomes"] == {"done": 1, "Conflict": 1} and found["plots"] == 1


def test_of_two_merging_two_projects_into_each_other_one_wins(come):
    found = come("merging")
    assert found["merged"] == 1 and found["outcomes"].pop("done") == 1
    assert set(found["outcomes"]) <= {"Conflict", "Closed"}


def test_two_workers_draft_a_letter_once_and_of_two_signing_for_it_one_is_told(come):
    found = come("lettering")
    assert found["outcomes"] == {"done": 2} and found["drafts"] == 1
    assert found["signing"] == {"done": 1, "Conflict": 1}
