"""An appraisal goes on, step by step: asked, verified, computed, shown, reviewed, decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key
from luodi.common.languages import Spoken
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import due_in_city, handlers_of, people_of_city
from luodi.orgs.rules import Viewer

from ..choices import AppraisalStage, ObjectionStage, WindowStep
from ..flows import APPRAISAL
from ..models import (
    AppraisalDecision,
    AppraisalWindow,
    ObjectionState,
    SelfReport,
    SelfReportState,
)
from ..queries.appraisals import AppraisalHeld
from ..queries.procedures import (
    bulletin_of,
    hold_as_seen,
    last_run,
    notice_of,
    notice_waits,
    procedure_of,
    unverified_in,
    window_at,
)
from ..rules.procedures import CLOCKS

VERBS_OF = {
    "decide": "decide_appraisal",
    "publish": "publish_appraisal",
    "reward": "record_rewards",
}
"""The verbs of moves whose names say too little by themselves."""


@contextmanager
def step(
    *,
    held: AppraisalHeld,
    name: str,
    viewer: Viewer,
    by: str,
    at: datetime,
    present: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    why: str = "",
) -> Iterator[Deed]:
    """One move of the appraisal: its refusal in words, or a deed with the new stage in it."""
    roles = {str(role) for role in viewer.roles}
    rule = procedure_of(held)
    if rule and viewer.has(*rule.decides):
        roles.add(str(Role.LEADING_GROUP))
    elif rule:
        roles.discard(str(Role.LEADING_GROUP))
    stage = moved(APPRAISAL, name, held.state.stage, roles, present or {})
    with perform(
        VERBS_OF.get(name, name),
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"stage": stage, **(payload or {})},
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, stage=stage)
        yield deed


def _open_window(*, deed: Deed, held: AppraisalHeld, step_: WindowStep, at: datetime) -> None:
    """Start the clock of a step, from the beginning where it ran before."""
    before = window_at(held.key, step_)
    due_at, working = due_in_city(held.appraisal.city, CLOCKS[step_], at)
    row = AppraisalWindow(
        appraisal_id=held.key, step=step_, opened_at=at, due_at=due_at, working=working
    )
    if before is not None:
        deed.close(before)
    deed.write(row)


def _tell_units(
    held: AppraisalHeld,
    sentence: Spoken,
    name: str,
    by: str,
    at: datetime,
    address: str = "",
) -> None:
    """Say it to those who handle it in each unit assessed."""
    people = {person for unit in held.categories for person in handlers_of(unit)}
    tell(
        people=sorted(people - {by}),
        kind="appraisal",
        sentence=lambda: sentence() % {"title": held.state.title[:60]},
        by=by,
        at=at,
        subject=held.subject,
        address=address or reverse(name, args=[held.key]),
    )


def open_self_reports(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> int:
    """Ask each unit assessed for its self-report; the time for it runs from now on.

    Refused while the scheme isn't frozen. Returns how many were asked.
    """
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    if not held.is_frozen:
        raise Incomplete(_("请先将考核方案定稿，再布置自评。"))
    present = {"members": held.members}
    with step(
        held=held, name="open_self_reports", viewer=viewer, by=by, at=at, present=present
    ) as deed:
        _open_window(deed=deed, held=held, step_=WindowStep.SELF_REPORT, at=at)
        for unit in held.categories:
            key = new_key()
            scope = {"city": held.appraisal.city, "zone": unit, "unit": unit}
            deed.write(SelfReport(key=key, appraisal_id=held.key, **scope))
            deed.write(SelfReportState(self_report_id=key))
    _tell_units(
        held, lambda: _("请填报自评：%(title)s。"), "appraisal_procedure", by, at,
        reverse("appraisal_self_reports"),
    )  # fmt: skip
    return len(held.members)


def begin_verification(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> None:
    """The datum's offices verify from now on. What comes in later is late, and is said so."""
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    with step(held=held, name="begin_verification", viewer=viewer, by=by, at=at) as deed:
        _open_window(deed=deed, held=held, step_=WindowStep.VERIFICATION, at=at)


def take_first_result(
    *, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime, why: str = ""
) -> None:
    """Take the last run, made since verification began, as the first result.

    Figures that wait to be verified, or were returned, hold it up; a reason lets it pass.
    """
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    run = last_run(appraisal, held.moment)
    fresh = run if run and run.act_id > held.state.since_id else None
    left = unverified_in(appraisal, held.moment)
    if left and not why.strip():
        raise Incomplete(
            _("还有 %d 个数没有核验；确需先出初步结果的，请写明理由。") % left, "appraisal.left"
        )
    with step(
        held=held, name="take_first_result", viewer=viewer, by=by, at=at,
        present={"run": fresh}, payload={"run": fresh.key if fresh else "", "left": left}, why=why,
    ):  # fmt: skip
        pass


def verify_again(
    *, appraisal: str, seen: int, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """Send the first result back to be verified, with a reason."""
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    with step(
        held=held, name="verify_again", viewer=viewer, by=by, at=at,
        present={"reason": why}, why=why,
    ) as deed:  # fmt: skip
        _open_window(deed=deed, held=held, step_=WindowStep.VERIFICATION, at=at)


def show_result(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> None:
    """Show the first result to those assessed: the time for objections runs from now on."""
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    run = last_run(appraisal, held.moment)
    with step(
        held=held, name="show_result", viewer=viewer, by=by, at=at,
        present={"run": run}, payload={"run": run.key if run else ""},
    ) as deed:  # fmt: skip
        _open_window(deed=deed, held=held, step_=WindowStep.OBJECTION, at=at)
    _tell_units(
        held,
        lambda: _("初步结果已反馈，请核对，有异议请在期限内提出：%(title)s。"),
        "appraisal_feedback",
        by,
        at,
    )


def begin_review(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> None:
    """Review the objections, once the time for them is over."""
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    window = window_at(appraisal, WindowStep.OBJECTION)
    over = window is None or window.due_at is None or at > window.due_at
    with step(
        held=held, name="begin_review", viewer=viewer, by=by, at=at, present={"waited": over}
    ) as deed:
        _open_window(deed=deed, held=held, step_=WindowStep.REVIEW, at=at)


def decide_appraisal(
    *, appraisal: str, seen: int, words: str, viewer: Viewer, by: str, at: datetime
) -> AppraisalDecision:
    """The leading group decides on the last run: from then on nothing of the result changes.

    Every objection must be settled; where the pack asks for a notice, it must be signed and its
    time over.
    """
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    run = last_run(appraisal, held.moment)
    open_ = ObjectionState.objects.open().filter(
        objection__appraisal=appraisal, stage__in=[ObjectionStage.RAISED, ObjectionStage.UPHELD]
    )
    rule = procedure_of(held)
    asked = bool(rule and rule.notice)
    notice = notice_of(held)
    present = {"run": run, "settled": not open_.exists(), "notice": notice or not asked}
    roles = viewer.has(*rule.decides) if rule else viewer.has(Role.LEADING_GROUP)
    if not roles:
        raise NotAllowed(_("考核结果由领导小组审定。"))
    if held.state.stage == AppraisalStage.REVIEWING and asked and notice:
        _check_notice(held, at)
    if not words.strip():
        raise Incomplete(_("请写明审定意见。"))
    with step(
        held=held, name="decide", viewer=viewer, by=by, at=at,
        present=present, payload={"run": run.key if run else ""}, why=words,
    ) as deed:  # fmt: skip
        assert run is not None
        return deed.write(
            AppraisalDecision(
                appraisal_id=appraisal,
                run_id=run.key,
                words=words.strip(),
                decided_on=held.moment.today,
                city=held.appraisal.city,
                unit=held.appraisal.unit,
            )
        )


def _check_notice(held: AppraisalHeld, at: datetime) -> None:
    """The notice must be of the last run, and its time over."""
    waits = notice_waits(held, at)
    if waits:
        raise Incomplete(waits, "appraisal.notice")


def publish_appraisal(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> None:
    """Publish what was decided, once the bulletin is signed: everybody in the city reads it."""
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    with step(
        held=held, name="publish", viewer=viewer, by=by, at=at,
        present={"bulletin": bulletin_of(held)},
    ):  # fmt: skip
        pass
    _tell_units(held, lambda: _("考核结果已通报：%(title)s。"), "appraisal_published", by, at)
    leaders = people_of_city(held.appraisal.city, [Role.LEADING_GROUP])
    tell(
        people=sorted(set(leaders) - {by}),
        kind="appraisal",
        sentence=lambda: _("考核结果已通报：%(title)s。") % {"title": held.state.title[:60]},
        by=by,
        at=at,
        subject=held.subject,
        address=reverse("appraisal_published", args=[held.key]),
    )
