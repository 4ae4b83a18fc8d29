"""Long work as rows of ours, and the inbox. All of it working paper."""

from typing import ClassVar

from django.db import models

from luodi.audit.models import Scoped, WorkingPaper
from luodi.common.keys import new_key
from luodi.common.languages import language

from .choices import JobState


class Job(WorkingPaper, Scoped):
    """Work too long for a page: its progress, whether it shall stop, and what came out."""

    key = models.CharField(max_length=40, unique=True, default=new_key)
    kind = models.CharField(max_length=60)
    by = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, help_text="when a worker last said it lives")
    ended_at = models.DateTimeField(null=True)

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class InboxMessage(WorkingPaper):
    """A sentence for one person about one subject."""

    person = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=400)
    sentence_en = models.CharField(max_length=400, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    once = models.CharField(  # noqa: DJ001 - null, so that many may be unset
        max_length=120, unique=True, null=True, help_text="sent once per value"
    )
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="inbox_unread")
        ]

    LANGUAGES: ClassVar = {"sentence": "zh-hans", "sentence_en": "en"}
    """The columns of the sentence, and the language of each."""

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return (language() == "en" and self.sentence_en) or self.sentence
