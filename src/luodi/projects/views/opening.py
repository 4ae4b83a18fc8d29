"""What the pages of one project have in common: finding it, doing something, warnings looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luodi.common.refusals import Mendable, NotFound
from luodi.documents.views import uploads

from .. import queries


def head_of(request: HttpRequest, key: str) -> queries.ProjectHead:
    """The project of an address, or `NotFound`."""
    head = queries.project_head(key, request.viewer, request.moment)
    if head is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return head


def token_of(sentences: Iterable[str]) -> str:
    """What stands for a set of warnings, so that new ones are shown again."""
    text = "\n".join(sorted(sentences))
    return hashlib.sha256(text.encode()).hexdigest()[:32] if text else ""


def carried_out(
    act: Callable[..., Any],
    said: dict[str, Any],
    request: HttpRequest,
    key: str,
    shown_again: Callable[[Mendable], HttpResponse],
    done: tuple[str, str],
) -> HttpResponse:
    """Do something about a project with what a form said; what is refused shows the form again.

    `done` is what is said afterwards, and the name of the page gone to.
    """
    try:
        if "evidence" in said:
            said["evidence"] = uploads(said["evidence"])
        act(project=key, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return shown_again(refusal)
    messages.success(request, done[0])
    return redirect(done[1], key=key)
