"""The report of an evaluation, its adjustments, and the decision to publish it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.audit.rules import canonical, sha256
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.queries.planned import goals_of_document, later_goals
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper, Snapshot
from luodi.papers.queries import office_of

from ..choices import AdjustmentStage
from ..flows.evaluations import EVALUATION
from ..models import Adjustment, AdjustmentState, EvaluationState, PublicVersion
from ..queries.evaluation_pages import EvaluationPage, evaluation_page
from ..queries.evaluation_reports import compose_report, public_content, report_title
from ..queries.evaluations import is_signed


def propose_adjustment(
    *, evaluation: str, subject: str, proposal: str, reason: str, by: str, at: datetime
) -> None:
    """Propose that a target or measure be changed, with the reason (by the office)."""
    page = evaluation_page(viewer_of_person(by), evaluation, Moment(at))
    if not page.roles & {"office"}:
        raise NotAllowed(_("调整建议由专班办公室提出。"))
    if page.state.stage != "judged":
        raise Closed(_("评判之后、作出结论之前才能提出调整建议。"))
    if subject not in {row.subject for row in page.rows}:
        raise NotFound(_("这份规划没有这一项，请从列表里选择。"))
    if not proposal.strip() or not reason.strip():
        raise Incomplete(_("请写明怎样调整和为什么。"))
    if any(
        one.subject == subject and one.stage == AdjustmentStage.PROPOSED for one in page.adjustments
    ):
        raise Conflict(_("这一项已有待审议的调整建议；没有重复写入。"))
    fresh = Adjustment(key=new_key(), evaluation_id=evaluation, subject=subject)
    with perform(
        "propose_adjustment",
        by=by,
        at=at,
        subjects=[*_subjects(page), subject],
        scope={"city": page.evaluation.city},
        why=reason.strip(),
    ) as deed:
        deed.write(fresh)
        deed.write(
            AdjustmentState(
                adjustment_id=fresh.key,
                stage=AdjustmentStage.PROPOSED,
                proposal=proposal.strip(),
                reason=reason.strip(),
            )
        )


def decide_adjustment(
    *, adjustment: str, agree: bool, answer: str, by: str, at: datetime, seen: int
) -> None:
    """Agree to a proposed change or decline it, with the ground (by whoever decides publication).

    Agreeing changes no target: the plan itself has to be amended and adopted.
    """
    state, page = _adjustment(adjustment, by, at, seen)
    if "publisher" not in page.roles:
        raise NotAllowed(_("调整建议由领导小组审议。"))
    if state.stage != AdjustmentStage.PROPOSED:
        raise Closed(_("这条调整建议已经审议过。"))
    if not answer.strip():
        raise Incomplete(_("请写明审议意见。"))
    stage = AdjustmentStage.AGREED if agree else AdjustmentStage.DECLINED
    with perform(
        "decide_adjustment",
        by=by,
        at=at,
        subjects=[*_subjects(page), state.adjustment.subject],
        scope={"city": page.evaluation.city},
        payload={"agree": agree},
        why=answer.strip(),
    ) as deed:
        deed.replace(state, stage=stage, answer=answer.strip())


def link_adjustment(*, adjustment: str, replaced_by: str, by: str, at: datetime, seen: int) -> None:
    """Say which target of a later adopted document carries an agreed change out (by the office).

    Only a target of the same indicator that stands in a sentence will do: old and new stay linked.
    """
    state, page = _adjustment(adjustment, by, at, seen)
    if "office" not in page.roles:
        raise NotAllowed(_("由专班办公室登记调整后的目标。"))
    if state.stage != AdjustmentStage.AGREED:
        raise Closed(_("只有同意调整、还没有登记的建议可以登记。"))
    old = state.adjustment.subject.partition(":")[2]
    viewer, moment = viewer_of_person(by), Moment(at)
    goals = goals_of_document(viewer, page.evaluation.plan.document, moment)
    later = later_goals(viewer, [goal for goal in goals if goal.key == old], moment).get(old, [])
    if replaced_by not in {goal.key for goal in later}:
        raise NotFound(_("没有这个目标：调整后的目标要先随修订的文件采纳，并是同一指标。"))
    with perform(
        "link_adjustment",
        by=by,
        at=at,
        subjects=[*_subjects(page), state.adjustment.subject, subject_key("target", replaced_by)],
        scope={"city": page.evaluation.city},
        payload={"replaced_by": replaced_by},
    ) as deed:
        deed.replace(state, stage=AdjustmentStage.CARRIED_OUT, replaced_by=replaced_by)


def _adjustment(
    adjustment: str, by: str, at: datetime, seen: int
) -> tuple[AdjustmentState, EvaluationPage]:
    rows = AdjustmentState.objects.open().select_related("adjustment")
    state = rows.filter(adjustment=adjustment).first()
    if state is None:
        raise NotFound(_("没有这条调整建议。"))
    page = evaluation_page(viewer_of_person(by), state.adjustment.evaluation_id, Moment(at))
    if state.since_id != seen:
        raise Conflict(_("这条建议刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return state, page


def _subjects(page: EvaluationPage) -> list[str]:
    one = page.evaluation
    return [subject_key("evaluation", one.key), subject_key("plan", one.plan_id)]


def _concluded(evaluation: str, viewer: Viewer, at: datetime) -> EvaluationPage:
    page = evaluation_page(viewer, evaluation, Moment(at))
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("评估报告由专班办公室拟稿。"))
    if page.state.stage != "concluded":
        raise Closed(_("作出结论之后才能拟评估报告。"))
    return page


def open_evaluation_report(*, evaluation: str, viewer: Viewer, by: str, at: datetime) -> Paper:
    """Begin the report of a concluded evaluation."""
    page = _concluded(evaluation, viewer, at)
    return open_paper(
        kind=PaperKind.EVALUATION_REPORT,
        title=report_title(page),
        city=page.evaluation.city,
        unit=office_of(viewer),
        about=subject_key("evaluation", evaluation),
        period=page.evaluation.period,
        by=by,
        at=at,
    )


def freeze_evaluation_report(
    *, evaluation: str, viewer: Viewer, by: str, at: datetime
) -> tuple[Snapshot, int]:
    """Compose the report and freeze it to be checked; also the count of characters removed."""
    page = _concluded(evaluation, viewer, at)
    if page.paper is None:
        raise NotFound(_("评估报告还没有开始拟稿。"))
    return freeze_paper(
        paper=page.paper.paper_id,
        content=compose_report(evaluation, viewer, Moment(at)),
        position=page.state.position or 0,
        by=by,
        at=at,
    )


def publish_evaluation(*, evaluation: str, by: str, at: datetime, seen: int) -> None:
    """Decide that the public version is published: what it says is frozen with the decision."""
    page = evaluation_page(viewer_of_person(by), evaluation, Moment(at))
    if page.seen != seen:
        raise Conflict(_("这次评估刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    present = {"signed": is_signed(page.evaluation, Moment(at))}
    stage = moved(EVALUATION, "publish", page.state.stage, page.roles, present)
    content = public_content(page)
    state = EvaluationState.objects.open().get(evaluation=evaluation)
    with perform(
        "publish_evaluation",
        by=by,
        at=at,
        subjects=_subjects(page),
        scope={"city": page.evaluation.city},
    ) as deed:
        deed.replace(state, stage=stage)
        deed.write(
            PublicVersion(
                evaluation_id=evaluation,
                city=page.evaluation.city,
                digest=sha256(canonical(content)),
                content=content,
            )
        )
