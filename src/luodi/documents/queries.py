"""Finding stored files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from .choices import Access
from .models import Attachment, StoredFile
from .rules import path_of


def file_for(viewer: Viewer, key: str) -> StoredFile | None:
    """A file within the viewer's scope, or set beside something for the viewer's unit; or None.

    The scope columns decide, of the file itself or of one of its attachments. A restricted file
    is never among them: the module whose matter it is asks its own question first.
    """
    shared = visible(Attachment.objects.filter(file=key), viewer).values("file")
    own = visible(StoredFile.objects.filter(key=key), viewer).values("key")
    files = StoredFile.objects.exclude(access=Access.RESTRICTED)
    return files.filter(Q(key__in=own) | Q(key__in=shared)).first()


def content_of(file: StoredFile) -> bytes:
    """The bytes of a stored file; `NotFound` where they are gone from the data folder."""
    path = path_of(file.sha256)
    if not path.is_file():
        raise NotFound(_("原件在存储中找不到了，请联系系统管理员核查备份。"))
    return path.read_bytes()


@dataclass(frozen=True)
class Damage:
    """A stored file whose bytes aren't what was handed in, and the act that stored it."""

    position: int
    reason: str


def damaged_files(*, thorough: bool = True) -> list[Damage]:
    """The stored files whose bytes are missing or changed, in the order they were stored.

    `thorough` reads every file and compares its SHA-256; otherwise only its size is looked at.
    """
    rows = StoredFile.objects.order_by("act").values_list("act", "key", "sha256", "size")
    said: dict[str, str] = {}
    found = []
    for position, key, digest, size in rows.iterator():
        if digest not in said:
            said[digest] = _damage(digest, size, thorough)
        if said[digest]:
            found.append(Damage(position, f"the bytes of file {key} are {said[digest]}"))
    return found


def _damage(digest: str, size: int, thorough: bool) -> str:
    path = path_of(digest)
    if not path.is_file():
        return "missing"
    if path.stat().st_size != size:
        return "changed"
    if not thorough:
        return ""
    with path.open("rb") as data:
        return "" if hashlib.file_digest(data, "sha256").hexdigest() == digest else "changed"


def attachments_of(subject: str, viewer: Viewer, moment: Moment) -> QuerySet[Attachment]:
    """The files beside a subject that the viewer may see, oldest first."""
    rows = Attachment.objects.at(moment).filter(subject=subject).select_related("file")
    return visible(rows, viewer).order_by("act")
