"""What is asked for: a form with its editions, and each period it is asked about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open
from luodi.indicators.choices import Purpose

from ..choices import TurnStage


class Form(Identity, Scoped):
    """A form (报表). `unit` owns it: its rhythm is that unit's, its people review."""

    code = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="form_code_once")]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """What is asked is no secret inside the city; what was answered is."""
        return Q()


class FormState(State):
    """An edition of a form: a filing keeps the one it was opened with.

    `rhythm`, `respondents`, `layout` and `checks` have the shapes of `rules.editions`,
    `rules.layouts` and `kit.checking`.
    """

    identity_field = "form"

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=200)
    table_number = models.CharField(max_length=40, blank=True, help_text="表号")
    authority = models.CharField(max_length=120, blank=True, help_text="制定机关")
    approval = models.CharField(max_length=120, blank=True, help_text="批准或备案文号")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    period_kind = models.CharField(max_length=10, default="month")
    rhythm = models.JSONField(default=dict)
    respondents = models.JSONField(default=dict)
    layout = models.JSONField(default=dict)
    checks = models.JSONField(default=list)
    review_levels = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.STATISTICS)
    source = models.CharField(max_length=200, blank=True, help_text="the text that asks for it")
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("form", "form")]


class Turn(Identity, Scoped):
    """One period of a form: opened once, by the clock or by hand."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="turns")
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "period"], name="turn_once_a_period")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """As its form: who has answered, each viewer sees within their own scope."""
        return Q()


class TurnState(State):
    """Whether figures are still taken; after `due_at` they count as late."""

    identity_field = "turn"

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=TurnStage.choices, default=TurnStage.RUNNING)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, help_text="empty: only the owner closes it")

    class Meta:
        constraints = [one_open("turn", "turn")]
