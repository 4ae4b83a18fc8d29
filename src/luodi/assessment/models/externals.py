"""What the province or the nation said of a zone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import ExternalLevel


class ExternalAppraisal(Identity, Scoped):
    """An appraisal from above of one zone (`unit`) for one year. Issued results are the city's."""

    level = models.CharField(max_length=12, choices=ExternalLevel.choices)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "unit", "level", "year"], name="external_appraisal_once"
            )
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """They came in a document to all zones: everybody in the city reads them."""
        return ~Q(unit="")


class ExternalAppraisalState(State):
    """What it says: `rank` of `of`, a tier, a score, an integer at its scale; from `source`."""

    identity_field = "external"

    external = models.ForeignKey(ExternalAppraisal, on_delete=models.PROTECT, related_name="states")
    rank = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)
    tier = models.CharField(max_length=40, blank=True)
    score = models.BigIntegerField(null=True)
    score_scale = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [one_open("external_appraisal", "external")]
