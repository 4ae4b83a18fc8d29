"""A problem of a project is raised, declined, taken up again or withdrawn.

Dispatching one is opening a supervised item about it: that is the ledger's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.ledger.queries import rows_about

from ..flows import PROBLEM
from ..models import Problem, ProblemState
from ..queries import Holding, hold, hold_survivor
from .evidence import Upload, attach_evidence


def raise_problem(
    *,
    project: str,
    title: str,
    by: str,
    at: datetime,
    content: str = "",
    evidence: Sequence[Upload] = (),
) -> Problem:
    """Say what stands in the way of a project; the office is told and decides who handles it."""
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以上报项目问题。"))
    if not title.strip():
        raise Incomplete(_("请写明是什么问题。"))
    _check_new(project, title.strip(), content.strip(), Moment(at))
    problem = Problem(key=new_key(), project_id=project, **held.scope)
    state = ProblemState(
        problem_id=problem.key, title=title.strip(), content=content.strip(), stage=PROBLEM.start
    )
    with perform(
        "raise_problem",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("problem", problem.key)],
        scope=held.scope,
        payload={"title": state.title},
    ) as deed:
        deed.write(problem)
        deed.write(state)
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence)
    return problem


def _check_new(project: str, title: str, content: str, moment: Moment) -> None:
    """Refuse what waits already in the same words: a form sent twice is one problem."""
    same = ProblemState.objects.open().filter(
        problem__project=project, title=title, content=content, stage=PROBLEM.start
    )
    waiting = {subject_key("problem", key) for key in same.values_list("problem", flat=True)}
    if waiting - set(rows_about(waiting, moment)):
        raise Conflict(_("同样的问题已经上报，还在等待交办；没有重复写入。"))


def decline_problem(*, problem: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Say with a reason that a problem isn't dispatched (by the office)."""
    state, held = _hold(problem, by, seen)
    if rows_about([subject_key("problem", problem)], Moment(at)):
        raise Conflict(_("这个问题已经交办，请在督办台账里办理。"))
    _move(state, held, "decline", why, by, at)


def reopen_problem(*, problem: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Take a declined problem up again, with a reason (by the office)."""
    state, held = _hold(problem, by, seen)
    _move(state, held, "reopen", why, by, at)


def withdraw_problem(*, problem: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Take back a problem that isn't dispatched yet, with a reason (lead unit or zone)."""
    state, held = _hold(problem, by, seen)
    if rows_about([subject_key("problem", problem)], Moment(at)):
        raise Conflict(_("这个问题已经交办，请在督办台账里办理。"))
    _move(state, held, "withdraw", why, by, at)


def _hold(problem: str, by: str, seen: int) -> tuple[ProblemState, Holding]:
    """The open state of a problem and its project; `Conflict` where it has changed."""
    state = ProblemState.objects.open().select_related("problem").filter(problem=problem).first()
    if state is None:
        raise NotFound(_("没有这个问题，或者它不在您的范围内。"))
    held = hold_survivor(state.problem.project_id, by)
    if state.since_id != seen:
        raise Conflict(_("这个问题刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return state, held


def _move(state: ProblemState, held: Holding, move: str, why: str, by: str, at: datetime) -> None:
    present = {"reason"} if why.strip() else set()
    stage = moved(PROBLEM, move, state.stage, held.roles, present)
    with perform(
        f"{move}_problem",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("problem", state.problem_id)],
        scope=held.scope,
        payload={"title": state.title},
        why=why.strip(),
    ) as deed:
        deed.replace(state, stage=stage, answer=why.strip())
