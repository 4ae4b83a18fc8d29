"""Terms of leadership teams: entered, corrected, and looked at over their years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import Mendable
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms.procedures import TermChangeForm, TermForm
from ..rules import schemes_in
from ..tables import terms_table


@admit(*BUSINESS)
@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """The terms in the viewer's scope."""
    pages = queries.term_pages(request.viewer, request.moment)
    table = terms_table(pages, request.GET.dict(), _("还没有登记班子任期。"))
    if table.wants_sheet:
        return sheet_response(table, _("班子任期考核"))
    may = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    return render(request, "assessment/terms.html", {"table": table, "may": may})


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_term(request: HttpRequest) -> HttpResponse:
    """Enter a term."""
    form, error, status = _form(request), "", 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            term = actions.open_term(
                viewer=request.viewer, by=request.viewer.person, at=request.at, **form.cleaned_data
            )
            messages.success(request, _("任期已登记。"))
            return redirect("appraisal_term", key=term.key)
        except Mendable as refusal:
            error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error}
    return render(request, "assessment/term_new.html", context, status=status)


def _form(request: HttpRequest) -> TermForm:
    viewer, moment = request.viewer, request.moment
    zones = [
        (row.of_id, row.short_name or row.name)
        for row in queries.assessable(viewer.city, "zone", moment)
    ]
    schemes = [
        (rule.key, titled(rule))
        for rule in schemes_in(pack_of(viewer.city, moment), moment.today)
        if rule.about == "zone"
    ]
    return TermForm(request.POST or None, zones=zones, schemes=schemes)


@admit(*BUSINESS)
@require_GET
def term(request: HttpRequest, key: str) -> HttpResponse:
    """One term over its years."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, refusal: Mendable | None = None, given: Any = None
) -> HttpResponse:
    page = queries.term_page(key, request.viewer, request.moment)
    state = page.state
    first = {
        "seen": state.since_id,
        "title": state.title,
        "term_from": state.term_from,
        "term_to": state.term_to,
    }
    context = {
        "page": page,
        "form": TermChangeForm(given, initial=first),
        "may": request.viewer.has(Role.OFFICE) and not request.moment.is_past,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/term.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def change_term(request: HttpRequest, key: str) -> HttpResponse:
    """Correct a term."""
    queries.term_page(key, request.viewer, request.moment)
    form = TermChangeForm(request.POST)
    if not form.is_valid():
        return _show(request, key, None, request.POST)
    try:
        actions.change_term(
            term=key, viewer=request.viewer, by=request.viewer.person, at=request.at,
            **form.cleaned_data,
        )  # fmt: skip
    except Mendable as refusal:
        return _show(request, key, refusal, request.POST)
    messages.success(request, _("任期已更改，原来的仍可按日期查看。"))
    return redirect("appraisal_term", key=key)
