"""The standard-land agreement of a project: what it promises by when, and what came of it."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from .projects import Project


class Agreement(Identity, Scoped):
    """One agreement of a project (标准地投资协议)."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="agreement")


class AgreementState(State):
    """What the agreement says, and the stage of its re-check.

    `promises` are item to [integer, scale] in the item's unit; `days` are milestone to ISO day;
    `rectify_by` is the deadline of a rectification. Land is in 亩.
    """

    identity_field = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=20)
    title = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField()
    land = models.BigIntegerField(null=True)
    land_scale = models.PositiveSmallIntegerField(default=0)
    promises = models.JSONField(default=dict)
    days = models.JSONField(default=dict)
    rechecked_on = models.DateField(null=True)
    rectify_by = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("agreement", "agreement")]


class PromiseResult(State):
    """What came of a promise in a year, as its units reported with evidence; in `measured_in`."""

    identity_field = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="results")
    item = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    amount_scale = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("promiseresult", "agreement", "item", "year")]
