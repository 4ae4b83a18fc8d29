"""Letters to one unit: what they are about, how they go, the talk, the rectification, the look."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

from ..choices import LetterKind


class Letter(Identity, Scoped):
    """A warning letter, or the notice of an admonitory talk, to the unit in `unit`.

    `rule` is the rung that asked for it, '' where the office drafted it by hand. `grounds` keep
    what the rung said then: title, sentence, owner, source, confirmed, and the facts it read.
    """

    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    rule = models.CharField(max_length=60, blank=True)
    grounds = models.JSONField(default=dict)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A letter is seen by the one unit it is addressed to, once it is issued."""
        issued = LetterState.objects.open().exclude(issued_at=None).values("letter")
        return Q(unit__in=units, key__in=issued)


class LetterCause(Fact):
    """One light that a letter is about, as it was when the letter was drafted."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="causes")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=200)
    light = models.CharField(max_length=10)
    rule = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    days = models.PositiveIntegerField(default=0)


class LetterState(State):
    """Where a letter is; `stage` is a state of the flow. Its text is the paper about it.

    `due_at` is when the answer is due, `rectify_by` when all must be put right; both are computed
    by clocks of the pack on the day of issue. `answer` is the unit's until its leader signs it.
    """

    identity_field = "letter"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12)
    issued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_working = models.JSONField(default=dict)
    rectify_by = models.DateTimeField(null=True)
    rectify_working = models.JSONField(default=dict)
    signed_for_at = models.DateTimeField(null=True)
    signed_for_by = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    answer_by = models.CharField(max_length=60, blank=True)
    answer_signed_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("letter", "letter")]


class AdmonitoryTalk(State):
    """The talk that a notice calls to: who talks, when and where; then its record.

    `talker` is the key of a posted person. `held` says that it took place at `held_at`.
    """

    identity_field = "letter"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="talks")
    talker = models.CharField(max_length=60)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    held = models.BooleanField(default=False)
    record = models.TextField(blank=True)
    commitments = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("admonitorytalk", "letter")]


class Rectification(Identity, Scoped):
    """One measure by which a unit puts right what a letter is about."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="rectifications")

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """It is seen by whoever sees its letter."""
        return Q(letter__in=Letter.objects.filter(Letter.shared_with(units)).values("key"))


class RectificationState(State):
    """What the measure is, by when, and how far; `stage` is a state of its flow."""

    identity_field = "rectification"

    rectification = models.ForeignKey(
        Rectification, on_delete=models.PROTECT, related_name="states"
    )
    measure = models.CharField(max_length=400)
    due_on = models.DateField()
    stage = models.CharField(max_length=12)
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("rectification", "rectification")]


class Recheck(Fact):
    """A later look (回头看) at what a letter was about, and what it found."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="rechecks")
    passed = models.BooleanField()
    looked_on = models.DateField()
    found = models.TextField()
