"""Per-mu grading of enterprises: a grading of a year, its runs, grades, and objections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.documents.models import StoredFile

from ..choices import FirmStanding


class Grading(Identity, Scoped):
    """The grading of a city's enterprises by a rule for a year; `rule` is the pack's key."""

    year = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "year", "rule"], name="grading_once")
        ]

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """A city's grading is known to its enterprises; what is in it only by their own grade."""
        return Q(enterprise="")


class GradingRun(Identity, Scoped):
    """One computation: rule and figures as they were, kept beside those before and after.

    `rule` is the pack's rule in full; `indicators` are those each input was read from, in order;
    `position` is the act up to which figures were read; `means` and `counts` what came of it.
    """

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    engine = models.CharField(max_length=40)
    rule = models.JSONField()
    indicators = models.JSONField()
    position = models.BigIntegerField()
    means = models.JSONField()
    counts = models.JSONField()
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grading", "number"], name="grading_run_once")
        ]


class GradingState(State):
    """Where a grading is; `run` is the one that counts.

    The notice began at `noticed_at` and ends at `due_at`; `decided_on` is the day of the decision.
    """

    identity_field = "grading"

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12)
    run = models.ForeignKey(GradingRun, on_delete=models.PROTECT, null=True, related_name="+")
    noticed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    window = models.JSONField(default=dict, help_text="how the end of the notice was counted")
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("grading", "grading")]


class Grade(Fact, Scoped):
    """What a run made of a firm. `figures` are its inputs: amount, per, the place among those of
    the run it was read from, and the act since which it is known.

    `before` is the grade without the protection of new enterprises; `faults` say why a firm isn't
    graded. Name and class are those it had then.
    """

    run = models.ForeignKey(GradingRun, on_delete=models.PROTECT, related_name="grades")
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18)
    group = models.CharField(max_length=12)
    standing = models.CharField(max_length=10, choices=FirmStanding.choices)
    score = models.BigIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(default=0)
    grade = models.CharField(max_length=4, blank=True)
    before = models.CharField(max_length=4, blank=True)
    protected = models.BooleanField(default=False)
    exempt = models.CharField(max_length=40, blank=True)
    faults = models.TextField(default="[]", help_text="JSON: [code, what it is about]")
    figures = models.TextField(default="{}", help_text="JSON: input to [amount, per, place, act]")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "enterprise"], name="grade_once_in_a_run")
        ]


class GradingFirm(State, Scoped):
    """What a grading knows of a firm beside figures: exempted as what, in production since when."""

    identity_field = "grading"

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="firms")
    exempt = models.CharField(max_length=40, blank=True)
    started_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("grading_firm", "grading", "enterprise")]

    @property
    def identity_key(self) -> str:
        """The firm in its grading: what an act that ends this row seals."""
        return f"{self.grading_id}/{self.enterprise}"


class GradingFile(Identity, Scoped):
    """A table of figures brought for a grading."""

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")


class GradingTaking(Fact, Scoped):
    """A table of figures was taken in, with how many lines came to what."""

    brought = models.OneToOneField(GradingFile, on_delete=models.PROTECT, related_name="taking")
    counts = models.JSONField()


class GradingObjection(Identity, Scoped):
    """An objection by a firm, or for it, to what a run made of it."""

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="objections")
    run = models.ForeignKey(GradingRun, on_delete=models.PROTECT, related_name="+")
    by_firm = models.BooleanField(help_text="raised by the enterprise itself, not for it")
    about = models.CharField(max_length=40, blank=True, help_text="the input contested")
    claimed = models.CharField(max_length=40, blank=True)
    words = models.TextField()


class GradingObjectionState(State):
    """Where an objection is: waiting, or answered; `corrected` is the figure put right."""

    identity_field = "objection"

    objection = models.ForeignKey(GradingObjection, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12)
    reply = models.TextField(blank=True)
    corrected = models.CharField(max_length=40, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [one_open("grading_objection", "objection")]
