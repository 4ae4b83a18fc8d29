"""That a continuing project took up its works again in a year, or means to."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import State, one_open

from ..choices import Resuming
from .projects import Project


class Resumption(State):
    """How a project resumed in a year: on a day, or planned for one; corrected with a reason."""

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="resumptions")
    year = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10, choices=Resuming.choices)
    day = models.DateField()
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("resumption", "project", "year")]
