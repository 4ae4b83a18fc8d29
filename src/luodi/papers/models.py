"""Snapshots, papers drawn from them, their numbers, and what a filed copy says differently."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open
from luodi.documents.models import StoredFile

from .choices import DELIVERED, ISSUED, PaperKind, PaperStage


class Snapshot(Identity, Scoped):
    """A frozen composition: `content` holds blocks of text, tables and figures with sources.

    See `papers.rules.snapshot` for the shape. Page, Word and Excel of a paper all come from here.
    """

    digest = models.CharField(max_length=64)
    position = models.BigIntegerField(help_text="the act up to which the record was read")
    content = models.JSONField()


class Paper(Identity, Scoped):
    """A progress report or notice; `about` is the subject it was composed for."""

    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    period = models.CharField(max_length=10, blank=True)
    series = models.CharField(max_length=60, help_text="numbers are counted within it")
    addressee = models.CharField(max_length=40, blank=True, help_text="the one unit it goes to")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "kind", "about"],
                condition=~Q(about="") & ~Q(kind=PaperKind.CORRECTION_NOTE),
                name="paper_once_about",
            )
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A draft is its office's; once signed the paper is the whole city's, or its addressee's
        where it goes to one unit, or its readers' where it goes to several; a letter's once it is
        delivered."""
        issued = PaperState.objects.open().filter(stage__in=ISSUED).values("paper")
        several = PaperReader.objects.open()
        everybody = Q(addressee="") & ~Q(key__in=several.values("paper"))
        mine = Q(key__in=several.filter(unit__in=units).values("paper"))
        read = everybody | mine | Q(addressee__in=units)
        sent = ~Q(kind__in=DELIVERED) | Q(key__in=Delivery.objects.values("paper"))
        return Q(unit__in=units) | Q(read, sent, key__in=issued)


class PaperState(State):
    """Where a paper is: drafted, checked, signed and numbered, filed back."""

    identity_field = "paper"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=PaperStage.choices)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True)
    drafted_by = models.CharField(max_length=60)
    checked_by = models.CharField(max_length=60, blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    sent_back_because = models.TextField(blank=True)
    word_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="word_of"
    )
    sheet_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="sheet_of"
    )
    filed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="filed_of"
    )
    differing_lines = models.PositiveIntegerField(null=True, help_text="of the filed copy's text")

    class Meta:
        constraints = [one_open("paper", "paper")]


class PaperReader(State):
    """A unit that a paper goes to, where it goes to several: nobody else's reads it."""

    identity_field = "paper"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="readers")
    unit = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [one_open("paper_reader", "paper", "unit")]


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
            ),
            models.UniqueConstraint(fields=["paper"], name="number_taken_for_one_paper"),
        ]


class Delivery(Fact, Scoped):
    """A signed letter was issued to its addressee (印发)."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="delivery")


class Difference(Fact, Scoped):
    """A figure that a filed-back copy gives differently from the snapshot.

    `ours` is empty for a number that was added, `theirs` for one that is gone. `figure` and
    `source` are empty for a number that stood in somebody's words.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="differences")
    figure = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300)
    ours = models.CharField(max_length=120, blank=True)
    theirs = models.CharField(max_length=120, blank=True)
