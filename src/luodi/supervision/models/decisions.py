"""Decisions of a meeting: written in one line during it, each becomes a supervised item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import DecisionStage
from .agenda import AgendaItem
from .meetings import Meeting


class Decision(Identity, Scoped):
    """The `number`-th decision of a meeting, about one of its topics or none."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    topic = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A decision is seen by its lead, and by its other units once it is theirs to do."""
        lead = DecisionState.objects.open().filter(lead__in=units).values("decision")
        joint = DecisionUnit.objects.open().filter(unit__in=units).values("decision")
        return Q(key__in=lead) | Q(key__in=joint)


class DecisionState(State):
    """What was decided, who leads, by when; `item` is the supervised item it became."""

    identity_field = "decision"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="states")
    text = models.TextField()
    lead = models.CharField(max_length=40, db_index=True)
    due_on = models.DateField(null=True)
    stage = models.CharField(
        max_length=12, choices=DecisionStage.choices, default=DecisionStage.NOTED
    )
    item = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("decision", "decision")]


class DecisionUnit(State):
    """A unit that works on a decision beside its lead."""

    identity_field = "decision"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="units")
    unit = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [one_open("decision_unit", "decision", "unit")]
