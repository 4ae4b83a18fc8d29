"""What stands in the way of a project, as those who carry it say it (吹哨报到)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from .projects import Project


class Problem(Identity, Scoped):
    """A problem somebody raised about a project. What is done about it is a supervised item."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="problems")

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A problem is seen by whoever sees its project now."""
        return Q(project__in=Project.objects.filter(Project.shared_with(units)).values("key"))


class ProblemState(State):
    """What the problem is and where it stands; `stage` is a state of the flow."""

    identity_field = "problem"

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    stage = models.CharField(max_length=12)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("problem", "problem")]
