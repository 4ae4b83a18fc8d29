"""What those assessed are shown before the decision, and what everybody reads after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.models import Indicator
from luodi.kit.quantities import show
from luodi.orgs.rules import Viewer
from luodi.papers.models import PaperState
from luodi.supervision.queries import Exempt, exemptions_of

from ..choices import AppraisalStage, WindowStep
from ..models import AppraisalDecision, AppraisalReward, AppraisalRun, AppraisalScore
from .appraisals import AppraisalHeld, hold_appraisal
from .objections import ObjectionRow, objectable, objections_of
from .procedures import bulletin_of, decision_of, last_run, procedure_of, window_at
from .runs import OPEN_TO_ALL, ScoreRow, score_row, scores_of


@dataclass(frozen=True)
class Covered:
    """A granted good-faith exemption that covers an indicator of the scheme for a unit."""

    title: str
    number: str
    decided_on: object
    address: str


@dataclass(frozen=True)
class FeedbackPage:
    """The result as a unit sees it: its own in full, the others by total and place if the pack
    says so."""

    held: AppraisalHeld
    run: AppraisalRun | None
    own: tuple[ScoreRow, ...]
    others: tuple[ScoreRow, ...]
    objections: tuple[ObjectionRow, ...]
    choices: tuple[tuple[str, str], ...]
    covered: tuple[Covered, ...]
    due_at: datetime | None
    open: bool


def feedback_page(key: str, viewer: Viewer, moment: Moment) -> FeedbackPage:
    """What the viewer's unit is shown; `NotFound` before the result is shown."""
    held = hold_appraisal(key, viewer, moment)
    if not held.is_shown:
        raise NotFound(_("结果还没有反馈。"))
    run = last_run(key, moment)
    rows = scores_of(run, held, viewer) if run else []
    mine = [row for row in rows if row.unit in viewer.units]
    window = window_at(key, WindowStep.OBJECTION, moment)
    due_at = window.due_at if window else None
    in_time = due_at is None or moment.at <= due_at
    unit = next((unit for unit in held.categories if unit in viewer.units), "")
    return FeedbackPage(
        held=held,
        run=run,
        own=tuple(mine),
        others=_others(held, run, viewer),
        objections=tuple(objections_of(held, viewer)),
        choices=tuple(objectable(held, unit)) if unit else (),
        covered=_covered(held, unit),
        due_at=due_at,
        open=held.state.stage == AppraisalStage.SHOWN and in_time and not moment.is_past,
    )


def _others(held: AppraisalHeld, run: AppraisalRun | None, viewer: Viewer) -> tuple[ScoreRow, ...]:
    """Everybody's total and place without the working, where the pack lets them be seen."""
    rule = procedure_of(held)
    allowed = viewer.sees_whole_city or held.state.stage in OPEN_TO_ALL
    if run is None or not (allowed or (rule is not None and rule.others == "total_and_rank")):
        return ()
    return _totals(held, run)


def _totals(held: AppraisalHeld, run: AppraisalRun) -> tuple[ScoreRow, ...]:
    rows = [
        score_row(
            held,
            unit=row.unit,
            category=row.category,
            total=row.total,
            rank=row.rank,
            tier=row.tier,
            fault=row.why,
            working=None,
        )
        for row in AppraisalScore.objects.filter(run=run.key).defer("working")
    ]
    return tuple(sorted(rows, key=lambda r: (r.category, r.rank is None, r.rank or 0, r.name)))


def _covered(held: AppraisalHeld, unit: str) -> tuple[Covered, ...]:
    """Exemptions of a unit that cover an indicator of the scheme, or one of its deductions."""
    if not unit or held.rule is None:
        return ()
    named = {one.code: one.title for one in held.rule.indicators() if one.code}
    rows = Indicator.objects.filter(city=held.appraisal.city, code__in=named)
    titles = {subject_key("indicator", row.key): named[row.code] for row in rows}
    found: list[Exempt] = exemptions_of(held.appraisal.city, held.moment, units=[unit])
    return tuple(
        Covered(titles.get(one.subject, one.number), one.number, one.decided_on, one.address)
        for one in found
        if one.subject in titles and one.year in (0, held.appraisal.year)
    )


@dataclass(frozen=True)
class PublishedPage:
    """What everybody in the city reads once an appraisal is published."""

    held: AppraisalHeld
    decision: AppraisalDecision
    rows: tuple[ScoreRow, ...]
    bulletin: PaperState | None
    rewards: tuple[AppraisalReward, ...]

    @property
    def reward_rows(self) -> list[tuple[str, AppraisalReward, str, str]]:
        """Unit, reward, its title in the reader's language, and the amount."""
        return [
            (
                self.held.names.get(one.unit, ""),
                one,
                titled(one),
                f"{show(one.amount, one.scale)} {one.measured_in}" if one.amount else "",
            )
            for one in self.rewards
        ]


def published_page(key: str, viewer: Viewer, moment: Moment) -> PublishedPage:
    """The published result; `NotFound` before it is."""
    held = hold_appraisal(key, viewer, moment)
    decision = decision_of(key, moment)
    if held.state.stage not in OPEN_TO_ALL or decision is None:
        raise NotFound(_("考核结果还没有通报。"))
    rewards = AppraisalReward.objects.at(moment).filter(appraisal=key).order_by("pk")
    return PublishedPage(
        held, decision, _totals(held, decision.run), bulletin_of(held), tuple(rewards)
    )
