"""Papers with their files: opened by whoever may see the claim, put with an application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable
from luodi.common.views import download
from luodi.documents.queries import content_of
from luodi.documents.views import uploads
from luodi.orgs.rules import BUSINESS, ENTERPRISES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import KEEPERS
from .claims import show


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """A file of a paper, to save."""
    file = queries.paper_file(key, request.viewer, request.moment)
    return download(content_of(file), file.name, file.media_type)


@admit(*KEEPERS, *ENTERPRISES)
@require_POST
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Put more files with an application."""
    page = queries.claim_page(key, request.viewer, request.moment)
    form = forms.papers_of_claim(page, request.viewer, request.moment, request.POST, request.FILES)
    seen = forms.SeenForm(request.POST)
    if not form.is_valid() or not seen.is_valid():
        return show(request, key, papers=form)
    try:
        actions.add_claim_papers(
            claim=key,
            papers=given(form),
            held=form.held,
            seen=seen.cleaned_data["seen"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return show(request, key, refusal, papers=form)
    messages.success(request, _("材料已登记。"))
    return redirect("policy_claim", key=key)


def given(form: Any) -> dict[str, actions.Given]:
    """What was uploaded, by paper; one too big is refused before it is read."""
    said = {one.paper: one.cleaned_data for one in form.forms}
    return {
        paper: actions.Given(uploads(data["files"]), data["until"])
        for paper, data in said.items()
        if data["files"]
    }
