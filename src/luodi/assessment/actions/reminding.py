"""The clock reminds of self-reports, figures and corrections; each person once an occasion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL
from luodi.jobs.actions import tell
from luodi.orgs.queries import handlers_of

from ..choices import AppraisalStage, CheckStage, SelfReportStage, WindowStep
from ..models import AppraisalState, AppraisalWindow, FigureCheck, SelfReportState

NEAR = timedelta(days=1)

STEPS = {
    AppraisalStage.SELF_REPORT: WindowStep.SELF_REPORT,
    AppraisalStage.VERIFYING: WindowStep.VERIFICATION,
    AppraisalStage.SHOWN: WindowStep.OBJECTION,
}
"""The step whose time runs in a stage."""


def remind_of_appraisals(*, by: str, at: datetime) -> int:
    """Remind a day before a step is due, and once it is over. Returns how many were told now."""
    states = {
        state.appraisal_id: state
        for state in AppraisalState.objects.open()
        .filter(stage__in=list(STEPS))
        .select_related("appraisal")
    }
    windows = AppraisalWindow.objects.open().filter(
        appraisal__in=list(states), due_at__lte=at + NEAR
    )
    told = 0
    for window in windows:
        state = states[window.appraisal_id]
        if STEPS[AppraisalStage(state.stage)] == window.step:
            told += _remind(state, window, by, at)
    return told


def _remind(state: AppraisalState, window: AppraisalWindow, by: str, at: datetime) -> int:
    assert window.due_at is not None
    late = at > window.due_at
    if window.step == WindowStep.OBJECTION and late:
        return 0
    due = window.due_at.astimezone(LOCAL)
    said = {"title": state.title[:60], "due": f"{due:%Y-%m-%d %H:%M}"}

    def sentence() -> str:
        return {
            WindowStep.SELF_REPORT: _("请尽快报出自评（%(title)s），%(due)s 截止。"),
            WindowStep.VERIFICATION: _("请尽快核验考核数据（%(title)s），%(due)s 截止。"),
            WindowStep.OBJECTION: _("对结果的异议期将于 %(due)s 届满（%(title)s）。"),
        }[WindowStep(window.step)] % said

    once = f"appraisal:{window.pk}:{'late' if late else 'near'}"
    return sum(
        tell(
            people=people,
            kind="appraisal",
            sentence=sentence,
            by=by,
            at=at,
            subject=subject_key("appraisal", state.appraisal_id),
            address=address,
            once=once,
        )
        for people, address in _waiting(state, WindowStep(window.step))
    )


def _waiting(state: AppraisalState, step: WindowStep) -> Iterable[tuple[list[str], str]]:
    """Who is waited for, and where they do it."""
    key = state.appraisal_id
    reports = SelfReportState.objects.open().filter(self_report__appraisal=key)
    if step == WindowStep.SELF_REPORT:
        for row in reports.exclude(stage=SelfReportStage.SUBMITTED).select_related("self_report"):
            address = reverse("appraisal_self_report", args=[row.self_report_id])
            yield handlers_of(row.self_report.unit), address
    elif step == WindowStep.VERIFICATION:
        waiting = FigureCheck.objects.open().filter(
            self_report__appraisal=key, stage=CheckStage.WAITING
        )
        for unit in sorted(set(waiting.values_list("answers", flat=True))):
            yield handlers_of(unit), reverse("appraisal_verify", args=[key])
    else:
        for unit in sorted(set(reports.values_list("self_report__unit", flat=True))):
            yield handlers_of(unit), reverse("appraisal_feedback", args=[key])
