"""Projects that look alike and aren't the same."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Scoped

from .projects import Project


class Distinction(Fact, Scoped):
    """Two projects that look alike and aren't the same, in a person's judgement, with a reason.

    It holds while both are called as they were then: `said` is by project, the lesser key first.
    """

    one = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=list)
    why = models.TextField()
