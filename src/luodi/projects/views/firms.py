"""The firm that carries a project: its page, and recording it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.documents.views import uploads
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from .pipeline import WRITERS


def _page(request: HttpRequest, key: str) -> queries.FirmPage:
    page = queries.firm_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return page


@admit(*BUSINESS)
@require_GET
def firm(request: HttpRequest, key: str) -> HttpResponse:
    """The firm of a project and the days of its growth."""
    page = _page(request, key)
    return _show(request, page, forms.FirmForm(initial=page.initial))


def _show(
    request: HttpRequest,
    page: queries.FirmPage,
    form: forms.FirmForm,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "row": page.row,
        "may_revise": page.project.may_revise,
        "form": form,
        "error": error,
    }
    return render(request, "projects/firm.html", context, status=status)


@admit(*WRITERS)
@require_POST
def record_firm(request: HttpRequest, key: str) -> HttpResponse:
    """Record the firm; what is refused comes back with what was written."""
    page = _page(request, key)
    form = forms.FirmForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        days = form.days
        given = dict(form.cleaned_data)
        given["evidence"] = uploads(given["evidence"])
        actions.record_firm(
            project=key, days=days, by=request.viewer.person, at=request.at, **given
        )
    except Mendable as refusal:
        return _show(request, page, form, refusal.sentence, refusal.status)
    messages.success(request, _("承担企业已登记。"))
    return redirect("project_firm", key=key)
