"""The steps of an appraisal with their deadlines, its decision, and what followed from it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Scoped, State, one_open

from ..choices import RewardEffect, WindowStep
from .appraisals import Appraisal, AppraisalRun


class AppraisalWindow(State):
    """The time of one step: counted once from `opened_at` by the city's clock.

    `due_at` is empty where the city's pack has no clock for the step: then nothing closes it.
    `working` says how it was counted, whose rule it is and where it stands.
    """

    identity_field = "appraisal"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="windows")
    step = models.CharField(max_length=12, choices=WindowStep.choices)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)

    class Meta:
        constraints = [one_open("appraisalwindow", "appraisal", "step")]

    @property
    def identity_key(self) -> str:
        """The step: what an act that ends this row seals."""
        return f"{self.appraisal_id}/{self.step}"


class AppraisalDecision(Fact, Scoped):
    """What the leading group decided: which run counts, and its words."""

    appraisal = models.OneToOneField(Appraisal, on_delete=models.PROTECT, related_name="decision")
    run = models.ForeignKey(AppraisalRun, on_delete=models.PROTECT, related_name="decisions")
    words = models.TextField()
    decided_on = models.DateField()

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Everybody in the city; the stage of the appraisal decides what is shown."""
        return Q()


class AppraisalReward(Fact, Scoped):
    """What followed for one unit by a rule of the city's pack. An amount only where it gives one.

    `rule` is the pack's key; what the rule said then is kept beside it.
    """

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="rewards")
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    effect = models.CharField(max_length=14, choices=RewardEffect.choices)
    tier = models.CharField(max_length=60, blank=True)
    place = models.PositiveIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=0)
    measured_in = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "unit", "rule"], name="reward_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Everybody in the city: rewards and punishments are published."""
        return Q()
