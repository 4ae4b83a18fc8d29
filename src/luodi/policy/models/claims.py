"""Claims under articles, from the match or the application to the payment."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.orgs.models import EnterpriseState

from ..choices import ClaimMode, ObjectionStage
from .library import Article


class PolicyClaim(Identity, Scoped):
    """An enterprise's claim under an article. `unit` is the office in charge, `zone` the firm's
    home (a zone or county).

    `thing` is what is paid for: nobody is paid twice for it. `working` holds the answer the
    conditions gave when it began: verdict, reasons, the day, and the position of the rule.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    mode = models.CharField(max_length=10, choices=ClaimMode.choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    thing = models.CharField(max_length=200)
    working = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "year", "serial"], name="policy_claim_serial")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The office in charge, the firm's home then, and its home now."""
        now = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        return super().shared_with(units) | cls._of_firms(now.values("of"))

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """The firm whose claim it is now: that of a merged firm is its successor's."""
        return cls._of_firms([enterprise])

    @staticmethod
    def _of_firms(firms: Any) -> Q:
        states = PolicyClaimState.objects.open().filter(PolicyClaimState.held_by(firms))
        return Q(key__in=states.values("claim"))


class PolicyClaimState(State):
    """Where a claim stands. Amounts are in 分: `asked` for, `amount` as settled.

    `materials` are the papers handed in, by name; `notice_until` the instant the notice ends.
    `why` is the reason of the last step, which the firm reads too. `firm` is the successor of a
    firm that was merged, '' while the claim is that of the firm that began it.
    """

    identity_field = "claim"
    added = frozenset({"firm"})

    claim = models.ForeignKey(PolicyClaim, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=20)
    asked = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    materials = models.JSONField(default=list)
    checked_by = models.CharField(max_length=60, blank=True)
    notice_until = models.DateTimeField(null=True)
    notice_working = models.JSONField(default=dict)
    paid_on = models.DateField(null=True)
    voucher = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    firm = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [one_open("policy_claim", "claim")]

    @property
    def holder(self) -> str:
        """The key of the enterprise whose claim it is now."""
        return self.firm or self.claim.enterprise

    @staticmethod
    def held_by(firms: Any) -> Q:
        """The states of claims that are these enterprises' now."""
        return Q(firm__in=firms) | Q(firm="", claim__enterprise__in=firms)


class ClaimNote(Fact, Scoped):
    """What an office notes for itself. It carries no enterprise: the firm never reads it."""

    claim = models.ForeignKey(PolicyClaim, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()


class ClaimObjection(Identity, Scoped):
    """Somebody objects while a payment is shown. Entered by the office; who objects stays there."""

    claim = models.ForeignKey(PolicyClaim, on_delete=models.PROTECT, related_name="objections")
    who = models.CharField(max_length=120)
    text = models.TextField()


class ClaimObjectionState(State):
    """What became of an objection."""

    identity_field = "objection"

    objection = models.ForeignKey(ClaimObjection, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=ObjectionStage.choices)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("claim_objection", "objection")]
