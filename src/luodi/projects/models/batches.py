"""The activities of signing, starting and putting into production, and what is in their lists."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import Part
from .projects import Project


class Batch(Identity, Scoped):
    """One activity of signing, starting and putting into production (三个一批), of a whole city."""


class BatchState(State):
    """What a batch is called, and the day it was held."""

    identity_field = "batch"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=120)
    held_on = models.DateField()

    class Meta:
        constraints = [one_open("batch", "batch")]


class BatchEntry(State):
    """A project in one of the lists of a batch; an excluded one counts in no rate, with a reason.

    A project is in a list once: two people adding it at the same time can't count it twice.
    """

    identity_field = "batch"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")
    part = models.CharField(max_length=10, choices=Part.choices)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="entries")
    excluded = models.BooleanField(default=False)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("batchentry", "batch", "part", "project")]
