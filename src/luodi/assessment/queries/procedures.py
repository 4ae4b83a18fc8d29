"""How an appraisal stands in its procedure: times, self-reports, papers, what may come next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import language, titled
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict
from luodi.indicators.models import Definition
from luodi.orgs.queries import (
    due_in_city,
    names_of,
    owned,
    pack_of,
    source_in_words,
    unit_names,
    units_by_name,
)
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import AppraisalRule, UnitRule
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import PaperState

from ..choices import DEEDS, CheckStage, SelfReportStage, WindowStep
from ..flows import APPRAISAL
from ..models import (
    AppraisalDecision,
    AppraisalReward,
    AppraisalRun,
    AppraisalWindow,
    FigureCheck,
    SelfReportState,
)
from ..rules.procedures import NOTICE_CLOCK, procedure_in
from .appraisals import AppraisalHeld, hold_appraisal, runs_appraisals


def hold_as_seen(key: str, seen: int, viewer: Viewer, moment: Moment) -> AppraisalHeld:
    """The appraisal as it stands, which must be as the person saw it (`seen`: act of the state,
    0 for whoever didn't look)."""
    held = hold_appraisal(key, viewer, moment)
    if seen and held.state.since_id != seen:
        raise Conflict(_("别人刚刚办理了这次考核，请刷新后再看；您这一步没有写入。"))
    return held


def procedure_of(held: AppraisalHeld) -> AppraisalRule | None:
    """What the city's pack says of the procedure, at the moment the appraisal is looked at."""
    stack = pack_of(held.appraisal.city, held.moment)
    return procedure_in(stack, held.appraisal.scheme, held.moment.today)


def window_at(
    appraisal: str, step: WindowStep, moment: Moment | None = None
) -> AppraisalWindow | None:
    """The time of a step; now, where no moment is given."""
    rows = AppraisalWindow.objects.at(moment) if moment else AppraisalWindow.objects.open()
    return rows.filter(appraisal=appraisal, step=step).first()


def last_run(appraisal: str, moment: Moment) -> AppraisalRun | None:
    """The newest run known at a moment."""
    rows = AppraisalRun.objects.at(moment).filter(appraisal=appraisal)
    return rows.select_related("act").order_by("-number").first()


def unverified_in(appraisal: str, moment: Moment) -> int:
    """How many reported figures wait to be verified, or were returned."""
    rows = FigureCheck.objects.at(moment).filter(self_report__appraisal=appraisal)
    return rows.exclude(stage=CheckStage.ACCEPTED).count()


def run_subject(run: AppraisalRun) -> str:
    """The subject of the papers about one run."""
    return subject_key("appraisal_run", run.key)


def paper_of(held: AppraisalHeld, kind: str, run: AppraisalRun | None) -> PaperState | None:
    """The paper of a kind about a run, as it stands at the moment."""
    if run is None:
        return None
    rows = PaperState.objects.at(held.moment).filter(
        paper__city=held.appraisal.city, paper__kind=kind, paper__about=run_subject(run)
    )
    return rows.select_related("paper", "since").first()


def _issued(state: PaperState | None) -> PaperState | None:
    return state if state is not None and state.stage in ISSUED else None


def notice_of(held: AppraisalHeld) -> PaperState | None:
    """The signed notice about the last run."""
    run = last_run(held.key, held.moment)
    return _issued(paper_of(held, PaperKind.APPRAISAL_NOTICE, run))


def decision_of(appraisal: str, moment: Moment) -> AppraisalDecision | None:
    """What the leading group decided, where it has."""
    rows = AppraisalDecision.objects.at(moment).filter(appraisal=appraisal)
    return rows.select_related("run", "run__act").first()


def bulletin_of(held: AppraisalHeld) -> PaperState | None:
    """The signed bulletin about the run that was decided."""
    decision = decision_of(held.key, held.moment)
    run = decision.run if decision else None
    return _issued(paper_of(held, PaperKind.APPRAISAL_BULLETIN, run))


def notice_until(held: AppraisalHeld) -> datetime | None:
    """When the time of the signed notice is over, by the city's clock; None where it has none."""
    state = notice_of(held)
    if state is None:
        return None
    acts = acts_on(subject_key("paper", state.paper_id), held.moment).filter(verb="sign_paper")
    signed = acts.order_by("-position").first()
    if signed is None:
        return None
    due_at, _working = due_in_city(held.appraisal.city, NOTICE_CLOCK, signed.at)
    return due_at


def notice_waits(held: AppraisalHeld, at: datetime) -> str:
    """Why the notice still holds the decision up; '' where it doesn't."""
    until = notice_until(held)
    if until is None or at > until:
        return ""
    day = until.astimezone(LOCAL)
    return _("公示期到 %(day)s 为止，期满才能审定。") % {"day": f"{day:%Y-%m-%d %H:%M}"}


def answering(held: AppraisalHeld) -> dict[str, str]:
    """The office that answers for each part of the scheme, by key.

    The unit the scheme names; for an indicator of the dictionary, whose datum it is; else the
    office that runs the appraisal.
    """
    if held.rule is None:
        return {}
    city, moment = held.appraisal.city, held.moment
    by_name = units_by_name(city, moment)
    units = {
        rule.key: by_name[name][0].of_id
        for rule in pack_of(city, moment).all("units", UnitRule, moment.today)
        for name in reversed(rule.names())
        if by_name.get(name)
    }
    codes = [one.code for one in held.rule.indicators() if one.code]
    rows = Definition.objects.at(moment).filter(indicator__city=city, indicator__code__in=codes)
    data = dict(rows.values_list("indicator__code", "answers"))
    found = {
        one.key: units.get(one.answers or "") or data.get(one.code or "") or held.appraisal.unit
        for one in held.rule.indicators()
    }
    return found | {one.key: held.appraisal.unit for one in held.rule.extras()}


@dataclass(frozen=True)
class WindowShown:
    """The time of a step in words. `light`: done once over, else by how near it is."""

    step: str
    label: str
    opened_at: datetime
    due_at: datetime | None
    owner: str
    source: str
    notes: tuple[str, ...]
    over: bool


@dataclass(frozen=True)
class UnitProgress:
    """How far one unit's self-report has come, and its figures by how they were verified."""

    key: str
    unit: str
    name: str
    stage: str
    stage_label: str
    submitted_at: datetime | None
    late: bool
    overdue: bool
    waiting: int
    accepted: int
    returned: int
    readable: bool


@dataclass(frozen=True)
class ProcedureEvent:
    """Something that happened in an appraisal."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class ProcedurePage:
    """One appraisal in its procedure, as the viewer may see it."""

    held: AppraisalHeld
    rule: AppraisalRule | None
    windows: tuple[WindowShown, ...]
    units: tuple[UnitProgress, ...]
    run: AppraisalRun | None
    decision: AppraisalDecision | None
    notice: PaperState | None
    bulletin: PaperState | None
    reward_notice: PaperState | None
    notice_until: datetime | None
    rewards: tuple[AppraisalReward, ...]
    events: tuple[ProcedureEvent, ...]
    office: bool
    decides: bool

    @property
    def stages(self) -> list[tuple[str, str, str]]:
        """Every stage with its words, and whether it is done, now or to come."""
        keys = [state.key for state in APPRAISAL.states]  # type: ignore[union-attr]
        here = keys.index(self.held.state.stage)
        lang = language()
        return [
            (
                key,
                APPRAISAL.state(key).label(lang),
                "done" if n < here else "now" if n == here else "later",
            )
            for n, key in enumerate(keys)
        ]

    @cached_property
    def left(self) -> int:
        """How many reported figures aren't verified."""
        return sum(one.waiting + one.returned for one in self.units)

    @property
    def stands_on(self) -> str:
        """Whose rule the procedure is, and where it stands."""
        rule = self.rule
        return owned(rule) if rule else ""

    @property
    def title(self) -> str:
        """What the pack calls the procedure."""
        if self.rule is None:
            return ""
        return titled(self.rule)


def procedure_page(key: str, viewer: Viewer, moment: Moment) -> ProcedurePage:
    """The procedure of an appraisal, in a fixed number of queries."""
    held = hold_appraisal(key, viewer, moment)
    rule = procedure_of(held)
    run, decision = last_run(key, moment), decision_of(key, moment)
    decided = decision.run if decision else None
    whole = viewer.sees_whole_city
    return ProcedurePage(
        held=held,
        rule=rule,
        windows=windows_of(held),
        units=units_of(held, viewer),
        run=run if whole or held.is_shown else None,
        decision=decision,
        notice=_shown(paper_of(held, PaperKind.APPRAISAL_NOTICE, decided or run), whole),
        bulletin=_shown(paper_of(held, PaperKind.APPRAISAL_BULLETIN, decided), whole),
        reward_notice=_shown(paper_of(held, PaperKind.NOTICE, decided), whole),
        notice_until=notice_until(held),
        rewards=tuple(AppraisalReward.objects.at(moment).filter(appraisal=key).order_by("pk")),
        events=_events(held),
        office=runs_appraisals(viewer, held.appraisal.city),
        decides=bool(rule and viewer.has(*rule.decides)),
    )


def _shown(state: PaperState | None, whole: bool) -> PaperState | None:
    """A paper in draft is its office's own."""
    return state if whole else _issued(state)


def windows_of(held: AppraisalHeld) -> tuple[WindowShown, ...]:
    """The times of the steps begun so far, in order."""
    order = {step: n for n, step in enumerate(WindowStep.values)}
    rows = AppraisalWindow.objects.at(held.moment).filter(appraisal=held.key)
    lang = language()
    return tuple(
        WindowShown(
            step=row.step,
            label=str(row.get_step_display()),
            opened_at=row.opened_at,
            due_at=row.due_at,
            owner=row.working.get("owner", ""),
            source=source_in_words(row.working.get("source", "")),
            notes=tuple(note[lang] for note in row.working.get("notes", ())),
            over=bool(row.due_at and held.moment.at > row.due_at),
        )
        for row in sorted(rows, key=lambda row: order[row.step])
    )


def units_of(held: AppraisalHeld, viewer: Viewer) -> tuple[UnitProgress, ...]:
    """The self-reports the viewer may know of: all for whole-city roles, else their own."""
    rows = SelfReportState.objects.at(held.moment).filter(self_report__appraisal=held.key)
    if not viewer.sees_whole_city:
        rows = rows.filter(self_report__unit__in=viewer.units)
    states = list(rows.select_related("self_report"))
    checks = FigureCheck.objects.at(held.moment).filter(self_report__appraisal=held.key)
    counts = Counter(checks.values_list("self_report", "stage"))
    window = window_at(held.key, WindowStep.SELF_REPORT, held.moment)
    passed = bool(window and window.due_at and held.moment.at > window.due_at)
    names = unit_names([state.self_report.unit for state in states], held.moment)
    found = [
        UnitProgress(
            key=state.self_report_id,
            unit=state.self_report.unit,
            name=names.get(state.self_report.unit, ""),
            stage=state.stage,
            stage_label=str(state.get_stage_display()),
            submitted_at=state.submitted_at,
            late=state.late,
            overdue=passed and state.stage != SelfReportStage.SUBMITTED,
            waiting=counts[state.self_report_id, CheckStage.WAITING],
            accepted=counts[state.self_report_id, CheckStage.ACCEPTED],
            returned=counts[state.self_report_id, CheckStage.RETURNED],
            readable=state.self_report.unit in viewer.units or state.submitted_at is not None,
        )
        for state in states
    ]
    return tuple(sorted(found, key=lambda one: one.name))


STEPS = (
    "open_appraisal", "freeze_scheme", "set_member", "run_appraisal", "open_self_reports",
    "begin_verification", "take_first_result", "verify_again", "show_result", "begin_review",
    "decide_appraisal", "publish_appraisal", "record_rewards", "settle_objections",
)  # fmt: skip
"""What everybody who sees the appraisal may know happened; of an objection only its parties."""


def _events(held: AppraisalHeld) -> tuple[ProcedureEvent, ...]:
    acts: list[Act] = list(acts_on(held.subject, held.moment).filter(verb__in=STEPS))
    people = names_of(act.by for act in acts)
    return tuple(
        ProcedureEvent(a.at, people.get(a.by, "—"), str(DEEDS[a.verb]), a.why) for a in acts
    )
