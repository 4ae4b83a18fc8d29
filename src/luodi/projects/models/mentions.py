"""Where a plan names a project."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Scoped

from .projects import Project


class PlanMention(Fact, Scoped):
    """A sentence of an adopted document that names the project; `box` is the box it stands in."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="mentions")
    document = models.CharField(max_length=40)
    document_title = models.CharField(max_length=200)
    sentence = models.CharField(max_length=120, help_text="sha256:start:end")
    box = models.CharField(max_length=200, blank=True)
