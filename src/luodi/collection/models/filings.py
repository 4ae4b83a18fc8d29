"""What respondents hand in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open

from ..choices import Stage
from .forms import Form, FormState, Turn


class Filing(Identity, Scoped):
    """One form, one period, one respondent: the unit, or the enterprise where one is named.

    An enterprise's filing stands under the unit it reports to. `edition` is the form as it was
    when the filing was opened: a later one changes nothing here.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="filings")
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="filings")
    edition = models.ForeignKey(FormState, on_delete=models.PROTECT, related_name="filings")
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "period", "unit", "enterprise"], name="filing_once"
            )
        ]
        indexes = [models.Index(fields=["form", "period"])]


class FilingState(State):
    """Where a filing is. `edition` counts submissions; `accepted` is the last one accepted."""

    identity_field = "filing"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False, help_text="first handed in after it was due")
    edition = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=60, blank=True)
    explained = models.PositiveSmallIntegerField(default=0, help_text="soft checks explained")
    checked_by = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True, help_text="why it came back, or is being corrected")

    class Meta:
        constraints = [one_open("filing", "filing")]
        indexes = [
            models.Index(
                fields=["stage", "due_at"], condition=Q(until=None), name="filing_stage_open"
            )
        ]


class Submission(Fact, Scoped):
    """What was handed in, as typed: cells by `row:column`, explanations by check."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="submissions")
    edition = models.PositiveSmallIntegerField()
    cells = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    asked = models.PositiveIntegerField(default=0, help_text="figures the respondent typed")
    spared = models.PositiveIntegerField(default=0, help_text="figures known from elsewhere")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "edition"], name="submission_once")
        ]


class Draft(WorkingPaper, Scoped):
    """What is being typed, by everybody of the respondent at once.

    `stamps` holds, for each cell, the version it was last typed in and by whom; `conflicts` what
    somebody else typed into the same cell at the same time, kept until one of them is chosen.
    """

    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="draft")
    cells = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    stamps = models.JSONField(default=dict)
    conflicts = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=60, blank=True)
