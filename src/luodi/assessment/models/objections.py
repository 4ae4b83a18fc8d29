"""What a unit objects to in the result it was shown."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import FigurePart, ObjectionStage
from .appraisals import Appraisal, AppraisalRun


class Objection(Identity, Scoped):
    """Against a figure (`indicator` and `part`), or a rule (no part); of the run that was shown.

    `answers` is the office of the datum, which gives its word where the objection is upheld.
    """

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="objections")
    run = models.ForeignKey(AppraisalRun, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    indicator = models.CharField(max_length=60, blank=True)
    part = models.CharField(max_length=10, choices=FigurePart.choices, blank=True)
    answers = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="objection_number_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The unit that objects, and the office of the datum."""
        return Q(unit__in=units) | Q(answers__in=units)


class ObjectionState(State):
    """What is objected, what was decided, and the run that shows the effect.

    `wanted` is the figure the unit takes for right, as typed. `running` holds the unit and the
    place objected to while it isn't decided: one objection at a time to one thing.
    """

    identity_field = "objection"

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(
        max_length=10, choices=ObjectionStage.choices, default=ObjectionStage.RAISED
    )
    running = models.CharField(max_length=180, blank=True)
    text = models.TextField()
    wanted = models.CharField(max_length=40, blank=True)
    decision = models.TextField(blank=True)
    effect = models.ForeignKey(
        AppraisalRun, on_delete=models.PROTECT, null=True, related_name="settled"
    )

    class Meta:
        constraints = [
            one_open("objection", "objection"),
            models.UniqueConstraint(
                fields=["running"],
                condition=Q(until=None) & ~Q(running=""),
                name="objection_running_one_open",
            ),
        ]
