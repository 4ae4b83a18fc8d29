"""The files of requests and visits: who may see the page may open them, nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import Attachment, StoredFile
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import FilePurpose
from ..models import Request, Visit

Files = tuple[tuple[str, str], ...]
"""Key and name of each file."""


def files_by_act(
    subject: str, moment: Moment, purposes: Collection[str] = FilePurpose.values
) -> dict[int, Files]:
    """The files beside a subject by the position of the act that brought them, in their order."""
    rows = Attachment.objects.at(moment).filter(subject=subject, purpose__in=purposes)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for act, key, name in rows.order_by("pk").values_list("act", "file", "file__name"):
        found[act].append((key, name))
    return {act: tuple(files) for act, files in found.items()}


def request_file(key: str, file: str, viewer: Viewer, moment: Moment) -> StoredFile:
    """A file of a request for who may see the request; a firm gets none of the internal ones."""
    asked = visible(Request.objects.at(moment).filter(key=key), viewer).exists()
    purposes = [FilePurpose.SAID] if viewer.enterprise else FilePurpose.values
    return _file(subject_key("request", key), file, purposes, moment, asked)


def visit_file(key: str, file: str, viewer: Viewer, moment: Moment) -> StoredFile:
    """A file of a visit for the offices that may see the visit."""
    rows = Visit.objects.at(moment).filter(key=key)
    seen = not viewer.enterprise and visible(rows, viewer).exists()
    return _file(subject_key("visit", key), file, FilePurpose.values, moment, seen)


def _file(
    subject: str, file: str, purposes: Collection[str], moment: Moment, may: bool
) -> StoredFile:
    rows = Attachment.objects.at(moment).filter(subject=subject, file=file, purpose__in=purposes)
    row = rows.select_related("file").first() if may else None
    if row is None:
        raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
    found: StoredFile = row.file
    return found
