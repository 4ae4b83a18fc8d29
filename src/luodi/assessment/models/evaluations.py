"""Evaluation of an adopted plan: judged by the machine, by its units, by third parties."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.documents.models import StoredFile
from luodi.plans.models import Plan

from ..choices import AdjustmentStage, EvaluationScope, PlanVerdict


class Evaluation(Identity, Scoped):
    """One evaluation of a plan over a period (2026, 2026H1 …); once for each."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=10, choices=EvaluationScope.choices)
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "period"], name="evaluation_once_a_period"
            )
        ]


class EvaluationState(State):
    """How far it has come. `position` is the act up to which the record was read when judged."""

    identity_field = "evaluation"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12)
    position = models.BigIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)
    public_words = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("evaluation", "evaluation")]


class Judgment(State):
    """What the machine found of a target or measure, with its working; never edited by anybody.

    `code` names the rule's branch, `facts` what it saw in the words of the page, `sentence` where
    the plan asks for it. Judging again replaces the rows.
    """

    identity_field = "evaluation"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="judgments")
    subject = models.CharField(max_length=80)
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    units = models.JSONField(default=list)
    verdict = models.CharField(max_length=16, choices=PlanVerdict.choices)
    code = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("judgment", "evaluation", "subject")]

    @property
    def is_target(self) -> bool:
        """A target rather than a measure."""
        return self.subject.startswith("target:")


class SelfEvaluation(State):
    """What a responsible unit says of a target or measure of its own, beside the computed one."""

    identity_field = "evaluation"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="selves")
    subject = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16, choices=PlanVerdict.choices)
    words = models.TextField()

    class Meta:
        constraints = [one_open("selfevaluation", "evaluation", "subject", "unit")]


class OutsideOpinion(State):
    """What a third party says, of one target or measure or ('' in `subject`) of the whole plan."""

    identity_field = "evaluation"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="opinions")
    subject = models.CharField(max_length=80, blank=True)
    institution = models.CharField(max_length=120)
    verdict = models.CharField(max_length=16, choices=PlanVerdict.choices, blank=True)
    words = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [one_open("outsideopinion", "evaluation", "subject", "institution")]


class Adjustment(Identity):
    """A change of a target or measure that an evaluation proposes."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="adjustments")
    subject = models.CharField(max_length=80)


class AdjustmentState(State):
    """The proposal and what became of it. A target itself changes only by an adopted document:
    `replaced_by` is the key of the target that says it now."""

    identity_field = "adjustment"

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12, choices=AdjustmentStage.choices)
    proposal = models.TextField()
    reason = models.TextField()
    answer = models.TextField(blank=True)
    replaced_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [one_open("adjustment", "adjustment")]


class PublicVersion(Fact, Scoped):
    """Exactly what is to be public, frozen when it was decided; see `rules.publication`."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
