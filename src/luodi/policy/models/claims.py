"""Claims under articles, from the match or the application to the payment."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

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


class PolicyClaimState(State):
    """Where a claim stands. Amounts are in 分: `asked` for, `amount` as settled.

    `materials` are the papers handed in, by name; `notice_until` the instant the notice ends.
    `why` is the reason of the last step, which the firm reads too.
    """

    identity_field = "claim"

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

    class Meta:
        constraints = [one_open("policy_claim", "claim")]


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
