"""Where a lead came from inside the house."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Scoped

from .projects import Project


class LeadSource(Fact, Scoped):
    """The target firm (`target_firm:…`) a project was opened from: one project a firm."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="lead_source")
    target = models.CharField(max_length=40, unique=True)
