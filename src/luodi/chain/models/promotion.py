"""Firms to be invited, what was said with them, and the trips and events it was said on."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

from ..choices import Agreement, ContactKind, TargetOrigin, TargetStage
from .chains import IndustrialChain, Product
from .firms import ChainFirm


class Inside(Scoped):
    """What offices write about firms they want: of their own, or of the whole city."""

    class Meta:
        abstract = True

    @classmethod
    def shown_to(cls, enterprise: str) -> models.Q:
        """Never an enterprise."""
        return models.Q(pk__in=())


class TargetFirm(Identity, Inside):
    """A firm in the library of those to be invited (目标企业库). One entry a firm and city.

    `unit` is who brings it along; empty: nobody yet, and everybody sees it.
    """

    firm = models.ForeignKey(ChainFirm, on_delete=models.PROTECT, related_name="targets")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "firm"], name="target_firm_once")]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> models.Q:
        """Who brings it along now, and everybody where nobody does."""
        now = TargetFirmState.objects.open()
        mine = now.filter(models.Q(unit="") | models.Q(unit__in=units))
        return models.Q(key__in=mine.values("target"))


class TargetFirmState(State):
    """How far a firm has come, and why it is wanted. `wanted` says it where no product does."""

    identity_field = "target"

    target = models.ForeignKey(TargetFirm, on_delete=models.PROTECT, related_name="states")
    unit = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=16, choices=TargetStage.choices, default=TargetStage.LISTED)
    origin = models.CharField(max_length=16, choices=TargetOrigin.choices)
    chain = models.ForeignKey(
        IndustrialChain, on_delete=models.PROTECT, null=True, related_name="+"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    wanted = models.CharField(max_length=120, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("target_firm", "target")]


class PromotionEvent(Fact, Inside):
    """A fair, a presentation, a signing ceremony (招商活动). `attended`: posts, never names."""

    added = frozenset({"attended"})

    name = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    attended = models.JSONField(default=list)


class Trip(Identity, Inside):
    """A leader of a zone or county travelled to bring investment in (外出招商)."""


class TripState(State):
    """When, where to, whom they saw. Taken back where it was put down by mistake."""

    identity_field = "trip"

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="states")
    leader = models.CharField(max_length=60, help_text="the post, not the name")
    from_on = models.DateField()
    to_on = models.DateField()
    destination = models.CharField(max_length=120)
    mode = models.CharField(max_length=40, blank=True)
    outcome = models.TextField(blank=True)
    taken_back = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("trip", "trip")]


class Contact(Fact, Inside):
    """What was said with a target firm: written once, in the order it happened.

    One that reached a signing says what was signed, and where it is known for how much, in 万元
    at its scale.
    """

    added = frozenset({"agreement", "amount", "amount_scale"})

    target = models.ForeignKey(TargetFirm, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=ContactKind.choices)
    reached = models.CharField(max_length=16, choices=TargetStage.choices)
    mode = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, null=True, related_name="contacts")
    event = models.ForeignKey(
        PromotionEvent, on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    agreement = models.CharField(max_length=12, choices=Agreement.choices, blank=True)
    amount = models.BigIntegerField(null=True)
    amount_scale = models.PositiveSmallIntegerField(default=0)
