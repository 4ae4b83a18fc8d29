"""A superior's tables: what their cells mean, and the files that were brought."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open
from luodi.documents.models import StoredFile


class Template(Identity, Scoped):
    """A table somebody above sends again and again, known by its fixed texts."""

    fingerprint = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "unit", "fingerprint"], name="template_once")
        ]


class TemplateState(State):
    """What its cells are, as a person confirmed; `mapping` has the shape of `kit.mapping`."""

    identity_field = "template"

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [one_open("template", "template")]


class TableRequest(Identity, Scoped):
    """A superior's table as it was brought for one period, to be filled and handed back."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="requests")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["template", "period"])]
