"""An appraisal is computed; every run is kept beside the one before."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.analysis.queries.releases import last_position
from luodi.audit.actions import perform
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete
from luodi.orgs.rules import Viewer

from ..models import AppraisalRun, AppraisalScore
from ..queries import SETTLED, AppraisalHeld, Computed, computed, hold_as_office


def run_appraisal(
    *,
    appraisal: str,
    viewer: Viewer,
    by: str,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> AppraisalRun:
    """Compute an appraisal from all that is known now by its frozen scheme, and keep the result.

    `seen` is how many runs the person looked at: one pressed twice is kept once (`Conflict`).
    Refuses an appraisal whose scheme isn't frozen (`Incomplete`) and one that is decided
    (`Closed`), also where that happened a moment ago.
    """
    held = _runnable(appraisal, viewer, at)
    with perform(
        "run_appraisal",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"scheme": held.state.digest},
    ) as deed:
        deed.lock()
        held = _runnable(appraisal, viewer, at)
        known = last_position()
        number = AppraisalRun.objects.filter(appraisal=appraisal).count() + 1
        if seen is not None and number != seen + 1:
            raise Conflict(_("您看到页面以后已经又算过一次，没有重复计算；请先看最近一次的结果。"))
        found = computed(held, Moment(at, known))
        run = deed.write(
            AppraisalRun(
                key=new_key(),
                city=held.appraisal.city,
                unit=held.appraisal.unit,
                appraisal_id=appraisal,
                number=number,
                known=known,
                scheme_digest=held.state.digest,
                engine=found.engine,
                digest=found.digest,
                note=note.strip(),
            )
        )
        for score in _scores(run, found):
            deed.write(score)
        deed.payload |= {"number": number, "digest": found.digest}
    return run


def _runnable(appraisal: str, viewer: Viewer, at: datetime) -> AppraisalHeld:
    held = hold_as_office(appraisal, viewer, Moment(at))
    if held.state.stage in SETTLED:
        raise Closed(_("结果已经审定，不再计算；以往各次计算都可以查看。"))
    if not held.is_frozen or held.rule is None:
        raise Incomplete(_("请先把方案定稿，再计算得分。"))
    return held


def _scores(run: AppraisalRun, found: Computed) -> list[AppraisalScore]:
    return [
        AppraisalScore(
            run_id=run.key,
            city=run.city,
            unit=one.unit,
            category=one.category,
            total=one.total,
            scale=found.result.scheme.places,
            rank=one.rank,
            tier=one.tier,
            why=one.fault.code if one.fault is not None else "",
            working=found.workings[one.unit],
        )
        for one in found.result.outcomes
    ]
