"""Adopted plans: measures with units, the zone's annual steps, and the monthly reports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open

from .choices import AssignedRole, ReportStage, RoundStage, WorkStage


class Plan(Identity, Scoped):
    """An adopted document. `document` is its key in the reading room, `organ` who drives it."""

    document = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True)
    organ = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document"], name="plan_once_a_document")]


class Measure(Identity, Scoped):
    """A measure of a plan, as adopted, with its sentence key."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    path = models.JSONField(default=list)
    text = models.TextField()
    sentence = models.CharField(max_length=120, help_text="sha256:start:end")
    named = models.JSONField(default=list, help_text="units as written: name and role")


class MeasureState(State):
    """How a measure stands. No deadline is a state of its own: `due_on` is null."""

    identity_field = "measure"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=WorkStage.choices, default=WorkStage.OPEN)
    deadline = models.CharField(max_length=60, blank=True, help_text="as written")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [one_open("measure", "measure")]


class Assignment(State):
    """A unit's part in a measure. A lead that no text names was confirmed by a person."""

    identity_field = "measure"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="assignments")
    unit = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=12, choices=AssignedRole.choices)
    written = models.CharField(max_length=120, help_text="the name as the document has it")
    order = models.PositiveSmallIntegerField(default=0)
    confirmed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("assignment", "measure", "unit")]


class Step(Identity, Scoped):
    """A line of the annual plan: an action under a measure, in one year, by one unit."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="steps")
    year = models.PositiveSmallIntegerField()


class StepState(State):
    identity_field = "step"

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=300)
    person = models.CharField(max_length=60, blank=True, help_text="key of who answers for it")
    due_on = models.DateField(null=True)
    stage = models.CharField(max_length=10, choices=WorkStage.choices, default=WorkStage.OPEN)
    done_on = models.DateField(null=True)
    order = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("step", "step")]
        indexes = [models.Index(fields=["due_on"], condition=Q(until=None), name="step_due_open")]


class Round(Identity, Scoped):
    """One month of reporting on one plan, in its owner's rhythm."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    period = models.CharField(max_length=10)
    rule = models.JSONField(default=dict, help_text="the cadence rule it was opened by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "period"], name="round_once_a_period")
        ]


class RoundState(State):
    identity_field = "round"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=RoundStage.choices, default=RoundStage.OPEN)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, help_text="empty: only the office closes it")

    class Meta:
        constraints = [one_open("round", "round")]


class Report(Identity, Scoped):
    """What one unit reports on one measure in one round. `unit` is the reporting unit."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    consolidates = models.BooleanField(default=False, help_text="the lead's report holds the rest")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "measure", "unit"], name="report_once_a_round")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A report is its unit's, and a part of it that of the measure's lead.

        What a report says before it leaves the unit is kept from others by `rules.readable`.
        """
        led = Assignment.objects.open().filter(unit__in=units, role=AssignedRole.LEAD)
        return Q(unit__in=units) | Q(measure__in=led.values("measure"))


class ReportState(State):
    """Where a report is and what it says since it was handed in."""

    identity_field = "report"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=16, choices=ReportStage.choices)
    text = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    nothing_new = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=list, help_text="indicator key, amount as typed")
    claimed = models.PositiveSmallIntegerField(null=True, help_text="typed percent: a claim")
    submitted_at = models.DateTimeField(null=True, help_text="by the clerk")
    handed_at = models.DateTimeField(null=True, help_text="when it left the unit")
    hands = models.JSONField(default=list, help_text="persons who submitted and signed, in order")
    skipped = models.JSONField(default=list, help_text="steps passed over, and why")
    returned_from = models.CharField(max_length=16, blank=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("report", "report")]


class ReportDraft(WorkingPaper, Scoped):
    """What a clerk is typing: theirs and their unit's alone."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="draft")
    text = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    nothing_new = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=dict)
    claimed = models.PositiveSmallIntegerField(null=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=60, blank=True)


class CallNote(Fact, Scoped):
    """The office rang a unit about a round; what was said."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="calls")
    text = models.CharField(max_length=400)
