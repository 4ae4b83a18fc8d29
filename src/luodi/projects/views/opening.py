"""What the pages of one project have in common: finding it, files sent, warnings looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from luodi.common.refusals import NotFound
from luodi.documents.rules import check_size

from .. import queries


def head_of(request: HttpRequest, key: str) -> queries.ProjectHead:
    """The project of an address, or `NotFound`."""
    head = queries.project_head(key, request.viewer, request.moment)
    if head is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return head


def uploads(files: Iterable[UploadedFile]) -> list[tuple[str, bytes]]:
    """Names and bytes; one too big is refused before it is read."""
    found = []
    for file in files:
        check_size(file.size or 0)
        found.append((file.name or "", file.read()))
    return found


def token_of(sentences: Iterable[str]) -> str:
    """What stands for a set of warnings, so that new ones are shown again."""
    text = "\n".join(sorted(sentences))
    return hashlib.sha256(text.encode()).hexdigest()[:32] if text else ""
