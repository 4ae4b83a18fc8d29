"""Finding stored files."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from .models import Attachment, StoredFile
from .rules import path_of


def file_for(viewer: Viewer, key: str) -> StoredFile | None:
    """A file within the viewer's scope, or set beside something for the viewer's unit; or None.

    The scope columns decide, of the file itself or of one of its attachments.
    """
    shared = visible(Attachment.objects.filter(file=key), viewer).values("file")
    own = visible(StoredFile.objects.filter(key=key), viewer).values("key")
    return StoredFile.objects.filter(Q(key__in=own) | Q(key__in=shared)).first()


def content_of(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return path_of(file.sha256).read_bytes()


def attachments_of(subject: str, viewer: Viewer, moment: Moment) -> QuerySet[Attachment]:
    """The files beside a subject that the viewer may see, oldest first."""
    rows = Attachment.objects.at(moment).filter(subject=subject).select_related("file")
    return visible(rows, viewer).order_by("act")
