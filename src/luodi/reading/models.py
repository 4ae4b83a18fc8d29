"""Imported documents, what was compiled from them, and the cards a person decides on."""

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, WorkingPaper, one_open
from luodi.documents.models import StoredFile

from .choices import CardKind, DocumentStage, FindingStage, Severity, Verdict


class Document(Identity, Scoped):
    """A plan or notice as handed in. The sentence key of a span is (sha256, start, end)."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "sha256"], name="document_bytes_once")
        ]


class DocumentState(State):
    identity_field = "document"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=10, choices=DocumentStage.choices)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    issued_on = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [one_open("document", "document")]


class Compilation(Fact):
    """The reader's text and the compiled JSON of a document, with the engine that made them.

    `pages` are the spans of the pages in the text; `notes` what the reader had to say.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="compilations")
    engine = models.CharField(max_length=40)
    text = models.TextField()
    content = models.JSONField()
    pages = models.JSONField(default=list)
    notes = models.JSONField(default=list)


class Finding(Identity, Scoped):
    """One thing the plan checker says of a document.

    `mark` is made of code, spans and params: a decision stays with it whatever a later reading
    words it like. `gist` leaves the places out: the same finding in another version of the
    document. `quotes` are the words at the `spans`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    gist = models.CharField(max_length=64, db_index=True)
    spans = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    quotes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "mark"], name="finding_mark_once")
        ]


class FindingState(State):
    """What the latest reading says of a finding, and what people made of it.

    `standing` is False once a reading no longer finds it; a decision about it stays. `correction`
    is what the source should say, `item` the supervised item it was turned into.
    """

    identity_field = "finding"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="states")
    severity = models.CharField(max_length=8, choices=Severity.choices)
    message = models.TextField()
    standing = models.BooleanField(default=True)
    stage = models.CharField(
        max_length=10, choices=FindingStage.choices, default=FindingStage.UNDECIDED
    )
    reason = models.TextField(blank=True)
    correction = models.CharField(max_length=300, blank=True)
    item = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_open("finding", "finding")]


class ReviewCard(WorkingPaper, Scoped):
    """One commitment as read, and what a person made of it.

    `data` is the commitment as it stands now, `original` as it was compiled. `doubts` are codes
    with parameters. `history` holds what each step changed, so that it can be taken back.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="cards")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=CardKind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    data = models.JSONField()
    original = models.JSONField()
    certain = models.BooleanField(default=True)
    doubts = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.UNDECIDED)
    history = models.JSONField(default=list)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start", "order"]
        indexes = [models.Index(fields=["document", "start", "order"])]
