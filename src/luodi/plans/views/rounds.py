"""A month as the office sees it: who is in, who is late, review, reminders, calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.keys import subject_key
from luodi.common.languages import listed
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit, safe_next

from .. import actions, queries
from ..models import Report
from ..queries.overviews import waiting_at_office
from ..queries.reports import report_rows
from ..queries.timeline import timeline
from ..tables import report_table, round_table


@admit(*BUSINESS)
@require_GET
def round_page(request: HttpRequest, key: str) -> HttpResponse:
    """Units by measures with the state of each report."""
    viewer, moment = request.viewer, request.moment
    found = queries.round_for(viewer, key, moment)
    overview = queries.round_overview(found, viewer, moment)
    table = round_table(overview, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, f"{found.plan_title[:20]} {found.period}")
    context = {
        "round": found,
        "overview": overview,
        "is_office": viewer.has(Role.OFFICE) and not moment.is_past,
        "is_due": moment.at > found.due_at,
        "entries": timeline(subject_key("round", key), viewer, moment),
    }
    return render(request, "plans/round.html", context)


@admit(Role.OFFICE)
@require_POST
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """Remind the units that are ticked."""
    queries.round_for(request.viewer, key, request.moment)
    done = actions.remind_units(
        round=key,
        units=request.POST.getlist("selected"),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    names = unit_names([*done.units, *done.already, *done.nobody], request.moment)
    said = [
        (messages.success, _("已催报：%(units)s。"), done.units),
        (messages.info, _("今天已经催过，不再重复：%(units)s。"), done.already),
        (messages.warning, _("没有登记经办人，请电话联系：%(units)s。"), done.nobody),
    ]
    for tell, sentence, units in said:
        if units:
            tell(request, sentence % {"units": listed(names.get(u, "—") for u in units)})
    return redirect("round", key)


@admit(Role.OFFICE)
@require_POST
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Note a call."""
    queries.round_for(request.viewer, key, request.moment)
    actions.note_call(
        round=key,
        unit=request.POST.get("unit", ""),
        text=request.POST.get("text", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("通话情况已记下。"))
    return redirect("round", key)


@admit(Role.OFFICE)
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close the month."""
    queries.round_for(request.viewer, key, request.moment)
    actions.close_round(
        round=key,
        why=request.POST.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("本月填报已截止。"))
    return redirect("round", key)


@admit(Role.OFFICE)
@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Open a closed month again."""
    queries.round_for(request.viewer, key, request.moment)
    actions.reopen_round(
        round=key,
        why=request.POST.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("本月填报已重新开放，由办公室截止。"))
    return redirect("round", key)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Accept or return what has come in, one or many; never edit it."""
    viewer, moment = request.viewer, request.moment
    found = queries.round_for(viewer, key, moment)
    if request.method == "POST":
        _review(request)
        return redirect(safe_next(request, request.path))
    rows = report_rows(visible(Report.objects.filter(round=key), viewer), viewer, moment)
    if request.GET.get("export") == "xlsx":
        return sheet_response(report_table(rows, {}), f"{found.plan_title[:20]} {found.period}")
    waiting = waiting_at_office(rows)
    led = {row.measure for row in waiting if row.consolidates}
    context = {
        "round": found,
        "waiting": [
            (row, [part for part in waiting if part.measure == row.measure and part != row])
            for row in waiting
            if row.consolidates or row.measure not in led
        ],
        "is_office": not moment.is_past,
    }
    return render(request, "plans/review.html", context)


def _review(request: HttpRequest) -> None:
    only = request.POST.get("only", "")
    chosen = [only] if only else request.POST.getlist("selected")
    who = {"viewer": request.viewer, "by": request.viewer.person, "at": request.at}
    if request.POST.get("do") == "return":
        why = request.POST.get("why", "")
        count = actions.return_reports(reports=chosen, why=why, **who)
        messages.success(request, _("已退回 %(count)d 份月报。") % {"count": count})
    else:
        count = actions.accept_reports(reports=chosen, **who)
        messages.success(request, _("已采用 %(count)d 份月报。") % {"count": count})
