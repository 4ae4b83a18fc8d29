"""What a unit says of itself in an appraisal, and how each figure was verified."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open
from luodi.documents.models import StoredFile

from ..choices import CheckStage, FigurePart, SelfReportStage
from .appraisals import Appraisal


class SelfReport(Identity, Scoped):
    """The self-report of one unit."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="self_reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "unit"], name="self_report_once")
        ]


class SelfReportState(State):
    """Where it is inside the unit and outside. `hands` are those through whom it went."""

    identity_field = "self_report"

    self_report = models.ForeignKey(SelfReport, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(
        max_length=16, choices=SelfReportStage.choices, default=SelfReportStage.ASKED
    )
    words = models.TextField(blank=True)
    cells = models.JSONField(default=dict, help_text="as typed, by indicator:part")
    notes = models.JSONField(default=dict)
    hands = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    submitted_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("self_report", "self_report")]


class SelfReportDraft(WorkingPaper, Scoped):
    """What is being typed. `cells` and `notes` are by indicator:part."""

    self_report = models.OneToOneField(SelfReport, on_delete=models.CASCADE, related_name="draft")
    cells = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=60, blank=True)


class FigureCheck(State, Scoped):
    """One figure of a self-report before the office that answers for it (`answers`).

    Returned figures go back to the unit; nobody else changes them. A figure of the office's own
    stands beside the reported one.
    """

    identity_field = "self_report"

    self_report = models.ForeignKey(SelfReport, on_delete=models.PROTECT, related_name="checks")
    indicator = models.CharField(max_length=60)
    part = models.CharField(max_length=10, choices=FigurePart.choices)
    answers = models.CharField(max_length=40, db_index=True)
    stage = models.CharField(max_length=10, choices=CheckStage.choices)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("figurecheck", "self_report", "indicator", "part")]

    @property
    def identity_key(self) -> str:
        """The cell: what an act that ends this row seals."""
        return f"{self.self_report_id}/{self.indicator}/{self.part}"

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The unit's own, and those the viewer's unit answers for, over all units."""
        return Q(unit__in=units) | Q(answers__in=units)


class FigureEvidence(Fact, Scoped):
    """A file handed in for one figure; `answers` may open it too."""

    self_report = models.ForeignKey(SelfReport, on_delete=models.PROTECT, related_name="evidence")
    indicator = models.CharField(max_length=60)
    answers = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The unit's own, and those for figures the viewer's unit answers for."""
        return Q(unit__in=units) | Q(answers__in=units)
