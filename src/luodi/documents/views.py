"""Handing out stored files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.views import download
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from . import queries


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
