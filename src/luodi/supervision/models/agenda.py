"""The agenda of a meeting: its items in order, each with the light it had when it was put on."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import AgendaKind, AgendaStage
from .meetings import Meeting


class Agenda(State):
    """The order of an agenda: keys of its items. Every edit opens the next row, so that of two
    people editing at once the second is told."""

    identity_field = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agendas")
    order = models.JSONField(default=list)

    class Meta:
        constraints = [one_open("agenda", "meeting")]


class AgendaItem(Identity, Scoped):
    """One topic. `light`, `why` and `lit` are as of the moment it was put on the agenda.

    `carried` counts how often it was carried over to get here, `carried_from` is the item of the
    meeting before. `lit` holds what was lit of a laggard: title, light, why and subject.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=12, choices=AgendaKind.choices)
    subject = models.CharField(max_length=80, blank=True)
    light = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=400, blank=True)
    lit = models.JSONField(default=list)
    carried = models.PositiveSmallIntegerField(default=0)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carried_from"], name="agenda_item_carried_once")
        ]


class AgendaItemState(State):
    """What a topic says, who presents it, and what became of it."""

    identity_field = "topic"

    topic = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=200)
    presenter = models.CharField(max_length=40, blank=True, help_text="the unit that reports")
    stage = models.CharField(max_length=12, choices=AgendaStage.choices, default=AgendaStage.LISTED)
    said = models.TextField(blank=True, help_text="what was said, or why it was put off")

    class Meta:
        constraints = [one_open("agenda_item", "topic")]
