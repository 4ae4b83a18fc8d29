"""A model of the approval states walks beside the real actions: they agree at every step."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from factories import collection as made
from luodi.audit.queries import verify
from luodi.collection import actions
from luodi.collection.models import Draft, Filing, Submission
from luodi.common.refusals import Refusal

WRITES = {"open", "returned", "correcting"}
CODES = ("output", "sales", "staff")
AMOUNTS = st.integers(0, 999).map(str)
RESPONDENTS = ("clerk", "section_head")
STRANGERS = ("statistician", "office", "other_clerk", "zone_staff", "leader_in_charge", "auditor")


class Life(RuleBasedStateMachine):
    """One filing with one level of review. The model holds what should be."""

    city: object
    form: object

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.stage, self.running = "open", True
        self.draft: dict[str, str] | None = None
        self.handed: dict[str, str] = {}
        self.accepted: dict[str, str] | None = None
        self.values: dict[str, str] = {}
        self.submitter = ""

    def teardown(self) -> None:
        assert not verify().breaks
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def opens(self) -> None:
        made.opened(self.city, self.form)
        self.filing = made.filing_of(self.city, self.form)

    def done(self, action, name: str, **more) -> bool:
        """Whether an action was done; a refusal is the only other end."""
        who = made.viewer(self.city, name)
        try:
            action(**more, viewer=who, by=who.person, at=made.APRIL)
        except Refusal:
            return False
        return True

    @property
    def takes(self) -> bool:
        return self.stage in WRITES and (self.running or self.stage != "open")

    def version(self) -> int:
        row = Draft.objects.filter(filing=self.filing).first()
        return row.version if row else 0

    def shown(self) -> dict[str, str]:
        """What the sheet begins with where there is no draft."""
        if self.draft is not None:
            return self.draft
        kept = self.stage == "correcting"
        return dict((self.accepted or {}) if kept else self.handed)

    @rule(name=st.sampled_from(RESPONDENTS + STRANGERS), code=st.sampled_from(CODES),
          amount=st.one_of(AMOUNTS, st.just("")))  # fmt: skip
    def type_in(self, name: str, code: str, amount: str) -> None:
        may = name in RESPONDENTS and self.takes
        typed = {f"{code}:now": amount}
        done = self.done(
            actions.save_draft, name, filing=self.filing.key, version=self.version(), cells=typed
        )
        assert done == may
        if may:
            self.draft = self.shown() | {code: amount}

    @rule(name=st.sampled_from(RESPONDENTS + STRANGERS))
    def submit(self, name: str) -> None:
        cells = {code: said for code, said in self.shown().items() if said}
        may = name in RESPONDENTS and self.takes and bool(cells)
        done = self.done(
            actions.submit_filing, name, filing=self.filing.key, version=self.version()
        )
        assert done == may
        if may:
            self.stage, self.handed, self.values, self.draft = "submitted", cells, cells, None
            self.submitter = name

    @rule(name=st.sampled_from(("statistician", "office", *RESPONDENTS)))
    def accept(self, name: str) -> None:
        may = name == "statistician" and self.stage == "submitted"
        assert self.done(actions.accept_filings, name, filings=[self.filing.key]) == may
        if may:
            self.stage, self.accepted = "accepted", dict(self.handed)

    @rule(
        name=st.sampled_from(("statistician", "office", *RESPONDENTS)),
        why=st.sampled_from(("", "核对")),
    )
    def send_back(self, name: str, why: str) -> None:
        may = name == "statistician" and self.stage == "submitted" and bool(why)
        if name == "section_head" and self.stage == "submitted" and why:
            may = True  # the unit's own head looks first
        assert self.done(actions.return_filings, name, filings=[self.filing.key], why=why) == may
        if may:
            self.stage, self.values = "returned", dict(self.accepted or {})

    @rule(
        name=st.sampled_from(("statistician", "zone_staff", *RESPONDENTS)),
        why=st.sampled_from(("", "漏报")),
    )
    def correct(self, name: str, why: str) -> None:
        may = self.stage == "accepted" and bool(why)
        may &= name == "statistician" or (name in RESPONDENTS and self.running)
        assert self.done(actions.correct_filing, name, filing=self.filing.key, why=why) == may
        if may:
            self.stage = "correcting"

    @rule(name=st.sampled_from(("statistician", *RESPONDENTS)))
    def keep(self, name: str) -> None:
        may = name in RESPONDENTS and self.accepted is not None
        may &= self.stage in ("correcting", "returned")
        assert self.done(actions.keep_accepted, name, filing=self.filing.key) == may
        if may:
            self.stage, self.draft, self.values = "accepted", None, dict(self.accepted or {})

    @rule(close=st.booleans())
    def clock(self, close: bool) -> None:
        step = actions.close_turn if close else actions.reopen_turn
        may = self.running == close
        turn = self.filing.turn_id
        assert self.done(step, "statistician", turn=turn, why="到期") == may
        if may:
            self.running = not close

    @invariant()
    def the_record_says_what_the_model_says(self) -> None:
        if not hasattr(self, "filing"):
            return
        state = self.filing.states.open().get()
        assert state.stage == self.stage
        scale = {"output": 100, "sales": 100, "staff": 1}
        expected = {code: int(said) * scale[code] for code, said in self.values.items()}
        assert made.values_of(self.filing) == expected
        editions = Submission.objects.filter(filing=self.filing).count()
        assert state.edition == editions and state.accepted <= editions


@pytest.mark.django_db(databases="__all__")
def test_the_approval_states_follow_their_model(city, at):
    Life.city, Life.form = city, made.defined(city, at)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=22, deadline=None, suppress_health_check=checks
        ),
    )
    assert not Filing.objects.exists()
