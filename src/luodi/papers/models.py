"""Snapshots, papers drawn from them, their numbers, and what a filed copy says differently."""

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open
from luodi.documents.models import StoredFile

from .choices import PaperKind, PaperStage


class Snapshot(Identity, Scoped):
    """A frozen composition: `content` holds blocks of text, tables and figures with sources.

    See `papers.rules` for the shape. Page, Word and Excel of a paper all come from here.
    """

    digest = models.CharField(max_length=64)
    position = models.BigIntegerField(help_text="the act up to which the record was read")
    content = models.JSONField()


class Paper(Identity, Scoped):
    """A progress report or notice; `about` is the subject it was composed for."""

    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    about = models.CharField(max_length=80, db_index=True)
    period = models.CharField(max_length=10, blank=True)


class PaperState(State):
    """Where a paper is: drafted, checked, signed and numbered, filed back."""

    identity_field = "paper"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=PaperStage.choices)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    report_to = models.CharField(max_length=200, blank=True)
    copy_to = models.CharField(max_length=200, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True)
    drafted_by = models.CharField(max_length=60)
    checked_by = models.CharField(max_length=60, blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    word_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="word_of"
    )
    sheet_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="sheet_of"
    )
    filed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="filed_of"
    )

    class Meta:
        constraints = [one_open("paper", "paper")]


class PaperDraft(WorkingPaper, Scoped):
    """The words an office writes beside the units' words, until the paper is frozen."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="draft")
    paragraphs = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)


class NumberTaken(Fact, Scoped):
    """A number of a series in a year, given once."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="numbers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "series", "year", "number"], name="number_taken_once"
            )
        ]


class Difference(Fact, Scoped):
    """A figure that a filed-back copy gives differently from the snapshot."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="differences")
    figure = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=300)
    ours = models.CharField(max_length=120)
    theirs = models.CharField(max_length=120)
