"""The permits of a project: which it needs, and how far each has come."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import State, one_open

from ..choices import PermitStep
from .projects import Project


class PermitTrack(State):
    """The type that decides a project's permits, and how they are gone about.

    `agent` is the unit that does the paperwork for the firm (全代办); `combined` says that one
    report stands for those appraisals which the pack lets it cover (一本制).
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="permit_tracks")
    type = models.CharField(max_length=40)
    agent = models.CharField(max_length=40, blank=True)
    combined = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("permittrack", "project")]


class ProjectPermit(State):
    """How far one permit of a project has come, with the day of each step.

    `due_at` is computed once it is taken in, by the rule and holidays of that day; `working`
    explains it. `pauses` are the stretches in which its clock stood still, each as
    [since, until or null, why]. `why` says why it isn't needed.
    """

    identity_field = "project"
    added = frozenset({"pauses"})

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="permits")
    permit = models.CharField(max_length=40)
    step = models.CharField(max_length=14, choices=PermitStep.choices)
    lodged_on = models.DateField(null=True)
    taken_in_on = models.DateField(null=True)
    committed_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)
    pauses = models.JSONField(default=list)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("projectpermit", "project", "permit")]
