"""The firm that carries a project, and how it came into official statistics."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import State, one_open

from ..choices import Threshold
from .projects import Project


class ProjectFirm(State):
    """The enterprise of the register that carries a project, and three days that differ.

    It meets the threshold (达规), is promoted (升规), and is admitted to the directory of those
    that official statistics ask (入库): each on its own day, in this order, None where not yet.
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="firms")
    enterprise = models.CharField(max_length=40)
    threshold = models.CharField(max_length=12, choices=Threshold.choices)
    meets_on = models.DateField(null=True)
    promoted_on = models.DateField(null=True)
    admitted_on = models.DateField(null=True)

    class Meta:
        constraints = [one_open("projectfirm", "project")]
