"""Supervised items (督办台账): whoever opened them, one lead, a clock, evidence, verified close."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

from .choices import PartyRole, Source, Stage


class Item(Identity, Scoped):
    """One thing to be done about one problem. `about` is the subject it grew from, if any."""

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=30)
    source = models.CharField(max_length=20, choices=Source.choices)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    instruction = models.TextField(blank=True, help_text="the instruction's own words")
    instructed_by = models.CharField(max_length=60, blank=True)
    instructed_on = models.DateField(null=True)
    reply_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="item_number_once"),
            models.UniqueConstraint(fields=["city", "year", "serial"], name="item_serial_once"),
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """An item is its present parties'; none of them sees another's items."""
        return Q(key__in=Party.objects.open().filter(unit__in=units).values("item"))


class ItemState(State):
    """What an item says and where it is. `due_at` is a stored instant; its working explains it."""

    identity_field = "item"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    due_at = models.DateTimeField(null=True)
    due_working = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("item", "item")]
        indexes = [models.Index(fields=["due_at"], condition=Q(until=None), name="item_due_open")]


class Party(State):
    """A unit's part in an item."""

    identity_field = "item"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="parties")
    unit = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=12, choices=PartyRole.choices)

    class Meta:
        constraints = [
            one_open("party", "item", "unit"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(until=None, role=PartyRole.LEAD),
                name="party_one_lead_one_open",
            ),
        ]


class Feedback(Fact, Scoped):
    """What a unit says it did. `claimed` is a typed percentage: a claim, never a result."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField()
    happened_on = models.DateField(null=True)
    claimed = models.PositiveSmallIntegerField(null=True)


class Extension(State, Scoped):
    """A request for more time with its reason; decided by the office."""

    identity_field = "item"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="extensions")
    asked_by = models.CharField(max_length=60)
    asked_until = models.DateField()
    reason = models.TextField()
    granted = models.BooleanField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(until=None, granted=None), name="extension_one_open"
            )
        ]
