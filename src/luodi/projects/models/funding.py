"""Money from banks, special funds and special bonds: who gives it, and what came of it when."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open
from luodi.common.keys import new_key

from ..choices import FundingKind, FundingStep
from .projects import Project


class Funding(Identity, Scoped):
    """One bank, fund or bond for one project; `giver` is the institution or the fund's name."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="fundings")
    kind = models.CharField(max_length=20, choices=FundingKind.choices)
    giver = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "giver"], name="funding_once")
        ]


class FundingEntry(State):
    """An amount in 万元 that reached a step on a day; corrected as a new version, with a reason.

    `entry` is the key it keeps through its versions. What is `void` counts nowhere.
    """

    identity_field = "funding"

    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="entries")
    entry = models.CharField(max_length=40, default=new_key)
    step = models.CharField(max_length=20, choices=FundingStep.choices)
    amount = models.BigIntegerField(null=True)
    amount_scale = models.PositiveSmallIntegerField(default=0)
    happened_on = models.DateField()
    void = models.BooleanField(default=False)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("fundingentry", "entry")]
