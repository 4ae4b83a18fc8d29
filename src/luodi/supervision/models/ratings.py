"""How a zone rates a department that took part in an item (开发区评部门)."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open
from luodi.ledger.models import Item


class DepartmentRating(Identity, Scoped):
    """The zone in `unit` rates a department once for one item. Nobody else reads single ones."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ratings")
    department = models.CharField(max_length=40, db_index=True)
    until_at = models.DateTimeField(null=True, help_text="it can be revised until then")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "unit", "department"], name="rated_once")
        ]


class DepartmentRatingState(State):
    """The mark and the words; revised until the window closes."""

    identity_field = "rating"

    rating = models.ForeignKey(DepartmentRating, on_delete=models.PROTECT, related_name="states")
    score = models.SmallIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("departmentrating", "rating")]
