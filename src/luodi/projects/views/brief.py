"""The one-page brief of a project as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.views import PDF, WORD, download
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.papers.exports import write_pdf, write_word

from .. import queries

WRITERS = {"docx": (write_word, WORD), "pdf": (write_pdf, PDF)}


@admit(*BUSINESS)
@require_GET
def brief(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The brief as a Word file or a PDF, of the record as it stands at the moment."""
    content = queries.project_brief(key, request.viewer, request.moment)
    if content is None or form not in WRITERS:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    write, kind = WRITERS[form]
    return download(write(content, None), f"{content.head.title}.{form}", kind)
