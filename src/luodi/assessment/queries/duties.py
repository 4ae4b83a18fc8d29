"""What of the appraisals waits for somebody: the list of one's own, and duties with their times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty, pressing
from luodi.common.moments import Moment
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer

from ..choices import AppraisalStage, CheckStage, ObjectionStage, SelfReportStage, WindowStep
from ..models import AppraisalState, AppraisalWindow, FigureCheck, SelfReportState
from .appraisals import appraisals
from .objections import open_objections
from .self_reports import RUNNING, self_report_states
from .verifying import verifies_for

Titles = dict[str, AppraisalState]
Dues = dict[tuple[str, str], datetime | None]


@dataclass(frozen=True)
class SelfReportRow:
    """A self-report in a list of one's own."""

    key: str
    title: str
    unit: str
    stage: str
    stage_label: str
    due_at: datetime | None
    late: bool
    light: tuple[str, str]

    @property
    def late_label(self) -> str:
        """Says that it was handed in late."""
        return _("逾期报出") if self.late else ""


def _dues(keys: list[str], moment: Moment) -> Dues:
    rows = AppraisalWindow.objects.at(moment).filter(appraisal__in=keys)
    return {(row.appraisal_id, row.step): row.due_at for row in rows}


def self_report_rows(viewer: Viewer, moment: Moment) -> list[SelfReportRow]:
    """The self-reports of the viewer's units, in a fixed number of queries."""
    states = self_report_states(viewer, moment)
    titles = {state.appraisal_id: state for state in appraisals(viewer, moment)}
    dues = _dues(list(titles), moment)
    names = unit_names({state.self_report.unit for state in states}, moment)
    found = []
    for state in states:
        one = titles.get(state.self_report.appraisal_id)
        if one is None:
            continue
        due_at = dues.get((one.appraisal_id, WindowStep.SELF_REPORT))
        found.append(
            SelfReportRow(
                key=state.self_report_id,
                title=one.title,
                unit=names.get(state.self_report.unit, ""),
                stage=state.stage,
                stage_label=str(state.get_stage_display()),
                due_at=due_at,
                late=state.late,
                light=_light(state, one, due_at, moment),
            )
        )
    return found


def _light(
    state: SelfReportState, one: AppraisalState, due_at: datetime | None, moment: Moment
) -> tuple[str, str]:
    if state.stage == SelfReportStage.SUBMITTED:
        return "done", _("逾期报出") if state.late else _("已报出")
    if one.stage not in RUNNING:
        return "done", _("自评已经结束，没有报出")
    return pressing(due_at, moment.at), str(state.get_stage_display())


def appraisals_to_verify(viewer: Viewer, moment: Moment) -> list[tuple[AppraisalState, int]]:
    """The appraisals in which the viewer's units answer for figures, and how many wait."""
    units = [unit for unit in viewer.units if verifies_for(viewer, unit)]
    checks = FigureCheck.objects.at(moment).filter(answers__in=units)
    rows = list(checks.values_list("self_report__appraisal", "stage"))
    waiting = Counter(key for key, stage in rows if stage == CheckStage.WAITING)
    there = {key for key, _stage in rows}
    return [
        (state, waiting[state.appraisal_id])
        for state in appraisals(viewer, moment)
        if state.appraisal_id in there
    ]


def appraisal_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """What of the appraisals waits for the viewer, the most pressing first; a fixed number of
    queries."""
    titles = {state.appraisal_id: state for state in appraisals(viewer, moment)}
    if not titles:
        return []
    dues = _dues(list(titles), moment)
    found = [
        *_own_reports(viewer, titles, dues, moment),
        *_figures(viewer, titles, dues, moment),
        *_objections(viewer, titles, dues, moment),
        *_decisions(viewer, titles, dues, moment),
    ]
    order = {"red": 0, "yellow": 1, "none": 2, "green": 3}
    return sorted(found, key=lambda one: (order[one.light], one.due_at is None, one.what))


def _own_reports(viewer: Viewer, titles: Titles, dues: Dues, moment: Moment) -> list[Duty]:
    """One's own unit's sheet, where it waits for somebody like the viewer."""
    awaited = {
        SelfReportStage.ASKED: (Role.CLERK, Role.ZONE_STAFF),
        SelfReportStage.RETURNED: (Role.CLERK, Role.ZONE_STAFF),
        SelfReportStage.AT_SECTION_HEAD: (Role.SECTION_HEAD,),
        SelfReportStage.AT_LEADER: (Role.LEADER_IN_CHARGE,),
    }
    found = []
    for state in self_report_states(viewer, moment):
        key = state.self_report.appraisal_id
        roles = awaited.get(SelfReportStage(state.stage))
        if key not in titles or titles[key].stage not in RUNNING or roles is None:
            continue
        if viewer.acts_for(state.self_report.unit, *roles):
            due_at = dues.get((key, WindowStep.SELF_REPORT))
            why = state.reason or str(state.get_stage_display())
            address = reverse("appraisal_self_report", args=[state.self_report_id])
            light = pressing(due_at, moment.at)
            found.append(Duty(titles[key].title, why, address, due_at, light))
    return found


def _figures(viewer: Viewer, titles: Titles, dues: Dues, moment: Moment) -> list[Duty]:
    found = []
    for state, waiting in appraisals_to_verify(viewer, moment):
        if waiting and state.stage in RUNNING:
            due_at = dues.get((state.appraisal_id, WindowStep.VERIFICATION))
            address = reverse("appraisal_verify", args=[state.appraisal_id])
            why = _("有 %(n)s 个数等您单位核验") % {"n": waiting}
            found.append(Duty(state.title, why, address, due_at, pressing(due_at, moment.at)))
    return found


def _objections(viewer: Viewer, titles: Titles, dues: Dues, moment: Moment) -> list[Duty]:
    found = []
    for state in open_objections(titles, moment):
        one = state.objection
        raised = state.stage == ObjectionStage.RAISED
        mine = viewer.has(Role.OFFICE) if raised else verifies_for(viewer, one.answers)
        if not mine:
            continue
        due_at = dues.get((one.appraisal_id, WindowStep.REVIEW))
        why = _("异议等复核") if raised else _("异议成立，等您单位核定更正数")
        address = reverse("appraisal_objection", args=[one.key])
        title = titles[one.appraisal_id].title
        found.append(Duty(title, why, address, due_at, pressing(due_at, moment.at)))
    return found


def _decisions(viewer: Viewer, titles: Titles, dues: Dues, moment: Moment) -> list[Duty]:
    """The window for one's own objections, and what waits to be decided."""
    assessed = {row.self_report.appraisal_id for row in self_report_states(viewer, moment)}
    found = []
    for key, state in titles.items():
        if state.stage == AppraisalStage.REVIEWING and viewer.has(Role.LEADING_GROUP):
            address = reverse("appraisal_procedure", args=[key])
            found.append(Duty(state.title, _("等审定"), address, None, "none"))
        mine = state.stage == AppraisalStage.SHOWN and key in assessed
        due_at = dues.get((key, WindowStep.OBJECTION))
        if mine and (due_at is None or moment.at <= due_at):
            address = reverse("appraisal_feedback", args=[key])
            why = _("结果已反馈，有异议请在期限内提出")
            found.append(Duty(state.title, why, address, due_at, pressing(due_at, moment.at)))
    return found
