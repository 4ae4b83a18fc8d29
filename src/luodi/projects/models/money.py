"""Money of a project: the plan of a year, and three series of figures that are never added."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.documents.models import StoredFile

from ..choices import Series, Teller
from .projects import Project


class YearPlan(State):
    """The investment planned for a year, in 万元. `total` is the platform's own total investment.

    A changed plan is a new version with its reason; the one before stays in the record.
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="year_plans")
    told_by = models.CharField(max_length=10, choices=Teller.choices, default=Teller.UNIT)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField(null=True)
    amount_scale = models.PositiveSmallIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    total_scale = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("yearplan", "project", "told_by", "year")]


class MoneyFigure(State):
    """What was told of one month in one series, in 万元; a correction is a new version.

    `month` is the month's own amount, `to_date` from January on, `since_start` from the start of
    the works. `fund` is the source of funds in place, a key of the city's pack; '' elsewhere.
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="figures")
    series = models.CharField(max_length=10, choices=Series.choices)
    fund = models.CharField(max_length=40, blank=True)
    told_by = models.CharField(max_length=10, choices=Teller.choices, default=Teller.UNIT)
    period = models.CharField(max_length=7)
    month = models.BigIntegerField(null=True)
    month_scale = models.PositiveSmallIntegerField(default=0)
    to_date = models.BigIntegerField(null=True)
    to_date_scale = models.PositiveSmallIntegerField(default=0)
    since_start = models.BigIntegerField(null=True)
    since_start_scale = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_open("moneyfigure", "project", "series", "fund", "told_by", "period"),
        ]
        indexes = [
            models.Index(
                fields=["period"], condition=models.Q(until=None), name="figure_period_open"
            )
        ]


class ExportLayout(Identity, Scoped):
    """A kind of list that somebody exported (platform, project ledger), known by its heads."""

    fingerprint = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "fingerprint"], name="exportlayout_once")
        ]


class ExportLayoutState(State):
    """What its columns are, as a person said once: field to head."""

    identity_field = "layout"

    layout = models.ForeignKey(ExportLayout, on_delete=models.PROTECT, related_name="states")
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [one_open("exportlayout", "layout")]


class PlatformExport(Identity, Scoped):
    """A file the approval platform gave, about one month."""

    layout = models.ForeignKey(ExportLayout, on_delete=models.PROTECT, related_name="exports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)


class ExportTaking(Fact, Scoped):
    """That an export was taken in, and how many of its lines came to what."""

    export = models.ForeignKey(PlatformExport, on_delete=models.PROTECT, related_name="takings")
    counts = models.JSONField(default=dict)
