"""One evaluation of a plan: the rows with what everybody makes of them, as a page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import split_subject
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import StoredFile
from luodi.kit.calendars import Period
from luodi.kit.flows import Move
from luodi.orgs.queries import owned, unit_names
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.papers.models import PaperState

from ..choices import AdjustmentStage, PlanVerdict
from ..flows.evaluations import EVALUATION
from ..models import (
    AdjustmentState,
    Evaluation,
    EvaluationState,
    Judgment,
    OutsideOpinion,
    SelfEvaluation,
)
from ..rules.evaluations import change_of, counts_of
from ..rules.verdict_words import sentence_of
from .evaluations import (
    EvaluationRow,
    evaluation_for,
    paper_of,
    roles_in,
    rule_of,
    sees_all,
    shown_row,
    verdict_words,
)
from .judging import judged_at


@dataclass(frozen=True)
class Said:
    """What somebody beside the machine makes of a row: who, their verdict, their words.

    `differs` from the computed verdict; `file` is key and name of a third party's paper.
    """

    who: str
    verdict: str
    words: str
    differs: bool
    file: tuple[str, str] = ("", "")

    @property
    def label(self) -> str:
        """The verdict in words."""
        return verdict_words(self.verdict)


@dataclass(frozen=True)
class JudgedRow:
    """A target or measure: the computed verdict with its reason, and what others say beside it."""

    subject: str
    title: str
    units: tuple[str, ...]
    unit_names: str
    verdict: str
    why: str
    facts: Mapping[str, str]
    sentence: str
    selves: tuple[Said, ...]
    opinions: tuple[Said, ...]
    before: str
    change: str

    @property
    def is_target(self) -> bool:
        """A target rather than a measure."""
        return self.subject.startswith("target:")

    @property
    def label(self) -> str:
        """The verdict in words."""
        return verdict_words(self.verdict)

    @property
    def address(self) -> str:
        """The page of the goal or measure, from which the figures unfold."""
        kind, key = split_subject(self.subject)
        return reverse("goal" if kind == "target" else "measure", args=[key])

    @property
    def differs(self) -> bool:
        """Whether anybody sees it differently."""
        return any(one.differs for one in (*self.selves, *self.opinions))


@dataclass(frozen=True)
class AdjustmentShown:
    """A proposed change; `was` and `now` are title and address of the old and the new target."""

    key: str
    subject: str
    title: str
    stage: str
    stage_label: str
    proposal: str
    reason: str
    answer: str
    replaced_by: str
    seen: int


@dataclass(frozen=True)
class EvaluationPage:
    """One evaluation. `rows` are those the viewer may see; `live`: judged only for now."""

    evaluation: Evaluation
    state: EvaluationState
    row: EvaluationRow
    rule: EvaluationRule | None
    rule_source: str
    rows: tuple[JudgedRow, ...]
    all_shown: bool
    live: bool
    opinions: tuple[Said, ...]
    adjustments: tuple[AdjustmentShown, ...]
    previous: EvaluationRow | None
    roles: frozenset[str]
    moves: tuple[Move, ...]
    paper: PaperState | None

    @property
    def seen(self) -> int:
        """The position of the state looked at."""
        return self.state.since_id

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        """Verdict in words, and how many targets and measures have it."""
        targets = dict(counts_of(row.verdict for row in self.rows if row.is_target))
        measures = dict(counts_of(row.verdict for row in self.rows if not row.is_target))
        return [(verdict_words(v), targets[v], measures[v]) for v in PlanVerdict]

    @property
    def has_targets(self) -> bool:
        """Whether the plan sets any target."""
        return any(row.is_target for row in self.rows)

    def own_rows(self, viewer: Viewer) -> list[JudgedRow]:
        """The rows one of the viewer's units answers for."""
        return [row for row in self.rows if any(viewer.acts_for(u, *UNIT_ROLES) for u in row.units)]


def evaluation_page(viewer: Viewer, key: str, moment: Moment) -> EvaluationPage:
    """One evaluation as known at the moment, or `NotFound`."""
    one = evaluation_for(viewer, key, moment)
    state = (
        EvaluationState.objects.at(moment).select_related("evaluation__plan").get(evaluation=one)
    )
    rule = rule_of(one, moment)
    live = state.stage == EVALUATION.start
    judged = _live(one, rule, moment) if live else _kept(one, moment)
    previous = _previous(one, moment)
    before = dict(_kept_verdicts(previous, moment)) if previous else {}
    rows = _rows(one, judged, before, moment)
    everything = sees_all(viewer, state)
    if not everything:
        rows = [row for row in rows if viewer.units.intersection(row.units)]
    roles = roles_in(viewer, rule)
    return EvaluationPage(
        evaluation=one,
        state=state,
        row=shown_row(state, [row.verdict for row in rows], viewer),
        rule=rule,
        rule_source=owned(rule) if rule else "",
        rows=tuple(rows),
        all_shown=everything,
        live=live,
        opinions=_opinions(one, moment)[""] if everything else (),
        adjustments=_adjustments(one, rows, moment),
        previous=shown_row(previous, [], viewer) if previous else None,
        roles=roles,
        moves=EVALUATION.available(state.stage, roles) if roles else (),
        paper=paper_of(one, moment),
    )


def opinion_file(page: EvaluationPage, key: str) -> StoredFile:
    """A third party's paper for whoever reads its opinion on this page, or `NotFound`."""
    shown = (*page.opinions, *(said for row in page.rows for said in row.opinions))
    if key not in {said.file[0] for said in shown if said.file}:
        raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
    return StoredFile.objects.get(key=key)


def _live(one: Evaluation, rule: EvaluationRule | None, moment: Moment) -> list[Judgment]:
    """What would be found now, in the shape of what is kept."""
    if rule is None:
        return []
    end = Period.parse(one.period).end
    return [
        Judgment(
            subject=j.subject, order=j.order, title=j.title, units=list(j.units),
            verdict=j.found.verdict, code=j.found.code, facts=j.found.facts, sentence=j.sentence,
        )
        for j in judged_at(one.plan, end, rule, moment)
    ]  # fmt: skip


def _kept(one: Evaluation, moment: Moment) -> list[Judgment]:
    return list(Judgment.objects.at(moment).filter(evaluation=one).order_by("order"))


def _kept_verdicts(state: EvaluationState, moment: Moment) -> list[tuple[str, str]]:
    rows = Judgment.objects.at(moment).filter(evaluation=state.evaluation_id)
    return list(rows.values_list("subject", "verdict"))


def _previous(one: Evaluation, moment: Moment) -> EvaluationState | None:
    """The evaluation of the same plan before this one that has been judged."""
    states = EvaluationState.objects.at(moment).filter(
        evaluation__plan=one.plan_id, evaluation__act__lt=one.act_id, position__isnull=False
    )
    return states.select_related("evaluation__plan").order_by("-evaluation__act").first()


def _rows(
    one: Evaluation, judged: list[Judgment], before: Mapping[str, str], moment: Moment
) -> list[JudgedRow]:
    selves: dict[str, list[SelfEvaluation]] = defaultdict(list)
    for said in SelfEvaluation.objects.at(moment).filter(evaluation=one).order_by("pk"):
        selves[said.subject].append(said)
    opinions = _opinions(one, moment, {row.subject: row.verdict for row in judged})
    named = {unit for row in judged for unit in row.units}
    names = unit_names(named | {s.unit for some in selves.values() for s in some}, moment)
    return [
        JudgedRow(
            subject=row.subject,
            title=row.title,
            units=tuple(row.units),
            unit_names=listed(names[unit] for unit in row.units if unit in names),
            verdict=row.verdict,
            why=sentence_of(row.code, row.facts),
            facts=row.facts,
            sentence=row.sentence,
            selves=tuple(
                Said(names.get(s.unit, ""), s.verdict, s.words, s.verdict != row.verdict)
                for s in selves[row.subject]
            ),
            opinions=opinions[row.subject],
            before=before.get(row.subject, ""),
            change=change_of(before[row.subject], row.verdict) if row.subject in before else "",
        )
        for row in judged
    ]


def _opinions(
    one: Evaluation, moment: Moment, verdicts: Mapping[str, str] | None = None
) -> dict[str, tuple[Said, ...]]:
    found: dict[str, tuple[Said, ...]] = defaultdict(tuple)
    rows = OutsideOpinion.objects.at(moment).filter(evaluation=one).select_related("file")
    for row in rows.order_by("pk"):
        computed = (verdicts or {}).get(row.subject, "")
        differs = bool(row.verdict and computed and row.verdict != computed)
        said = Said(row.institution, row.verdict, row.words, differs, (row.file_id, row.file.name))
        found[row.subject] = (*found[row.subject], said)
    return found


def _adjustments(
    one: Evaluation, rows: Iterable[JudgedRow], moment: Moment
) -> tuple[AdjustmentShown, ...]:
    titles = {row.subject: row.title for row in rows}
    states = AdjustmentState.objects.at(moment).filter(adjustment__evaluation=one)
    return tuple(
        AdjustmentShown(
            key=state.adjustment_id,
            subject=state.adjustment.subject,
            title=titles[state.adjustment.subject],
            stage=state.stage,
            stage_label=str(AdjustmentStage(state.stage).label),
            proposal=state.proposal,
            reason=state.reason,
            answer=state.answer,
            replaced_by=state.replaced_by,
            seen=state.since_id,
        )
        for state in states.select_related("adjustment").order_by("adjustment__act")
        if state.adjustment.subject in titles
    )
