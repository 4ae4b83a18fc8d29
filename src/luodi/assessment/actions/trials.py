"""The order of a run under many weightings: asked for, and kept once computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotAllowed
from luodi.jobs.actions import ask_for_work
from luodi.jobs.models import Job
from luodi.orgs.rules import Viewer

from ..models import AppraisalRun, WeightTrial
from ..queries import appraisal_runs, hold_appraisal, picked, weighed_anew

KIND = "weight_trial"


def ask_for_trial(
    *, appraisal: str, number: int, viewer: Viewer, by: str, at: datetime
) -> Job | None:
    """Queue the weightings of a run; None where they are there already. For whole-city roles."""
    moment = Moment(at)
    held = hold_appraisal(appraisal, viewer, moment)
    if not viewer.sees_whole_city:
        raise NotAllowed(
            _("权重扰动试算要看全部单位的得分，由专班办公室、统计人员和领导小组查看。")
        )
    run = picked(appraisal_runs(held, viewer, moment), number)
    if run is None or WeightTrial.objects.filter(run=run.key).exists():
        return None
    return ask_for_work(
        kind=KIND,
        title=_("%(title)s：权重扰动试算") % {"title": held.state.title[:80]},
        arguments={"run": run.key},
        city=held.appraisal.city,
        unit=viewer.unit,
        by=by,
        at=at,
    )


def keep_trial(
    *, run: str, progress: Callable[[int, int], None], by: str, at: datetime
) -> WeightTrial:
    """Try the weightings of a run and keep what came out; nothing is kept of one cancelled."""
    row = AppraisalRun.objects.select_related("act").get(key=run)
    found = weighed_anew(row, progress)
    trial, _made = WeightTrial.objects.update_or_create(run=row, defaults={"found": found})
    return trial
