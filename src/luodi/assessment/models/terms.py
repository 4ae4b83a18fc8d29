"""The term of a zone's leadership team, over which an appraisal looks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open


class TeamTerm(Identity, Scoped):
    """A term of the team that leads a zone (`unit`), appraised by the yearly `scheme`."""

    scheme = models.CharField(max_length=60)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The zone's own; the others see nothing of a team's term."""
        return Q(unit__in=units)


class TeamTermState(State):
    """What the term is called, and its days."""

    identity_field = "term"

    term = models.ForeignKey(TeamTerm, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=120)
    term_from = models.DateField()
    term_to = models.DateField()

    class Meta:
        constraints = [one_open("teamterm", "term")]
