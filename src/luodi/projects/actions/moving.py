"""A project goes on along the pipeline, back, or ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.packs.schemas import PipelineRule

from ..models import StageMove
from ..queries import Holding, hold, pipeline_at, place_of
from ..queries.timelines import worded
from ..rules import BENEFIT, Judged, Pipeline, judge, read_amount
from .evidence import Upload, attach_evidence


def move_project(
    *,
    project: str,
    to: str,
    by: str,
    at: datetime,
    happened_on: date | None = None,
    why: str = "",
    override: bool = False,
    evidence: Sequence[Upload] = (),
    actual_output: str = "",
    seen: int | None = None,
) -> None:
    """Move a project into another stage, by the rules of the day of the move.

    Forward, the needs of each stage on the way must be met, or the office overrides them with a
    reason; what it passed over is kept. Back and to the end needs a reason. Nothing of the past is
    rewritten. `actual_output`, a year's in 万元, is told with the stage of the promised benefit.
    """
    held = hold(project, by, seen)
    moment = Moment(at)
    pipeline = pipeline_at(held.project.city, moment)
    target = _target(held, pipeline, to)
    here = place_of(held.project, held.state.stage, pipeline)
    judged = judge(held.state, here, target, pipeline, held.roles, bool(evidence))
    _check_role(judged)
    _check_reason(judged, why, override=override)
    overridden = _check_needs(judged, held, override=override)
    day = _day(held, happened_on, moment)
    told = _output(to, actual_output)
    move = StageMove(
        project_id=held.project.key,
        from_stage=held.state.stage,
        to_stage=to,
        happened_on=day,
        why=why.strip(),
        back=judged.back,
        override=overridden,
        unmet=list(judged.unmet) if overridden else [],
        told=list(judged.told),
        signing=held.state.signing,
        **held.scope,
    )
    _write(held, move, told, evidence, by, at)


def _target(held: Holding, pipeline: Pipeline, to: str) -> PipelineRule:
    target = pipeline.get(to)
    if target is None:
        raise NotFound(_("规则里没有这个环节，请重新选择。"))
    if to == held.state.stage:
        raise Conflict(_("项目已经在这个环节。"))
    return target


def _check_role(judged: Judged) -> None:
    if not judged.allowed:
        raise NotAllowed(_("按规则，您的岗位不能把项目移入“%s”。") % titled(judged.target))


def _check_reason(judged: Judged, why: str, *, override: bool) -> None:
    if (judged.back or judged.target.final or override) and not why.strip():
        raise Incomplete(_("退回、终止或例外放行都要写明原因。"))


def _check_needs(judged: Judged, held: Holding, *, override: bool) -> bool:
    """Whether needs are passed over by an override; raises where they can't be."""
    if not judged.unmet:
        return False
    if judged.hard and held.state.signing == "framework":
        raise Incomplete(
            _("框架协议不是正式合同，签订正式合同后才能进入“%s”。") % titled(judged.target)
        )
    if override and not judged.hard:
        if "office" not in held.roles:
            raise NotAllowed(_("例外放行由专班办公室办理。"))
        return True
    words = {"stage": titled(judged.target), "needs": worded(judged.unmet)}
    raise Incomplete(_("进入“%(stage)s”还缺：%(needs)s。") % words)


def _day(held: Holding, happened_on: date | None, moment: Moment) -> date:
    """The day of the move: not in the future, not before the move before it."""
    day = happened_on or moment.today
    if day > moment.today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    moves = StageMove.objects.filter(project=held.project).order_by("-act")
    last = moves.values_list("happened_on", flat=True).first()
    if last and day < last:
        words = {"day": last.isoformat()}
        raise Incomplete(_("发生日期不能早于上一次变动（%(day)s）。") % words)
    return day


def _output(to: str, written: str) -> dict[str, Any]:
    """The columns of an actual output told with the move; none where nothing was."""
    if not written.strip():
        return {}
    if to != BENEFIT:
        raise Incomplete(_("实际年产值在移入达效时填写，或者在修改项目时填写。"))
    number, scale = read_amount("actual_output", written)
    return {"actual_output": number, "actual_output_scale": scale}


def _write(
    held: Holding,
    move: StageMove,
    told: dict[str, Any],
    evidence: Sequence[Upload],
    by: str,
    at: datetime,
) -> None:
    payload = {
        "from": move.from_stage,
        "to": move.to_stage,
        "happened_on": move.happened_on.isoformat(),
        "back": move.back,
        "override": move.override,
        "unmet": move.unmet,
        "told": move.told,
        **told,
    }
    with perform(
        "move_project",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload=payload,
        why=move.why,
    ) as deed:
        deed.write(move)
        deed.replace(held.state, stage=move.to_stage, **told)
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence)
