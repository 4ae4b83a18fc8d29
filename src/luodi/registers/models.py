"""Entries of the registers a pack declares: who stands on one, since when, at which level."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open
from luodi.orgs.models import EnterpriseState


class RegisterEntry(Identity, Scoped):
    """One enterprise, or one thing by its name, on one register.

    Whose it is now its open state says: the enterprise may have been merged into another.
    `register` is the key of the rule. `rule` keeps the rule as it was when the entry was made, so
    that a register that a pack has ended can still be read.
    """

    register = models.CharField(max_length=60)
    rule = models.JSONField()

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The home it was entered at, the enterprise's home now, and the unit it is referred to."""
        firms = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        with_them = Q(about__in=firms.values("of")) | Q(referred_to__in=units)
        states = EntryState.objects.open().filter(with_them)
        return super().shared_with(units) | Q(key__in=states.values("entry"))

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """The enterprise that it is about now."""
        states = EntryState.objects.open().filter(about=enterprise)
        return Q(key__in=states.values("entry"))


class EntryState(State):
    """What is known of an entry. `until_on` is the last day of a recognition.

    `due_at` is when the present stage shall be left, with its `working`; `tutor` is the key of a
    person or empty. `about` is the enterprise's key; empty for a thing by its name. `matter` tells
    several entries of an enterprise apart; `referred_to` is the unit that it was handed to, which
    stays until it is taken back.
    """

    identity_field = "entry"
    added = frozenset({"matter", "referred_to"})

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="states")
    register = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    tutor = models.CharField(max_length=60, blank=True)
    matter = models.CharField(max_length=120, blank=True, default="")
    referred_to = models.CharField(max_length=40, blank=True, default="", db_index=True)
    ended = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)

    class Meta:
        constraints = [
            one_open("register_entry", "entry"),
            models.UniqueConstraint(
                fields=["register", "about", "matter"],
                condition=models.Q(until=None, ended=False) & ~models.Q(about=""),
                name="register_about_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["until_on"], condition=models.Q(until=None), name="register_ends")
        ]


class RegisterGoal(Identity, Scoped):
    """How many shall stand on a register by the end of a year, in the city or in a unit's care."""

    register = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()


class RegisterGoalState(State):
    """What a goal asks, from which base, and where that stands."""

    identity_field = "goal"

    goal = models.ForeignKey(RegisterGoal, on_delete=models.PROTECT, related_name="states")
    base_year = models.PositiveSmallIntegerField()
    base = models.PositiveIntegerField()
    target = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("register_goal", "goal")]
