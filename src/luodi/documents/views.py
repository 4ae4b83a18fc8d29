"""Handing out stored files, and taking in uploaded ones."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.views import download
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from . import queries
from .rules import check_size


@admit(*BUSINESS)
@require_GET
def file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A stored file to save, under its own safe name whatever the address says.

    Never shown in the page: a file somebody handed in must not run as part of this site.
    """
    found = queries.file_for(request.viewer, key)
    if found is None:
        raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
    return download(queries.content_of(found), found.name, found.media_type)


def uploads(files: Iterable[UploadedFile]) -> list[tuple[str, bytes]]:
    """Names and bytes; one too big is refused before it is read."""
    found = []
    for file in files:
        check_size(file.size or 0)
        found.append((file.name or "", file.read()))
    return found
