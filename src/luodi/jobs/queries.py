"""A person's jobs and inbox."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import InboxMessage, Job


def job_of(person: str, key: str) -> Job | None:
    """One of a person's own jobs."""
    return Job.objects.filter(by=person, key=key).first()


def inbox_of(person: str) -> QuerySet[InboxMessage]:
    """A person's messages, newest first."""
    return InboxMessage.objects.filter(person=person).order_by("-at", "-pk")


def unread_count(person: str) -> int:
    """How many messages a person hasn't read."""
    return InboxMessage.objects.filter(person=person, read_at=None).count()
