"""One filing from opening to acceptance, back, and corrected."""

from __future__ import annotations

import pytest

from factories import collection as made
from luodi.audit.queries import verify
from luodi.collection import actions
from luodi.collection.models import Draft, Filing, Submission, Turn
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed


@pytest.fixture
def form(city, at):
    return made.defined(city, at)


@pytest.fixture
def filing(city, form):
    made.opened(city, form)
    return made.filing_of(city, form)


def test_a_period_opens_once_with_a_filing_for_each_respondent(city, form):
    first, second = made.opened(city, form), made.opened(city, form)
    assert first.key == second.key
    assert Filing.objects.filter(turn=first).count() == 2


def test_the_clock_opens_what_is_due_and_nothing_twice(city, form):
    """The form is known since 2 March: February's figures, due on the 8th, are asked for too."""
    assert actions.open_due_turns(by="system:clock", at=made.APRIL) == 2
    assert actions.open_due_turns(by="system:clock", at=made.APRIL) == 0
    assert sorted(Turn.objects.values_list("period", flat=True)) == ["2026-02", "2026-03"]


def test_a_submitted_filing_is_values_and_locks_when_accepted(city, filing):
    made.submitted(city, filing)
    assert made.values_of(filing) == {"output": 1250, "sales": 1100, "staff": 320}
    assert made.stage_of(filing) == "submitted"
    assert not Draft.objects.filter(filing=filing).exists()
    with pytest.raises(Closed):
        made.drafted(city, filing)
    made.accepted(city, filing)
    assert made.stage_of(filing) == "accepted"
    with pytest.raises(Closed):
        made.drafted(city, filing)
    assert not verify().breaks


def test_a_returned_filing_has_no_values_until_it_is_handed_in_again(city, filing):
    made.submitted(city, filing)
    made.returned(city, filing)
    assert made.values_of(filing) == {}
    made.submitted(city, filing, {"output:now": "13"})
    assert made.values_of(filing) == {"output": 1300, "sales": 1100, "staff": 320}
    assert Submission.objects.filter(filing=filing).count() == 2


def test_a_correction_keeps_the_accepted_figures_until_others_are_handed_in(city, filing):
    made.submitted(city, filing)
    made.accepted(city, filing)
    made.correcting(city, filing)
    assert made.values_of(filing)["output"] == 1250
    made.submitted(city, filing, {"output:now": "13", "sales:now": ""})
    assert made.values_of(filing) == {"output": 1300, "staff": 320}
    made.returned(city, filing)
    assert made.values_of(filing) == {"output": 1250, "sales": 1100, "staff": 320}


def test_given_up_a_correction_leaves_what_was_accepted(city, filing):
    made.submitted(city, filing)
    made.accepted(city, filing)
    made.correcting(city, filing)
    made.drafted(city, filing, {"output:now": "99"})
    who = made.viewer(city, "clerk")
    actions.keep_accepted(filing=filing.key, viewer=who, by=who.person, at=made.APRIL)
    assert made.stage_of(filing) == "accepted"
    assert made.values_of(filing)["output"] == 1250
    assert not Draft.objects.filter(filing=filing).exists()


def test_text_in_a_number_cell_is_said_at_the_cell_and_stops_the_submission(city, filing):
    saved = made.drafted(city, filing, {"output:now": "约十二亿", "staff:now": "3"})
    assert [fault.cells for fault in saved.faults] == [("output:now",)]
    with pytest.raises(Incomplete):
        made.submitted(city, filing, {})


def test_handed_in_after_it_was_due_counts_as_late(city, filing):
    made.submitted(city, filing, at=made.LATE)
    assert filing.states.open().get().late


def test_a_stale_draft_is_not_handed_in(city, filing):
    first = made.drafted(city, filing)
    made.drafted(city, filing, {"output:now": "14"})
    who = made.viewer(city, "clerk")
    with pytest.raises(Conflict):
        actions.submit_filing(
            filing=filing.key, version=first.version, viewer=who, by=who.person, at=made.APRIL
        )


def test_nobody_reviews_what_they_handed_in(city, filing):
    made.submitted(city, filing)
    who = made.viewer(city, "clerk")
    with pytest.raises(NotAllowed):
        actions.accept_filings(filings=[filing.key], viewer=who, by=who.person, at=made.APRIL)
