"""Releases: positions of the record that are citable. No figure is copied."""

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open
from luodi.indicators.choices import Purpose

from .choices import Basis, GrantStage, GrantUse, ReleaseStage


class Release(Identity, Scoped):
    """A vintage: the figures of some indicators and periods as they stood at `position`.

    `units` holds unit keys; none means every unit with a figure then.
    """

    number = models.PositiveIntegerField(help_text="of its city, from 1")
    label = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    position = models.BigIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.UNITS)
    indicators = models.JSONField(default=list)
    units = models.JSONField(default=list)
    periods = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="release_number_once")
        ]


class ReleaseState(State):
    """Whether a release stands, and whether it is open to everybody."""

    identity_field = "release"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=ReleaseStage.choices)
    is_open = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("release", "release")]


class Grant(Identity, Scoped):
    """Series that `unit`, a department, may read for one use; totals only, never single rows.

    `units` holds the units whose series it may read; none means all of them.
    """

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.UNITS)
    use = models.CharField(max_length=12, choices=GrantUse.choices)
    indicators = models.JSONField(default=list)
    units = models.JSONField(default=list)


class GrantState(State):
    """How long a grant holds. Whoever gave it takes it back with a reason."""

    identity_field = "grant"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=GrantStage.choices)
    until_on = models.DateField()

    class Meta:
        constraints = [one_open("grant", "grant")]


class Question(WorkingPaper):
    """A question somebody keeps under a name: the query string that asks it."""

    person = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=120)
    address = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "title"], name="question_title_once")
        ]


class Benchmark(Fact, Scoped):
    """A figure of a city, county or zone as an adopted document states it.

    Name, place, unit and the words of definition stand as written; `amount` is an integer at
    `scale` of the unit written. What other documents say differently stands in rows of their own.
    """

    document = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200, help_text="of the document")
    sentence = models.CharField(max_length=120, help_text="sha256:start:end")
    place = models.CharField(max_length=120, help_text="as written; '' is the document's own")
    name = models.CharField(max_length=120)
    measured_in = models.CharField(max_length=20)
    period = models.CharField(max_length=30, blank=True)
    amount = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField()
    comparator = models.CharField(max_length=2)
    is_rank = models.BooleanField(default=False)
    meaning = models.CharField(max_length=200, blank=True, help_text="words of definition")

    class Meta:
        indexes = [models.Index(fields=["city", "name"])]
