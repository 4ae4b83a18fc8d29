"""The expert review of a project before signing: its panel, opinions and decision."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import Conflict, Decision, Verdict
from .projects import Project


class Review(Identity, Scoped):
    """One round of review of a project; the next round is another review."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reviews")


class ReviewState(State):
    """When a review is held, and what it was decided on; open until it is decided.

    `running` holds the project while a review of it isn't decided: there is one at a time.
    """

    identity_field = "review"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="states")
    running = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    held_on = models.DateField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("reviewstate", "review"), one_open("running_review", "running")]


class ReviewSeat(State):
    """A seat of a panel: who sits in it, whether they are free, and their opinion and scores.

    `person` is the key of somebody with an account; else `says` has the institution or the role,
    never a name. `scores` are whole numbers by the keys of the pack's criteria.
    """

    identity_field = "review"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=20)
    person = models.CharField(max_length=40, blank=True)
    says = models.CharField(max_length=100, blank=True)
    conflict = models.CharField(
        max_length=12, choices=Conflict.choices, default=Conflict.UNDECLARED
    )
    conflict_words = models.TextField(blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    scores = models.JSONField(default=dict)
    opinion = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("reviewseat", "review", "seat")]
