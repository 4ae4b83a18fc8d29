"""What a firm states of itself, and what offices record of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Scoped, State, one_open
from luodi.orgs.models import Enterprise, EnterpriseState

from ..choices import FactStage


class FirmFact(State, Scoped):
    """One fact of an enterprise by its name in the catalogue, as of a day.

    What the firm stated counts for nothing until it is verified. A verified one stays open beside
    a newer statement, so that stating something new takes nothing away. `holds_until` is the last
    day that is written with it (on a certificate); how long others count the catalogue says.
    """

    identity_field = "of"
    added = frozenset({"holds_until"})

    of = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=60)
    value = models.JSONField()
    on = models.DateField()
    holds_until = models.DateField(null=True)
    stage = models.CharField(max_length=10, choices=FactStage.choices)
    stated_by = models.CharField(max_length=60)
    verified_by = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("firm_fact", "of", "fact", "stage")]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Whoever looks after the firm now."""
        now = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        return Q(of__in=now.values("of"))
