"""An appraisal of units: its frozen scheme, those assessed, their figures, and every run."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open

from ..choices import AppraisalStage, FigureOrigin, FigurePart


class Appraisal(Identity, Scoped):
    """One year's appraisal by a scheme of the city's pack; `unit` is the office that runs it.

    That it takes place is everybody's in the city. What a zone sees of it is decided by its stage:
    see `queries.appraisals`.
    """

    scheme = models.CharField(max_length=60, help_text="key of the pack's rule")
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=10, help_text="what the figures are about: 2025")
    about = models.CharField(max_length=20, help_text="kind of the units assessed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "scheme", "period"], name="appraisal_of_a_period_once"
            )
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Everybody in the city."""
        return Q()


class AppraisalState(State):
    """Title and stage; `digest` is that of the frozen scheme, '' until it is frozen."""

    identity_field = "appraisal"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=120)
    stage = models.CharField(
        max_length=20, choices=AppraisalStage.choices, default=AppraisalStage.DRAFT
    )
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [one_open("appraisalstate", "appraisal")]


class FrozenScheme(Fact):
    """The scheme as it was when it was frozen: the pack's rule in full, its pack, its digest.

    While the appraisal is still a draft it can be frozen anew with a reason; what counts is the
    one whose digest its state holds.
    """

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="frozen")
    rule = models.JSONField()
    pack = models.CharField(max_length=60, help_text="key of the pack it came from")
    digest = models.CharField(max_length=64)


class AppraisalMember(State):
    """A unit that is assessed, and its category by the scheme ('' for a scheme without them)."""

    identity_field = "appraisal"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="members")
    unit = models.CharField(max_length=40, db_index=True)
    category = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("appraisalmember", "appraisal", "unit")]

    @property
    def identity_key(self) -> str:
        """The member: what an act that ends this row seals."""
        return f"{self.appraisal_id}/{self.unit}"


class AppraisalFigure(State, Scoped):
    """A figure of a unit for an appraisal: an integer at `scale`, or why there is none.

    `indicator` is the key within the scheme (of an indicator, an addition, a deduction, a veto),
    `part` what the figure is to it. One row is open for each origin, so a verified figure stands
    beside the reported one. `by_unit` is the unit that reported or verified it.
    """

    identity_field = "appraisal"
    added = frozenset({"letters"})

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    part = models.CharField(max_length=10, choices=FigurePart.choices, default=FigurePart.ACTUAL)
    origin = models.CharField(max_length=12, choices=FigureOrigin.choices)
    amount = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=0)
    missing = models.TextField(blank=True, help_text="why there is no figure")
    note = models.TextField(blank=True)
    by_unit = models.CharField(max_length=40, blank=True)
    letters = models.JSONField(
        null=True,
        help_text="of a count taken from the record: [key, words] of each letter",
    )

    class Meta:
        constraints = [
            one_open("appraisalfigure", "appraisal", "unit", "indicator", "part", "origin")
        ]

    @property
    def identity_key(self) -> str:
        """The cell: what an act that ends this row seals."""
        return "/".join((self.appraisal_id, self.unit, self.indicator, self.part, self.origin))


class AppraisalRun(Identity, Scoped):
    """One computation. `known` is the position of the record its figures were read at; every run
    is kept beside the one before."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    known = models.BigIntegerField(help_text="position of the record the figures were read at")
    scheme_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=20, help_text="version of the scoring engine")
    digest = models.CharField(max_length=64, help_text="sha256 of the result")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="appraisal_run_number")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Everybody in the city; the stage of the appraisal decides what is shown."""
        return Q()


class AppraisalScore(Fact, Scoped):
    """What a run gave one unit: total and rank (empty with the reason in `why`), tier, working.

    `total` is an integer at `scale`; `working` holds the contributions as plain data.
    """

    run = models.ForeignKey(AppraisalRun, on_delete=models.PROTECT, related_name="scores")
    category = models.CharField(max_length=60, blank=True)
    total = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=2)
    rank = models.PositiveIntegerField(null=True)
    tier = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    working = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="appraisal_score_once")]


class WeightTrial(WorkingPaper):
    """What became of a run's places over many weightings: computed from the run alone, kept so
    that it needn't be computed again."""

    run = models.OneToOneField(AppraisalRun, on_delete=models.PROTECT, related_name="trial")
    found = models.JSONField(default=dict)
