"""What people say of a project's tags."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import State, one_open

from .projects import Project


class ProjectTag(State):
    """That a project has a tag, or hasn't, as the office decided with a reason."""

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tags")
    tag = models.CharField(max_length=40)
    given = models.BooleanField()
    why = models.TextField()

    class Meta:
        constraints = [one_open("projecttag", "project", "tag")]
