"""Industrial chains, their segments and products."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import Stream


class OfTheCity(Scoped):
    """What every office of the city sees, and no enterprise: the map of its industry."""

    class Meta:
        abstract = True

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> models.Q:
        """The city's own offices, whichever."""
        return models.Q()

    @classmethod
    def shown_to(cls, enterprise: str) -> models.Q:
        """No enterprise: what a firm sees of its own is read by its key."""
        return models.Q(pk__in=())


class IndustrialChain(Identity, OfTheCity):
    """An industrial chain of a city (产业链)."""


class IndustrialChainState(State):
    """What a chain is called. `sentence` is where a plan names it, '' where people did."""

    identity_field = "chain"

    chain = models.ForeignKey(IndustrialChain, on_delete=models.PROTECT, related_name="states")
    city = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("chain", "chain"), one_open("chain_name", "city", "name")]


class Segment(Identity, OfTheCity):
    """A segment of a chain (环节)."""

    chain = models.ForeignKey(IndustrialChain, on_delete=models.PROTECT, related_name="segments")


class SegmentState(State):
    """Where a segment stands. `techniques` are words for the technology it turns on."""

    identity_field = "segment"

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="states")
    chain = models.ForeignKey(IndustrialChain, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    stream = models.CharField(max_length=12, choices=Stream.choices, default=Stream.UNSAID)
    place = models.PositiveSmallIntegerField(default=0)
    techniques = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("segment", "segment"), one_open("segment_name", "chain", "name")]


class Product(Identity, OfTheCity):
    """Something a segment makes: one product wherever it is made or bought."""


class ProductState(State):
    """What a product is called and which segment it belongs to."""

    identity_field = "product"

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="states")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    technique = models.CharField(max_length=60, blank=True, help_text="技术路线")
    application = models.CharField(max_length=60, blank=True, help_text="应用领域")
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("product", "product"), one_open("product_name", "segment", "name")]
