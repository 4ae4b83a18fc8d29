"""The signed-in home: search, the as-of date, the language."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.audit.queries import verify
from luodi.common.moments import Moment, read_iso_day
from luodi.common.refusals import Incomplete
from luodi.common.views import sheet_response
from luodi.documents.queries import damaged_files
from luodi.jobs.queries import inbox_of
from luodi.ledger.queries import changed_since
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, ENTERPRISES, EVERYONE, SIGNED_IN, WHOLE_CITY
from luodi.orgs.views import admit, safe_next
from luodi.plans.queries import plans_of

from . import queries
from .tables import records_table

RECENT = 8
FIRST_YEAR = 1949
YESTERDAY = timedelta(days=1)
LANGUAGES = {code for code, _name in settings.LANGUAGES}


@admit(*SIGNED_IN)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is mine and due, what came back, what is new."""
    viewer, moment = request.viewer, request.moment
    works = bool(viewer.roles & (BUSINESS | ENTERPRISES))
    changed = changed_since(viewer, request.at - YESTERDAY) if viewer.roles & BUSINESS else []
    context = {
        "duties": queries.duties_of(viewer, moment) if works else [],
        "works": works,
        "inbox": inbox_of(viewer.person).filter(read_at=None)[:RECENT],
        "changed": changed[:RECENT],
    }
    return render(request, "console/today.html", context)


@admit(*WHOLE_CITY)
@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    """How each plan stands: by unit and by section, what is red and why."""
    plans = list(plans_of(request.viewer, request.moment))
    chosen = next((p for p in plans if p.key == request.GET.get("plan")), None)
    plan = chosen or (plans[0] if plans else None)
    context = {
        "plans": plans,
        "overview": queries.overview_of(plan, request.viewer, request.moment) if plan else None,
    }
    return render(request, "console/leader.html", context)


@admit(Role.AUDITOR)
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """The acts of the city, newest first, and whether the chain is whole."""
    rows = queries.act_rows(request.viewer, request.moment)
    table = records_table(rows, request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("行为记录"))
    checked = verify() if request.GET.get("verify") else None
    breaks = [*checked.breaks, *damaged_files(thorough=False)] if checked else []
    context = {"table": table, "checked": checked, "breaks": breaks}
    return render(request, "console/records.html", context)


@admit(*EVERYONE)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words looked for, within the viewer's scope. Always the present."""
    query = request.GET.get("q", "").strip()[:100]
    hits = queries.search(query, request.viewer)
    return render(request, "console/search.html", {"query": query, "hits": hits})


@admit(*SIGNED_IN)
@require_POST
def as_of(request: HttpRequest) -> HttpResponse:
    """Set or clear the date at which every page of record is read."""
    typed = request.POST.get("day", "").strip()
    day = read_iso_day(typed)
    if typed and (day is None or day.year < FIRST_YEAR):
        raise Incomplete(_("读不出这个日期，请写成 2026-01-31 的样子。"))
    if day and day < Moment(request.at).today:
        request.session["as_of"] = day.isoformat()
    else:
        request.session.pop("as_of", None)
    return redirect(safe_next(request))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages."""
    response = redirect(safe_next(request))
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=31536000, samesite="Lax", httponly=True
        )
    return response
