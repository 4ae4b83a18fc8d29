"""The search index: a cache of what every subject says, within its scope."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Scoped, WorkingPaper


class SearchEntry(WorkingPaper, Scoped):
    """One subject as search knows it. `tokens` are the pairs of characters of title and body."""

    subject = models.CharField(max_length=80, unique=True)
    kind_label = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    units = models.CharField(max_length=2000, blank=True, help_text=" key key ")
    tokens = models.TextField(blank=True)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Entries of a unit, entries shared with it, and entries of the whole city."""
        seen = Q(unit="", units="") | Q(unit__in=units)
        for unit in units:
            seen |= Q(units__contains=f" {unit} ")
        return seen
