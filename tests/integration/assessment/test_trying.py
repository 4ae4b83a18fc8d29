"""What if, and does the order hold: tried, shown, cancelled; nothing of an appraisal changes."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse

from factories.appraisals import OTHERS, ZONE, as_office, frozen, staged
from luodi.assessment.actions import ask_for_trial, keep_trial, run_appraisal
from luodi.assessment.models import AppraisalFigure, WeightTrial
from luodi.assessment.queries import hold_appraisal, strips_of, tried
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import NotAllowed
from luodi.jobs.actions import Cancelled
from luodi.jobs.models import Job
from luodi.jobs.tasks import run_job
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def ran(city, at):
    appraisal = frozen(city, at)
    run_appraisal(appraisal=appraisal.key, **as_office(city, at + timedelta(days=1)))
    return appraisal


def trial_of(city, at, ran, figures, weights=None):
    office = as_office(city, at + timedelta(days=2))
    held = hold_appraisal(ran.key, office["viewer"], Moment(office["at"]))
    rows = tried(held, Moment(office["at"]), figures, weights or {})
    return {row.name: row for row in rows}


def test_a_figure_is_tried_beside_the_present_result(city, at, ran):
    acts = Act.objects.count()
    rows = trial_of(city, at, ran, {(city.units[OTHERS[0]], "output"): Fraction(28)})
    assert (rows[OTHERS[0]].before, rows[OTHERS[0]].after) == ("80.00", "96.00")
    assert (rows[OTHERS[0]].rank_before, rows[OTHERS[0]].up) == (2, 1)
    assert (rows[ZONE].change, rows[ZONE].up) == (0, -1)
    assert Act.objects.count() == acts
    assert (
        AppraisalFigure.objects.open().get(unit=city.units[OTHERS[0]], indicator="output").amount
        == 20
    )


def test_no_figure_at_all_can_be_tried(city, at, ran):
    rows = trial_of(city, at, ran, {(city.units[ZONE], "output"): None, ("nobody", "x"): None})
    assert (rows[ZONE].after, rows[ZONE].change, rows[ZONE].up) == ("—", None, None)


def test_weights_are_spread_to_a_hundred_again(city, at, ran):
    rows = trial_of(city, at, ran, {}, {"output": Fraction(0)})
    # 20 and 40 of 60 points are left: 10 of 20 and 32 of 40 over 60.
    assert rows[ZONE].after == "70.00"
    same = trial_of(city, at, ran, {}, {key: Fraction(0) for key in ("output", "growth", "tasks")})
    assert same[ZONE].after == "82.00"


def test_the_page_tries_what_is_typed(city, at, ran, sign_in):
    office, where = sign_in("office"), reverse("appraisal_what_if", args=[ran.key])
    east = city.units[OTHERS[0]]
    assert "现在的结果" in text(office.get(where))
    page = text(office.get(where, {"unit": east, "x_output": "28", "w_output": "40"}))
    assert "96.00" in page and "试算结果" in page and 'value="28"' in page
    wrong = office.get(where, {"unit": east, "x_output": "许多", "w_growth": "-3"})
    assert wrong.status_code == 422
    assert "许多" in text(wrong) and "0 到 1000" in text(wrong)
    assert office.get(where, {"unit": "x" * 300, "x_output": ""}).status_code == 200
    assert office.get(where, {"unit": east, "x_output": "9" * 60}).status_code == 200
    assert sign_in("zone_staff").get(where).status_code == 403


def test_a_thousand_weightings_are_tried_as_a_job(city, at, ran, sign_in):
    office = sign_in("office")
    where = reverse("appraisal_sensitivity", args=[ran.key, 1])
    assert "开始试算" in text(office.get(where))
    asked = office.post(where)
    job = Job.objects.get()
    assert asked.url == reverse("job", args=[job.key])
    run_job(job.key)
    job.refresh_from_db()
    assert (job.state, job.address, job.done) == ("done", where, 1000)
    page = text(office.get(where))
    assert "1000" in page and "<rect" in page and "随机种子" in page
    assert office.post(where).url == where
    assert Job.objects.count() == 1
    assert sign_in("zone_staff").get(where).status_code == 403
    assert office.get(reverse("appraisal_sensitivity", args=[ran.key, 9])).status_code == 404


def test_a_cancelled_trial_keeps_nothing(ran, city, at):
    def stop(done, total):
        raise Cancelled

    run = ran.runs.get()
    with pytest.raises(Cancelled):
        keep_trial(run=run.key, progress=stop, by="system:worker", at=at)
    assert not WeightTrial.objects.exists()


def test_the_strips_add_up_and_hold_the_present_place(city, at, ran):
    seen = []
    run = ran.runs.get()
    trial = keep_trial(
        run=run.key, progress=lambda done, total: seen.append((done, total)), by="x", at=at
    )
    assert seen[-1] == (1000, 1000) and len(seen) == 50
    office = as_office(city, at + timedelta(days=2))
    held = hold_appraisal(ran.key, office["viewer"], Moment(office["at"]))
    ranks = dict(run.scores.values_list("unit", "rank"))
    for strip in strips_of(held, trial.found, ranks):
        assert sum(piece.count for piece in strip.pieces) == 1000
        assert sum(piece.width for piece in strip.drawn) == 1000
    first = WeightTrial.objects.get().found
    keep_trial(run=run.key, progress=lambda done, total: None, by="x", at=at)
    assert WeightTrial.objects.get().found == first


def test_only_who_sees_the_whole_city_asks_for_a_trial(city, at, ran):
    zone = viewer_of_person(city.people["zone_staff"])
    who = {"viewer": zone, "by": zone.person, "at": at + timedelta(days=2)}
    staged(city, at, ran.key, "published")
    with pytest.raises(NotAllowed):
        ask_for_trial(appraisal=ran.key, number=1, **who)
