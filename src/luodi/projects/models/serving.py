"""Who serves a project (专班、包联), and what they saw on the spot."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Scoped, State, one_open

from ..choices import Seeing, Serving
from .projects import Project


class ServiceMember(State):
    """A person of the project's task force, or its sponsor official; the name stands in `orgs`."""

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="members")
    part = models.CharField(max_length=12, choices=Serving.choices)
    person = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [one_open("servicemember", "project", "part", "person")]


class SiteVisit(Fact, Scoped):
    """What somebody saw on the spot. Photos are files beside the project.

    `latitude` and `longitude` are in millionths of a degree (WGS 84), None where not told.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=10, choices=Seeing.choices)
    visited_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    latitude = models.BigIntegerField(null=True)
    longitude = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
