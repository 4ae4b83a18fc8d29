"""Bulletins (通报): a turn of a city's periodical, what it says of each zone, what zones say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import Paper, PaperState

SUBJECT = "bulletin"


class Bulletin(Identity, Scoped):
    """One turn of the periodical that the pack's `rule` lays down: once for a city and period."""

    rule = models.CharField(max_length=60)
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "rule", "period"], name="bulletin_once")
        ]


class BulletinState(State):
    """Where a bulletin is. `run` numbers its compositions; `position` is what the last one read.

    Zones may contest until `contest_until`. That it was issued is no state here: its paper says so.
    """

    identity_field = "bulletin"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10)
    due_on = models.DateField(null=True)
    run = models.PositiveSmallIntegerField(default=0)
    position = models.BigIntegerField(null=True)
    composed_at = models.DateTimeField(null=True)
    contest_until = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)

    class Meta:
        constraints = [one_open("bulletin", "bulletin")]


class BulletinLine(Fact, Scoped):
    """What one composition says of the zone in `unit`; see `rules.bulletins` for its shape.

    `final` is one that went into a paper: all zones see it once that paper is signed, and before
    that nobody but its own zone does.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="lines")
    run = models.PositiveSmallIntegerField()
    final = models.BooleanField(default=False)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "run", "unit"], name="bulletin_line_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A zone's own lines, and all final ones of what has been issued."""
        issued = PaperState.objects.open().filter(stage__in=ISSUED).values("paper")
        papers = Paper.objects.filter(kind=PaperKind.BULLETIN, key__in=issued)
        about = papers.annotate(of=Substr("about", len(SUBJECT) + 2)).values("of")
        return Q(unit__in=units) | Q(final=True, bulletin__in=about)


class BulletinComment(State, Scoped):
    """What the zone in `unit` wants to have said beside its figures."""

    identity_field = "bulletin"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="comments")
    words = models.TextField()

    class Meta:
        constraints = [one_open("bulletincomment", "bulletin", "unit")]

    @property
    def identity_key(self) -> str:
        """The bulletin and the zone: what an act that ends this row seals."""
        return f"{self.bulletin_id}/{self.unit}"


class BulletinReceipt(Fact, Scoped):
    """The zone in `unit` signed for an issued bulletin."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "unit"], name="bulletin_receipt_once")
        ]


class Contest(Identity, Scoped):
    """The zone in `unit` contests an input of what a bulletin says of it."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="contests")
    subject = models.CharField(max_length=100, help_text="the input: code and period, or a part")
    label = models.CharField(max_length=200)
    shown = models.CharField(max_length=60, blank=True, help_text="as the preview showed it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "unit", "subject"], name="contest_once")
        ]


class ContestState(State):
    """Where a contest stands, what the zone says is right, and what the office answered."""

    identity_field = "contest"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=12)
    claimed = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("contest", "contest")]
