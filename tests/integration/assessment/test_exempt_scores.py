"""A granted exemption stands beside the score of what it covers, and changes no figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.appraisals import ZONE, as_office
from factories.exempting import CONDITIONS, applied
from factories.figures import defined, reported
from luodi.assessment.actions import freeze_scheme, open_appraisal, run_appraisal
from luodi.assessment.models import AppraisalScore
from luodi.assessment.queries import appraisal_runs, hold_appraisal, replayed, scores_of
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.supervision.actions import find_condition, grant_exemption, move_exemption
from luodi.supervision.models import ExemptionState
from luodi.supervision.queries import exemption_page

pytestmark = pytest.mark.django_db(databases="__all__")


def seen(key) -> int:
    return ExemptionState.objects.open().get(exemption=key).since_id


def granted(city, at, subject):
    """An exemption of the zone for one thing, granted."""
    zone = {"unit": city.units[ZONE], "by": city.people["zone_staff"]}
    key = applied(city, at, subjects=[subject], **zone)
    body = {"by": city.people["leading_group"], "at": at}
    move_exemption(exemption=key, move="take_up", seen=seen(key), **body)
    for condition in CONDITIONS:
        find_condition(
            exemption=key, condition=condition, finding="holds", found="材料齐全",
            seen=seen(key), **body,
        )  # fmt: skip
    page = exemption_page(viewer_of_person(body["by"]), key, Moment(at))
    grant_exemption(
        exemption=key, covers=[str(row.pk) for row in page.covers], why="符合容错情形",
        decided_on=date(2026, 3, 3), seen=seen(key), **body,
    )  # fmt: skip


def test_what_is_exempt_is_said_beside_the_score(city, at):
    indicator = defined(city, at, "签约额", code="signed-investment")
    reported(city, at, ZONE, "2025-12", {indicator: "3"})
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2025, **as_office(city, at))
    freeze_scheme(appraisal=appraisal.key, **as_office(city, at))
    run_appraisal(appraisal=appraisal.key, **as_office(city, at))
    granted(city, at + timedelta(days=1), f"indicator:{indicator}")
    office = as_office(city, at + timedelta(days=2))
    run_appraisal(appraisal=appraisal.key, **office)
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    second, first = appraisal_runs(held, office["viewer"], Moment(office["at"]))
    said = []
    for run in (first, second):
        [row] = scores_of(run, held, office["viewer"])
        said.append({line.key: line.exempt for line in row.lines if line.exempt})
        assert replayed(run).digest == run.digest
    assert said == [{}, {"signed": "容错〔2026〕1号 2026-03-03"}]
    totals = AppraisalScore.objects.values_list("total", flat=True)
    assert len(set(totals)) == 1
