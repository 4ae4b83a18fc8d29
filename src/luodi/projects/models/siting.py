"""What a project needs of a site, and what was decided before a batch is matched."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import State, one_open
from luodi.sites.choices import CleanClass
from luodi.sites.models import Site

from ..choices import Pairing, Wanted
from .batches import Batch
from .projects import Project


class SiteNeed(State):
    """What a project needs: land in 亩, space in m², load in kN/m², height in m, power in kVA.

    `price` is the most it pays for land (万元/亩), `rent` the most for space (元/m² a month), each
    an exact integer at a scale. What isn't stated isn't asked, but for land and space.
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="site_needs")
    wanted = models.CharField(max_length=20, choices=Wanted.choices)
    zone = models.CharField(max_length=40, blank=True)
    land = models.BigIntegerField(null=True)
    land_scale = models.PositiveSmallIntegerField(default=0)
    space = models.BigIntegerField(null=True)
    space_scale = models.PositiveSmallIntegerField(default=0)
    load = models.BigIntegerField(null=True)
    load_scale = models.PositiveSmallIntegerField(default=0)
    height = models.BigIntegerField(null=True)
    height_scale = models.PositiveSmallIntegerField(default=0)
    clean_class = models.CharField(max_length=10, choices=CleanClass.choices, blank=True)
    power = models.BigIntegerField(null=True)
    power_scale = models.PositiveSmallIntegerField(default=0)
    price = models.BigIntegerField(null=True)
    price_scale = models.PositiveSmallIntegerField(default=0)
    rent = models.BigIntegerField(null=True)
    rent_scale = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [one_open("siteneed", "project")]


class SitePair(State):
    """A project of a batch and a site that are kept together, or never put together."""

    identity_field = "batch"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="pairs")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pairs")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    pairing = models.CharField(max_length=20, choices=Pairing.choices)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("sitepair", "batch", "project", "site")]
