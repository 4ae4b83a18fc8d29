"""An evaluation of a plan is opened, said to, judged, concluded. One action is one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.documents.choices import Access
from luodi.jobs.actions import tell
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, pack_of, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.plans.queries import plan_for

from ..choices import PlanVerdict
from ..flows.evaluations import EVALUATION
from ..models import (
    Evaluation,
    EvaluationState,
    Judgment,
    OutsideOpinion,
    SelfEvaluation,
)
from ..queries.evaluations import evaluation_for, is_signed, period_words, roles_in, rule_of
from ..queries.judging import Judged, judged_at, settled
from ..rules.evaluations import read_period, rule_for


@dataclass(frozen=True)
class EvaluationHeld:
    """An evaluation as somebody finds it, with what they are to it."""

    evaluation: Evaluation
    state: EvaluationState
    rule: EvaluationRule
    roles: frozenset[str]
    viewer: Viewer

    @property
    def subjects(self) -> list[str]:
        """The evaluation and its plan, as acts name them."""
        one = self.evaluation
        return [subject_key("evaluation", one.key), subject_key("plan", one.plan_id)]

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it."""
        return {"city": self.evaluation.city}

    def judged(self, moment: Moment) -> list[Judged]:
        """Its targets and measures as they stand at a moment."""
        end = Period.parse(self.evaluation.period).end
        return judged_at(self.evaluation.plan, end, self.rule, moment)


def _held(evaluation: str, by: str, at: datetime, seen: int | None = None) -> EvaluationHeld:
    viewer, moment = viewer_of_person(by), Moment(at)
    one = evaluation_for(viewer, evaluation, moment)
    state = EvaluationState.objects.open().get(evaluation=one)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这次评估刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    rule = rule_of(one, moment)
    if rule is None:
        raise NotFound(_("本市的规则包没有这种评估的规则，请先更新规则包。"))
    return EvaluationHeld(one, state, rule, roles_in(viewer, rule), viewer)


def _must_be_office(viewer: Viewer) -> None:
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("规划评估由专班办公室组织。"))


def open_evaluation(*, plan: str, kind: str, period: str, by: str, at: datetime) -> Evaluation:
    """Open an evaluation of a plan over a year or half-year; its units are asked to say theirs."""
    viewer, moment = viewer_of_person(by), Moment(at)
    _must_be_office(viewer)
    one = plan_for(viewer, plan, moment)
    rule = rule_for(pack_of(one.city, moment), moment.today, kind)
    if rule is None:
        raise NotFound(_("本市的规则包没有这种评估的规则，请先更新规则包。"))
    read = read_period(period)
    if read is None:
        raise Incomplete(_("“%s”不是评估期。请写成 2026 或 2026H1。") % period[:20])
    if read.start > moment.today:
        raise Incomplete(_("评估期还没有开始。"))
    if Evaluation.objects.filter(plan=one, kind=kind, period=read.key).exists():
        raise Conflict(_("这份规划这一期的评估已经有了，请在原来的评估里办理。"))
    rows = judged_at(one, read.end, rule, moment)
    fresh = Evaluation(key=new_key(), plan_id=one.key, kind=kind, period=read.key, city=one.city)
    subjects = [subject_key("evaluation", fresh.key), subject_key("plan", one.key)]
    with perform(
        "open_evaluation",
        by=by,
        at=at,
        subjects=subjects,
        scope={"city": one.city},
        payload={"kind": kind, "period": read.key},
    ) as deed:
        deed.write(fresh)
        deed.write(EvaluationState(evaluation_id=fresh.key, stage=EVALUATION.start))
    units = dict.fromkeys(unit for row in rows for unit in row.units)
    tell(
        people=[person for unit in units for person in handlers_of(unit)],
        kind="evaluation",
        sentence=lambda: (
            _("请对“%(plan)s”中本单位负责的目标和举措作出自评（%(period)s）。")
            % {"plan": one.title[:80], "period": period_words(read.key)}
        ),
        subject=subjects[0],
        address=f"/assessment/evaluations/{fresh.key}/",
        by=by,
        at=at,
    )
    return fresh


def say_self_evaluation(
    *, evaluation: str, subject: str, unit: str, verdict: str, words: str, by: str, at: datetime
) -> None:
    """Say what a responsible unit makes of a row of its own; until the self-evaluation is closed.

    The computed verdict stays as it is: the two stand side by side.
    """
    held = _held(evaluation, by, at)
    if held.state.stage != EVALUATION.start:
        raise Closed(_("自评已经截止，不能再写；需要补充请联系专班办公室重新开放。"))
    row = _row_of(held, subject, Moment(at))
    if unit not in row.units or not held.viewer.acts_for(unit, *UNIT_ROLES):
        raise NotAllowed(_("自评由负责这一项的单位填写。"))
    _check_said(verdict, words, needed=True)
    there = SelfEvaluation.objects.open().filter(
        evaluation=held.evaluation, subject=subject, unit=unit
    )
    said = {"verdict": verdict, "words": words.strip()}
    with perform(
        "say_self_evaluation",
        by=by,
        at=at,
        subjects=[*held.subjects, subject],
        scope={**held.scope, "unit": unit},
        payload={"verdict": verdict},
    ) as deed:
        _replace_or_write(
            deed,
            there.first(),
            SelfEvaluation(evaluation_id=held.evaluation.key, subject=subject, unit=unit, **said),
            said,
        )


def record_opinion(
    *,
    evaluation: str,
    subject: str,
    institution: str,
    verdict: str,
    words: str,
    name: str,
    data: bytes,
    by: str,
    at: datetime,
) -> None:
    """Record what a third party says, with its paper: of one row, or ('') of the whole plan.

    The paper is restricted: the evaluation's page hands it to whoever may read the opinion.
    """
    held = _held(evaluation, by, at)
    _must_be_office(held.viewer)
    if held.state.stage not in ("open", "judged"):
        raise Closed(_("评估已有结论，不能再加第三方意见。"))
    if subject:
        _row_of(held, subject, Moment(at))
    if not institution.strip():
        raise Incomplete(_("请写明第三方机构，不写个人姓名。"))
    _check_said(verdict, words, needed=bool(subject))
    if not name:
        raise Incomplete(_("请附上第三方的书面意见。"))
    there = OutsideOpinion.objects.open().filter(
        evaluation=held.evaluation, subject=subject, institution=institution.strip()
    )
    said: dict[str, Any] = {"verdict": verdict, "words": words.strip()}
    with perform(
        "record_opinion",
        by=by,
        at=at,
        subjects=[*held.subjects, *([subject] if subject else [])],
        scope=held.scope,
        payload={"institution": institution.strip()},
    ) as deed:
        file = write_file(
            deed=deed, name=name, data=data, scope=held.scope, access=Access.RESTRICTED
        )
        deed.touch(subject_key("file", file.key))
        attach(deed=deed, file=file, subject=held.subjects[0], purpose="opinion")
        said["file_id"] = file.key
        fresh = OutsideOpinion(
            evaluation_id=held.evaluation.key,
            subject=subject,
            institution=institution.strip(),
            **said,
        )
        _replace_or_write(deed, there.first(), fresh, said)


def _row_of(held: EvaluationHeld, subject: str, moment: Moment) -> Judged:
    row = next((row for row in held.judged(moment) if row.subject == subject), None)
    if row is None:
        raise NotFound(_("这份规划没有这一项，请从列表里选择。"))
    return row


def _check_said(verdict: str, words: str, needed: bool) -> None:
    if (needed or verdict) and verdict not in PlanVerdict.values:
        raise Incomplete(_("请选择判断。"))
    if not words.strip():
        raise Incomplete(_("请写明情况和依据。"))


def _replace_or_write(deed: Deed, there: Any, fresh: Any, said: Mapping[str, Any]) -> None:
    if there is None:
        deed.write(fresh)
    else:
        deed.replace(there, **said)


def judge_evaluation(*, evaluation: str, by: str, at: datetime, seen: int) -> None:
    """Close the self-evaluation and keep what is found at the last act; both together."""
    held = _held(evaluation, by, at, seen)
    stage = moved(EVALUATION, "judge", held.state.stage, held.roles)
    then = settled(Moment(at))
    rows = held.judged(then)
    before = {
        row.subject: row for row in Judgment.objects.open().filter(evaluation=held.evaluation)
    }
    with perform(
        "judge_evaluation",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        payload={"position": then.position, "rows": len(rows)},
    ) as deed:
        deed.replace(held.state, stage=stage, position=then.position, judged_at=then.at, why="")
        for row in rows:
            found = {
                "order": row.order, "title": row.title, "units": list(row.units),
                "verdict": row.found.verdict, "code": row.found.code, "facts": row.found.facts,
                "sentence": row.sentence,
            }  # fmt: skip
            fresh = Judgment(evaluation_id=held.evaluation.key, subject=row.subject, **found)
            _replace_or_write(deed, before.pop(row.subject, None), fresh, found)
        for gone in before.values():
            deed.close(gone)


def move_evaluation(
    *, evaluation: str, move: str, by: str, at: datetime, seen: int, why: str = ""
) -> None:
    """Open the self-evaluation again, or hold publication back; each with a reason."""
    if move not in ("reopen", "withhold"):
        raise NotFound(_("没有这一步，请从页面上选择。"))
    held = _held(evaluation, by, at, seen)
    stage = moved(EVALUATION, move, held.state.stage, held.roles, {"reason": why.strip()})
    with perform(
        f"{move}_evaluation",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, stage=stage, why=why.strip())


def conclude_evaluation(
    *,
    evaluation: str,
    conclusion: str,
    public_words: str,
    by: str,
    at: datetime,
    seen: int,
) -> None:
    """Conclude; `public_words` are those the public version carries instead of the conclusion."""
    held = _held(evaluation, by, at, seen)
    present = {"conclusion": conclusion.strip()}
    stage = moved(EVALUATION, "conclude", held.state.stage, held.roles, present)
    if is_signed(held.evaluation, Moment(at)):
        raise Closed(_("评估报告已经签发，结论不能再改。"))
    with perform(
        "conclude_evaluation", by=by, at=at, subjects=held.subjects, scope=held.scope
    ) as deed:
        deed.replace(
            held.state,
            stage=stage,
            conclusion=conclusion.strip(),
            public_words=public_words.strip(),
        )
