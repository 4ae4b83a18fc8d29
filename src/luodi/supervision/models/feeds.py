"""Secret addresses under which a calendar programme reads a person's meetings."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Scoped, State, one_open
from luodi.orgs.models import Person


class CalendarFeed(State, Scoped):
    """Whoever knows the address reads the meetings of `person`, until it is revoked.

    Only a digest is kept: the address itself is shown once, when it is made.
    """

    identity_field = "person"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [one_open("calendar_feed", "person")]
        indexes = [models.Index(fields=["digest"], name="calendar_feed_digest")]
