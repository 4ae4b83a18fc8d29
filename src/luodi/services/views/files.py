"""The files of requests and visits, each handed out by the page it belongs to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from luodi.common.views import download
from luodi.documents.models import StoredFile
from luodi.documents.queries import content_of
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries


@admit(*BUSINESS)
@require_GET
def request_file(request: HttpRequest, key: str, file: str, name: str) -> HttpResponse:
    """A file of a request, for the offices."""
    return handed(queries.request_file(key, file, request.viewer, request.moment))


@admit(Role.ENTERPRISE)
@require_GET
def my_request_file(request: HttpRequest, key: str, file: str, name: str) -> HttpResponse:
    """A file of one's own firm's request; never one of an internal note."""
    return handed(queries.request_file(key, file, request.viewer, request.moment))


@admit(*BUSINESS)
@require_GET
def visit_file(request: HttpRequest, key: str, file: str, name: str) -> HttpResponse:
    """A file of a visit."""
    return handed(queries.visit_file(key, file, request.viewer, request.moment))


def handed(found: StoredFile) -> HttpResponse:
    """A stored file to save, under its own name whatever the address says."""
    return download(content_of(found), found.name, found.media_type)
