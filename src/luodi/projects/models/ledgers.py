"""Project ledgers kept in Excel (项目台账): the file, what its words mean, that it was taken in."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped, State, one_open
from luodi.documents.models import StoredFile
from luodi.orgs.models import Unit

from .money import ExportLayout


class ProjectLedger(Identity, Scoped):
    """A sheet of a file of projects that a unit has kept until now; '' is the first with heads."""

    added = frozenset({"sheet"})

    layout = models.ForeignKey(ExportLayout, on_delete=models.PROTECT, related_name="ledgers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=60, blank=True)

    @property
    def title(self) -> str:
        """The file's name, with the sheet where one was chosen."""
        return f"{self.file.name}（{self.sheet}）" if self.sheet else self.file.name


class LedgerWord(State):
    """What a word in such files means, as a person said once; `means` is '' where it says nothing.

    `field` is a column of the ledger; `means` a key of that field: a unit, mode, stage and so on.
    """

    identity_field = "city"

    city = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    word = models.CharField(max_length=120)
    means = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [one_open("ledgerword", "city", "field", "word")]


class LedgerTaking(Fact, Scoped):
    """That a ledger was taken in, and how many of its lines came to what."""

    ledger = models.ForeignKey(ProjectLedger, on_delete=models.PROTECT, related_name="takings")
    counts = models.JSONField(default=dict)
