"""Visits to firms, who looks after a firm, and meetings between government and firms."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.orgs.models import EnterpriseState

from ..choices import VisitKind, VisitStage


class Visit(Identity, Scoped):
    """Somebody from an office goes to a firm. `unit` is the firm's home, `of_unit` who goes."""

    kind = models.CharField(max_length=12, choices=VisitKind.choices)
    of_unit = models.CharField(max_length=40, db_index=True)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The firm's home then and now, and the unit that goes."""
        firms = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        moved = VisitState.objects.open().filter(firm__in=firms.values("of"))
        return (
            Q(unit__in=units)
            | Q(of_unit__in=units)
            | Q(enterprise__in=firms.values("of"))
            | Q(key__in=moved.values("visit"))
        )


class VisitState(State):
    """What a visit is for, when, and what came of it (for the offices alone).

    `wish` is the firm's wish, where it was the firm that asked; `beyond` why a visit went beyond
    the pack's number without one. Days are in China. `firm` is the successor of a firm that was
    merged, '' while it is the one that was called on.
    """

    identity_field = "visit"
    added = frozenset({"firm"})

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=VisitStage.choices)
    purpose = models.CharField(max_length=200)
    on = models.DateField(db_index=True)
    led_by = models.CharField(max_length=40, blank=True, help_text="the person who leads it")
    wish = models.TextField(blank=True)
    beyond = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    firm = models.CharField(max_length=40, blank=True, db_index=True)

    class Meta:
        constraints = [one_open("visit", "visit")]

    @classmethod
    def of_firms(cls, firms: Iterable[str]) -> Q:
        """The visits that are these firms' now."""
        keys = list(firms)
        return Q(firm__in=keys) | Q(firm="", visit__enterprise__in=keys)

    @property
    def of_firm(self) -> str:
        """Whose visit it is now."""
        return self.firm or self.visit.enterprise


class Sponsorship(State, Scoped):
    """A leader who looks after a firm (包联); the name stands in `orgs`."""

    identity_field = "person"

    person = models.ForeignKey(
        "orgs.Person", on_delete=models.PROTECT, related_name="sponsored_firms"
    )

    class Meta:
        constraints = [one_open("sponsorship", "enterprise", "person")]


class Gathering(Identity, Scoped):
    """A business breakfast, tea, salon or consultation, held by `unit`."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)


class Attendee(Fact, Scoped):
    """A firm that was there. The firm itself isn't shown who else came."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="attendees")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "enterprise"], name="attendee_once")
        ]


class Draw(Identity, Scoped):
    """An inspection of firms drawn at random: from `pool` by `seed`, `drawn` in order.

    `resting` are firms of the scope left out because their number of visits is used up.
    """

    purpose = models.CharField(max_length=200)
    on = models.DateField()
    seed = models.CharField(max_length=40)
    pool = models.JSONField(default=list)
    resting = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
