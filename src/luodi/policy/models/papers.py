"""Files of papers: what the house holds of a firm, and what stands with a claim."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Scoped, State, one_open
from luodi.documents.models import StoredFile
from luodi.orgs.models import Enterprise, EnterpriseState

from .claims import PolicyClaim


class FirmPaper(State, Scoped):
    """A file of an enterprise's paper by its name, handed in once and offered again while valid.

    `valid_until` is its last day as written on it, or as the rule of the day gave it; None for
    good.
    """

    identity_field = "of"

    of = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [one_open("firm_paper", "of", "paper", "file")]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Whoever looks after the firm now."""
        now = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        return Q(of__in=now.values("of"))


class ClaimPaper(Fact, Scoped):
    """A file stands for one of the papers of a claim: whoever may see the claim may open it."""

    claim = models.ForeignKey(PolicyClaim, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "paper", "file"], name="claim_paper_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """As its claim."""
        return Q(claim__in=PolicyClaim.objects.filter(PolicyClaim.shared_with(units)))

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """As its claim."""
        return Q(claim__in=PolicyClaim.objects.filter(PolicyClaim.shown_to(enterprise)))
