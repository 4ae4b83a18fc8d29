"""The demo's appraisal: generated, shown to the zones, one objection open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luodi.assessment.models import AppraisalFigure, AppraisalState, ObjectionState
from luodi.cli.demo.assessed import SCHEME, assessed_events
from luodi.cli.demo.calendar import play
from luodi.cli.demo.people import found

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_demo_shows_a_result_with_one_objection_open(own_data):
    cast = found(datetime(2026, 1, 5, 1, tzinfo=UTC))
    play(assessed_events(cast), datetime(2026, 7, 1, tzinfo=UTC), lambda percent: None)
    assert AppraisalState.objects.open().get(appraisal__scheme=SCHEME).stage == "shown"
    state = ObjectionState.objects.open().get()
    assert state.stage == "raised" and "演示" in state.text
    assert AppraisalFigure.objects.open().filter(origin="verified").count() > 50
