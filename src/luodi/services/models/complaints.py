"""What a firm complains of by an item of the lists of conduct: for the office and above alone."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import ComplaintFinding, ComplaintStage


class Complaint(Identity, Scoped):
    """A firm's complaint (投诉). It carries no unit: none shares it, least of all the one meant.

    `about` is the unit complained about; `cited` the item of the list as it stood then.
    """

    about = models.CharField(max_length=40, db_index=True)
    item = models.CharField(max_length=60)
    cited = models.JSONField(default=dict)
    text = models.TextField()
    happened_on = models.DateField(null=True)


class ComplaintState(State):
    """How far it has come: `note` is what was looked into, the firm never sees it."""

    identity_field = "complaint"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12, choices=ComplaintStage.choices)
    note = models.TextField(blank=True)
    finding = models.CharField(max_length=12, choices=ComplaintFinding.choices, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("complaint", "complaint")]
