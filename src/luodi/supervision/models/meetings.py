"""Meetings of a body: rounds the calendar opened and meetings called out of turn, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import Attended, MeetingKind, MeetingStage


class Meeting(Identity, Scoped):
    """One turn of a body's calendar, or a meeting out of turn (then `cadence` is empty).

    `body` and `organ` are the kind and name of the body as its rule names it; `rule` holds the
    words of the rule that opened it, with their digest: the past keeps its rule.
    """

    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    body = models.CharField(max_length=20)
    organ = models.CharField(max_length=120)
    cadence = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=10, blank=True)
    rule = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "zone", "cadence", "period"],
                condition=~Q(cadence=""),
                name="meeting_once_a_turn",
            )
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A meeting is seen by the units called to it, and by the zone whose own it is."""
        called = Attendance.objects.open().filter(unit__in=units).values("meeting")
        return Q(key__in=called) | Q(zone__in=units, zone__gt="")


class MeetingState(State):
    """When and where a meeting is held, and how far it is.

    `due_on` is the last day of its turn. `chair` is a post in words, never a name. `changes`
    counts what those called have to be told anew: it is the sequence of the calendar entry.
    """

    identity_field = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12, choices=MeetingStage.choices)
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    chair = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True, help_text="of a postponement, a cancelling, an odd day")
    changes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [one_open("meeting", "meeting")]


class Attendance(State):
    """A unit called to a meeting, and whether it came.

    `person` is the key of who came, where that is somebody with an account; `says` the post of a
    stand-in in words. Someone absent has a reason.
    """

    identity_field = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    unit = models.CharField(max_length=40, db_index=True)
    attended = models.CharField(max_length=12, choices=Attended.choices, default=Attended.EXPECTED)
    person = models.CharField(max_length=40, blank=True)
    says = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("attendance", "meeting", "unit")]
