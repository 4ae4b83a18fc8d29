"""What is done for firms: all of them, one of them; and the visits a firm itself sees."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import SponsorForm, WhyForm
from ..tables import firms_table, requests_table, visits_table

KEEPERS = (Role.OFFICE, *UNIT_ROLES)


@admit(*BUSINESS)
@require_GET
def served(request: HttpRequest) -> HttpResponse:
    """The firms in the viewer's scope: requests, visits against the pack's number, who cares."""
    rows = queries.firms_served(request.viewer, request.moment)
    table = firms_table(rows, request.GET.dict(), _("您的范围内还没有登记企业。"))
    if table.wants_sheet:
        return sheet_response(table, _("服务企业情况"))
    return render(request, "services/firms.html", {"table": table})


@admit(*BUSINESS)
@require_GET
def served_one(request: HttpRequest, key: str) -> HttpResponse:
    """One firm: what it asked, who came, who looks after it."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, form: Any = None, refusal: Refusal | None = None
) -> HttpResponse:
    firm = queries.firm_service(request.viewer, key, request.moment)
    params = request.GET.dict()
    requests = requests_table(firm.requests, params, _("还没有提出过诉求。"), among=True)
    visits = visits_table(firm.visits, params, _("还没有走访过。"), among=True)
    for table, name in ((requests, _("企业诉求")), (visits, _("走访"))):
        if table.wants_sheet:
            return sheet_response(table, f"{firm.name} {name}")
    leaders = queries.sponsors_to_choose(request.viewer, request.moment)
    context = {
        "firm": firm,
        "requests": requests,
        "visits": visits,
        "sponsor": form if isinstance(form, SponsorForm) else SponsorForm(leaders=leaders),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if form is not None else 200
    return render(request, "services/firm.html", context, status=status)


@admit(*KEEPERS)
@require_POST
def name_sponsor(request: HttpRequest, key: str) -> HttpResponse:
    """Name a leader who looks after the firm."""
    leaders = queries.sponsors_to_choose(request.viewer, request.moment)
    form = SponsorForm(request.POST, leaders=leaders)
    return _do(request, key, form, actions.name_sponsor, _("已确定包联领导。"))


@admit(*KEEPERS)
@require_POST
def release_sponsor(request: HttpRequest, key: str, person: str) -> HttpResponse:
    """End a leader's care for the firm."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _show(request, key, form)
    try:
        actions.release_sponsor(
            firm=key, person=person, why=form.cleaned_data["why"], by=request.viewer.person,
            at=request.at,
        )  # fmt: skip
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, _("已不再包联。"))
    return redirect("firm_service", key)


def _do(request: HttpRequest, key: str, form: Any, action: Any, done: str) -> HttpResponse:
    if not form.is_valid():
        return _show(request, key, form)
    try:
        action(firm=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, done)
    return redirect("firm_service", key)


@admit(Role.ENTERPRISE)
@require_GET
def my_visits(request: HttpRequest) -> HttpResponse:
    """Who came to the viewer's own firm, and how often it may be."""
    rows, quiet = queries.own_visits(request.viewer, request.moment)
    return render(request, "services/my_visits.html", {"rows": rows, "quiet": quiet})
