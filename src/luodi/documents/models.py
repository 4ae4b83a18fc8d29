"""Stored files: content-addressed, never overwritten."""

from django.db import models

from luodi.audit.models import Fact, Identity, Scoped

from .choices import Access


class StoredFile(Identity, Scoped):
    """A file somebody handed in. Its bytes lie under their SHA-256 in the data folder."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.INTERNAL)


class Attachment(Fact, Scoped):
    """A file stands beside a subject, as evidence or as its paper."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    subject = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=40, default="evidence")
