"""Good-faith exemption (容错): applied for, looked into, decided; what it covers, who reads it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, one_open

from ..choices import Finding


class Exemption(Identity, Scoped):
    """An application of a unit, for itself or for one `person` of it (a key; '' for the unit)."""

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    person = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "year", "serial"], name="exemption_serial_once"
            ),
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """The applying unit's, and the units' whose people are named as readers.

        Who of them may open it is narrowed further: see `queries.exemptions.openable`.
        """
        named = ExemptionReader.objects.open().filter(unit__in=units)
        return Q(unit__in=units) | Q(key__in=named.values("exemption"))


class ExemptionState(State):
    """Where an application stands. `why` is the reason of the last step: restricted too."""

    identity_field = "exemption"

    exemption = models.ForeignKey(Exemption, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    happened = models.TextField(help_text="what was tried, and what didn't come of it")
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("exemption", "exemption")]


class ExemptionCondition(State):
    """One condition of the city's rules: what the applicant says, and what was found."""

    identity_field = "exemption"

    exemption = models.ForeignKey(Exemption, on_delete=models.PROTECT, related_name="conditions")
    condition = models.CharField(max_length=40)
    statement = models.TextField(blank=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    found = models.TextField(blank=True)
    found_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [one_open("exemptioncondition", "exemption", "condition")]


class ExemptionCover(State):
    """A thing the exemption is asked for, and holds for once it is granted.

    `subject` is a subject key (`item:…`, `letter:…`, `indicator:…`); `year` bounds an indicator to
    one year, 0 is every year. `says` is its title when it was chosen.
    """

    identity_field = "exemption"

    exemption = models.ForeignKey(Exemption, on_delete=models.PROTECT, related_name="covers")
    subject = models.CharField(max_length=80, db_index=True)
    year = models.PositiveSmallIntegerField(default=0)
    says = models.CharField(max_length=200)
    granted = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("exemptioncover", "exemption", "subject", "year")]


class ExemptionReader(State):
    """Somebody the deciding body lets read one application."""

    identity_field = "exemption"

    exemption = models.ForeignKey(Exemption, on_delete=models.PROTECT, related_name="readers")
    person = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)

    class Meta:
        constraints = [one_open("exemptionreader", "exemption", "person")]
