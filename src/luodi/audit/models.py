"""Acts, and the three kinds of table that everything else is made of.

facts           append-only rows, each keyed to the act that wrote it
states          an identity row, and state rows open from one act until another
working papers  drafts, preferences, jobs, caches: overwritten, in no analysis

Rows of the first two are written by a `Deed` (see `actions`) and by nothing else.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from luodi.common.keys import new_key
from luodi.common.moments import Moment


class Scoped(models.Model):
    """Whose a row is. `orgs` decides from these columns who may see it; empty means 'all of'.

    A row of an enterprise is not 'all of' anything: it carries the unit that looks after it.
    """

    city = models.CharField(max_length=40, db_index=True)
    zone = models.CharField(max_length=40, blank=True, default="")
    unit = models.CharField(max_length=40, blank=True, default="", db_index=True)
    enterprise = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        abstract = True

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Rows seen by units beside the one in `unit`; a model with parties widens this.

        What is of the whole city is everybody's; what is of an enterprise only its home's.
        """
        return Q(unit="", enterprise="") | Q(unit__in=units) | Q(zone__in=units, zone__gt="")

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """Rows an enterprise sees: its own; a model meant for enterprises widens this."""
        return Q(enterprise=enterprise)


class Act(Scoped):
    """What happened: event log, hash chain, as-of order and mirror key in one."""

    position = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subjects = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(default=1)
    payload = models.JSONField(default=dict)
    why = models.TextField(blank=True, default="")
    rows = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.position} {self.verb}"


class ActSubject(models.Model):
    """Which acts touch a subject: the index behind every timeline."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="touched")
    subject = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["subject", "act"])]


class FactQuerySet(models.QuerySet):
    def at(self, moment: Moment) -> Self:
        """What was known at `moment`."""
        return self if moment.position is None else self.filter(act__lte=moment.position)


class Fact(models.Model):
    """A row that is written once.

    Columns that come to a table whose rows are sealed already are named in `added` (so too in a
    `State`): see `rules.opener`.
    """

    added: frozenset[str] = frozenset()

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True


class Identity(models.Model):
    """The unchanging half of a state: its key, and the act that brought it about."""

    key = models.CharField(max_length=40, primary_key=True, default=new_key)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True


class StateQuerySet(models.QuerySet):
    def at(self, moment: Moment) -> Self:
        """The state rows open at `moment`; for the latest one, a partial index answers."""
        if moment.position is None:
            return self.filter(until=None)
        then = moment.position
        return self.filter(since__lte=then).filter(Q(until=None) | Q(until__gt=then))

    def ever(self, moment: Moment) -> Self:
        """The state rows opened by `moment`, those that have ended among them."""
        return self if moment.position is None else self.filter(since__lte=moment.position)

    def open(self) -> Self:
        """The state rows open now."""
        return self.filter(until=None)


class State(models.Model):
    """The changing half: one row from the act `since` until the act `until`.

    A subclass names its identity in `identity_field`, and constrains one open row for each.
    """

    identity_field: str = ""
    added: frozenset[str] = frozenset()

    since = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    until = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+", null=True)

    objects = StateQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def identity_key(self) -> str:
        """The key of what this is a state of."""
        return str(getattr(self, f"{self.identity_field}_id"))

    def copy(self, **changes: Any) -> Self:
        """An unsaved successor with `changes` applied."""
        kept = {
            f.attname: getattr(self, f.attname)
            for f in self._meta.concrete_fields
            if f.name not in {"id", "since", "until"}
        }
        return type(self)(**(kept | changes))


def one_open(model: str, *fields: str) -> models.UniqueConstraint:
    """At most one open state row for `fields`: two people can't both win."""
    return models.UniqueConstraint(
        fields=list(fields), condition=Q(until=None), name=f"{model}_one_open"
    )


class WorkingPaper(models.Model):
    """Drafts, preferences, jobs, caches. `version` goes up with every save of a form."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
