"""The evaluation report, and the public version, composed from one reading of an evaluation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from luodi.common.keys import split_subject
from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Target
from luodi.kit.calendars import Period
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer
from luodi.papers.choices import PaperKind
from luodi.papers.queries import policy_for
from luodi.papers.rules.snapshot import Content

from ..choices import AdjustmentStage
from ..models import PublicVersion
from ..rules.evaluation_report import AdjustmentLine, OpinionLine, Report, RowLine, compose
from ..rules.publication import target_entry
from .evaluation_pages import EvaluationPage, JudgedRow, Said, evaluation_page

KINDS = {"yearly": "年度评估", "mid_term": "中期评估", "final": "终期评估"}


def report_title(page: EvaluationPage) -> str:
    """The title of the report, in the paper's language."""
    one = page.evaluation
    words = f"{one.plan.title[:120]}{Period.parse(one.period).label('zh')}{KINDS[one.kind]}报告"
    return words[:200]


def compose_report(evaluation: str, viewer: Viewer, moment: Moment) -> Content:
    """The whole report in the paper's language, whoever composes it.

    Every figure names its source, every goal the sentence it stands in.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _composed(evaluation_page(viewer, evaluation, moment), viewer, moment)


def _composed(page: EvaluationPage, viewer: Viewer, moment: Moment) -> Content:
    one = page.evaluation
    policy = policy_for(one.city, PaperKind.EVALUATION_REPORT, moment)
    office = unit_names({viewer.unit}, moment).get(viewer.unit, "") or one.plan.title
    return compose(
        Report(
            key=one.key,
            title=report_title(page),
            plan=one.plan_id,
            plan_title=one.plan.title,
            period=one.period,
            period_label=Period.parse(one.period).label("zh"),
            office=office,
            year=moment.today.year,
            report_to=policy.report_to,
            copy_to=policy.copy_to,
            tolerance=page.rule.tolerance if page.rule else 0,
            unconfirmed=bool(page.rule and not page.rule.confirmed),
            rows=tuple(_line(row) for row in page.rows),
            whole=tuple(_opinion(said) for said in page.opinions),
            adjustments=tuple(
                AdjustmentLine(a.title, a.proposal, a.reason, a.answer, STAGES[a.stage])
                for a in page.adjustments
            ),
            conclusion=page.state.conclusion,
            compared=page.previous is not None,
        )
    )


STAGES = {
    AdjustmentStage.PROPOSED: "待审议",
    AdjustmentStage.AGREED: "同意调整",
    AdjustmentStage.DECLINED: "不予调整",
    AdjustmentStage.CARRIED_OUT: "已调整",
}


def _line(row: JudgedRow) -> RowLine:
    return RowLine(
        subject=row.subject,
        title=row.title,
        units=row.unit_names,
        verdict=row.verdict,
        why=row.why,
        facts=dict(row.facts),
        sentence=row.sentence,
        selves=tuple(_opinion(said) for said in row.selves),
        opinions=tuple(_opinion(said) for said in row.opinions),
        before=row.before,
        change=row.change,
    )


def _opinion(said: Said) -> OpinionLine:
    return OpinionLine(said.who, said.verdict, said.words, said.differs)


def public_content(page: EvaluationPage) -> dict[str, Any]:
    """Exactly what would be public: goals, figures that may be shown, verdicts, the public words.

    Nothing of what units or third parties said, and nothing of adjustments not carried out.
    """
    one = page.evaluation
    keys = [split_subject(row.subject)[1] for row in page.rows if row.is_target]
    indicators = dict(Target.objects.filter(key__in=keys).values_list("key", "indicator"))
    then = Moment(one.act.at, page.state.position)
    rows = Definition.objects.at(then).filter(indicator__in=indicators.values())
    purposes = {row.indicator_id: row.purpose for row in rows}
    least = page.rule.least_cell if page.rule else 0
    targets, measures = [], []
    for row in page.rows:
        if row.is_target:
            purpose = purposes.get(indicators.get(split_subject(row.subject)[1], ""), "")
            targets.append(target_entry(row.title, row.facts, row.verdict, purpose, least))
        else:
            measures.append({"title": row.title, "verdict": row.verdict})
    return {
        "plan": one.plan.title,
        "kind": one.kind,
        "period": one.period,
        "targets": targets,
        "measures": measures,
        "words": page.state.public_words,
        "number": page.paper.number if page.paper else "",
        "least": least,
    }


def public_version(page: EvaluationPage, moment: Moment) -> PublicVersion | None:
    """The version that was decided to be published, as known at a moment."""
    rows = PublicVersion.objects.at(moment).filter(evaluation=page.evaluation)
    return rows.select_related("act").order_by("-act").first()
