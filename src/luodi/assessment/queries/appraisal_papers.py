"""What stands in the papers about an appraisal's run."""

from __future__ import annotations

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.kit.quantities import show
from luodi.orgs.queries import unit_names
from luodi.papers.choices import PaperKind
from luodi.papers.queries import policy_for

from ..choices import ObjectionStage
from ..models import AppraisalReward, AppraisalRun, AppraisalScore, ObjectionState
from ..rules import fault_in_words
from ..rules.appraisal_papers import Kind, PaperFacts, PaperReward, PaperScore
from .appraisals import AppraisalHeld
from .procedures import decision_of, last_run, run_subject


def paper_facts(held: AppraisalHeld, kind: str) -> tuple[PaperFacts, AppraisalRun]:
    """What a paper of a kind says, and the run it is about.

    A notice is about the last run, the others about the run that was decided. Raises `Incomplete`
    where there is none, or nothing to say.
    """
    decision = decision_of(held.key, held.moment)
    if kind == PaperKind.APPRAISAL_NOTICE:
        run = last_run(held.key, held.moment)
    else:
        run = decision.run if decision else None
    if run is None or held.rule is None:
        raise Incomplete(_("还没有可以写进文稿的结果。"))
    policy = policy_for(held.appraisal.city, kind, held.moment)
    names = unit_names([*held.categories, held.appraisal.unit], held.moment)
    facts = PaperFacts(
        kind=cast(Kind, kind),
        title=held.state.title,
        scheme=held.rule.title,
        scheme_source=f"{held.rule.owner.name}，{held.rule.source}"
        if held.rule.confirmed
        else f"{held.rule.owner.name}，本地默认，未经确认",
        example=held.rule.kind == "example",
        office=names.get(held.appraisal.unit, ""),
        year=held.moment.today.year,
        run_source=run_subject(run),
        scores=_scores(held, run, names),
        objections=_objections(held),
        words=decision.words if decision else "",
        decided_on=decision.decided_on if decision else None,
        rewards=_rewards(held, names),
        addressees=policy.report_to,
        copy_to=policy.copy_to,
    )
    if kind == PaperKind.NOTICE and not facts.rewards:
        raise Incomplete(_("没有登记奖惩事项，不用发通知。"))
    return facts, run


def _scores(
    held: AppraisalHeld, run: AppraisalRun, names: dict[str, str]
) -> tuple[PaperScore, ...]:
    """The result in the paper's language, by category and place."""
    rule = held.rule
    assert rule is not None
    titles = {one.key: one.title for one in (*rule.categories, *rule.tiers)}
    rows = AppraisalScore.objects.filter(run=run.key)
    ordered = sorted(rows, key=lambda r: (r.category, r.rank is None, r.rank or 0, r.unit))
    with override("zh-hans"):
        return tuple(
            PaperScore(
                unit=names.get(row.unit, ""),
                category=titles.get(row.category, "") if rule.apart else "",
                score="" if row.total is None else show(row.total, row.scale),
                rank=row.rank,
                tier=titles.get(row.tier, ""),
                why=fault_in_words(row.why) if row.why else "",
            )
            for row in ordered
        )


def _objections(held: AppraisalHeld) -> tuple[int, int]:
    states = ObjectionState.objects.at(held.moment).filter(objection__appraisal=held.key)
    stages = [s for s in states.values_list("stage", flat=True) if s != ObjectionStage.WITHDRAWN]
    return len(stages), stages.count(ObjectionStage.CORRECTED)


def _rewards(held: AppraisalHeld, names: dict[str, str]) -> tuple[PaperReward, ...]:
    rows = AppraisalReward.objects.at(held.moment).filter(appraisal=held.key).order_by("pk")
    return tuple(
        PaperReward(
            unit=names.get(row.unit, ""),
            title=row.title,
            effect=row.effect,
            amount="" if row.amount is None else show(row.amount, row.scale),
            measured_in=row.measured_in,
            source=f"appraisal:{held.key}",
        )
        for row in rows
    )


def find_appraisal_run(key: str) -> Found | None:
    """The finder of the subject kind `appraisal_run`."""
    run = AppraisalRun.objects.filter(key=key).select_related("appraisal", "act").first()
    if run is None:
        return None
    title = run.appraisal.states.at(Moment(run.act.at)).get().title
    return Found(
        title=_("%(title)s · 第 %(n)s 次计算") % {"title": title, "n": run.number},
        address=reverse("appraisal_result", args=[run.appraisal_id, run.number]),
        kind_label=_("考核计算"),
        scope={"city": run.city},
        searched=False,
    )
