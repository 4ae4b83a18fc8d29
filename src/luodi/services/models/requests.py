"""What enterprises ask, its limits, and what offices and firm say about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.orgs.models import EnterpriseState

from ..choices import Part, ReplyKind, Satisfied, Stage, Told


class Request(Identity, Scoped):
    """One thing an enterprise asks for. `unit` is the zone or county that looked after it then.

    `received_at` is when it reached the offices: a call noted later counts from the call.
    """

    added = frozenset({"source"})

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=30)
    category = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.TextField()
    received_at = models.DateTimeField()
    same_as = models.CharField(max_length=40, blank=True, help_text="asked anyway beside this one")
    source = models.CharField(
        max_length=80, blank=True, db_index=True, help_text="the visit or meeting it was said at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="request_number_once"),
            models.UniqueConstraint(fields=["city", "year", "serial"], name="request_serial_once"),
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The firm's home now and then, every desk it was at, who leads, who is called out."""
        firms = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        states = RequestState.objects.open().filter(
            Q(lead__in=units) | Q(firm__in=firms.values("of"))
        )
        called = CallOut.objects.open().filter(unit__in=units)
        return (
            Q(unit__in=units)
            | Q(key__in=RequestState.objects.filter(desk__in=units).values("request"))
            | Q(key__in=states.values("request"))
            | Q(key__in=called.values("request"))
        )

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """The firm that answers for it now: a merged firm's requests are its successor's."""
        return Q(key__in=RequestState.objects.open().filter(firm=enterprise).values("request"))


class RequestState(State):
    """Where a request is. `firm` is who it is for now; `round` goes up with every reopening.

    `desk` is the zone or county whose desk handles it now, '' while that is the one it came to.
    """

    identity_field = "request"
    added = frozenset({"desk"})

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    firm = models.CharField(max_length=40, db_index=True)
    lead = models.CharField(max_length=40, db_index=True)
    desk = models.CharField(max_length=40, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    rate_by = models.DateTimeField(null=True, help_text="until when the firm's word is awaited")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_open("requeststate", "request")]


class RequestClock(State):
    """One limit of one round: when it is due, and when it was met.

    `rule` is the clock of the pack as it was when the limit began; `due_at` counts pauses and the
    latest timetable, `limit_at` the pauses alone; both are empty while the clock stands still.
    """

    identity_field = "request"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="clocks")
    limit = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    ends = models.CharField(max_length=10)
    pauses = models.BooleanField(default=False)
    extends = models.BooleanField(default=False)
    rule = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    limit_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)
    met_at = models.DateTimeField(null=True)
    raised = models.BooleanField(default=False, help_text="its lateness has raised the level")

    class Meta:
        constraints = [one_open("requestclock", "request", "limit", "round")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(until=None, met_at=None, raised=False),
                name="request_clock_running",
            )
        ]


class FirmQuestion(State):
    """What the firm is asked for; clocks that pause stand still until it answers."""

    identity_field = "request"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    noted = models.BooleanField(default=False, help_text="the answer was noted by staff")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(until=None, answered_at=None),
                name="firm_question_one_open",
            )
        ]


class Timetable(Fact):
    """More time, given to the firm as steps with dates: [[text, date], …] in order."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="timetables")
    round = models.PositiveSmallIntegerField()
    reason = models.TextField()
    steps = models.JSONField(default=list)
    until_on = models.DateField()


class CallOut(State):
    """An office that is called out (吹哨) and its own clock until it arrives (报到)."""

    identity_field = "request"

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="calls")
    unit = models.CharField(max_length=40, db_index=True)
    part = models.CharField(max_length=12, choices=Part.choices)
    task = models.TextField(blank=True)
    called_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_open("callout", "request", "unit")]


class Reply(Fact):
    """A word to the firm: the first response, news, or the answer."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ReplyKind.choices)
    unit = models.CharField(max_length=40, blank=True)
    text = models.TextField()


class InternalNote(Fact):
    """What offices write among themselves: never read by a query for the firm."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="notes")
    unit = models.CharField(max_length=40, blank=True)
    text = models.TextField()


class Satisfaction(Fact):
    """The firm's word on an answer; `noted` where staff wrote it down for the firm.

    Then `how` and `said_at` say how and when the firm said it, and `own_by` until when its own
    word, a further row of the same round, stands in its place.
    """

    added = frozenset({"how", "said_at", "own_by"})

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    satisfied = models.CharField(max_length=12, choices=Satisfied.choices)
    words = models.TextField(blank=True)
    noted = models.BooleanField(default=False)
    how = models.CharField(max_length=12, choices=Told.choices, blank=True)
    said_at = models.DateTimeField(null=True)
    own_by = models.DateTimeField(null=True)
