"""Permits: of one project, over projects, and what is due at an office."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import NotAllowed, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.queries import rules_of_unit, units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions
from ..choices import PermitStep
from ..forms.permits import ClockForm, PermitForm, TrackForm, WithdrawalForm
from ..queries.permit_lists import permits_due, permits_overview
from ..queries.permits import PermitsPage, project_permits, steps_after, types_at
from ..queries.vocabularies import NO_UNITS
from ..tables.permits import due_table, matrix_table
from .opening import carried_out
from .pipeline import WRITERS

WITHIN = 10
"""Days ahead a list of what is due looks, unless asked otherwise."""
MOST_DAYS = 366


@admit(*BUSINESS)
@require_GET
def permits(request: HttpRequest) -> HttpResponse:
    """The matrix of states over projects before their start, and the coverage rates."""
    page = permits_overview(request.viewer, request.moment)
    empty = _("还没有在办手续的项目。在项目的“手续”页选定类型后会出现在这里。")
    table = matrix_table(page.rows, page.columns, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("手续"))
    context = {
        "page": page,
        "table": table,
        "overdue": sum(row.overdue for row in page.rows),
        "late": sum((row.late or 0) > 0 for row in page.rows),
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/permits.html", context)


@admit(*BUSINESS)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What offices decide within so many days, for a campaign of deciding together."""
    days = _days(request)
    rows = permits_due(request.viewer, request.moment, days)
    empty = _("这些天里没有到期的手续，也没有可以申报的手续。")
    table = due_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("手续集中办理"))
    return render(request, "projects/permits_due.html", {"table": table, "days": days})


def _days(request: HttpRequest) -> int:
    said = request.GET.get("days", "")
    plain = said.isascii() and said.isdigit() and len(said) < 9
    return min(int(said), MOST_DAYS) if plain else WITHIN


@admit(*BUSINESS)
@require_GET
def project(request: HttpRequest, key: str) -> HttpResponse:
    """The permits of one project."""
    return _show(request, key)


def _page(request: HttpRequest, key: str) -> PermitsPage:
    page = project_permits(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return page


def _forms(request: HttpRequest, page: PermitsPage, **given: Any) -> dict[str, Any]:
    """The forms of the page; one of them bound where it came back."""
    city, track = page.head.project.city, page.track
    units = units_of(city, request.moment).exclude(kind__in=NO_UNITS)
    rules = rules_of_unit(city, page.head.state.zone, request.moment)
    choices = {
        "types": [(rule.key, titled(rule)) for rule in types_at(rules, request.moment)],
        "units": [(unit.of_id, unit.short_name or unit.name) for unit in units],
    }
    initial: dict[str, Any] = {"seen": page.seen}
    if track:
        initial |= {"type": track.type, "agent": track.agent, "combined": track.combined}
    open_ones = [(row.key, row.title) for row in page.rows if steps_after(row)]
    recorded = [(row.key, row.title) for row in page.rows if row.step]
    recorded += [(permit, title) for permit, title, _state in page.stray]
    first = {"day": request.moment.today}
    running = [
        (row.key, f"{row.title} · {row.label}")
        for row in page.rows
        if row.step == PermitStep.TAKEN_IN
    ]
    return {
        "track_form": TrackForm(given.get("track"), initial=initial, **choices),
        "permit_form": PermitForm(*given.get("permit", ()), initial=first, permits=open_ones),
        "clock_form": ClockForm(given.get("clock"), initial=first, permits=running),
        "withdrawal_form": WithdrawalForm(given.get("withdrawal"), permits=recorded),
    }


def _show(
    request: HttpRequest, key: str, refusal: Refusal | None = None, **given: Any
) -> HttpResponse:
    page = _page(request, key)
    context = {
        "page": page,
        "row": page.head.row,
        "may_revise": bool(page.head.roles),
        "error": refusal.sentence if refusal else "",
        **_forms(request, page, **given),
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "projects/project_permits.html", context, status=status)


def _written(request: HttpRequest, key: str) -> PermitsPage:
    """The page for somebody who may write to it."""
    page = _page(request, key)
    if not page.may_record:
        raise NotAllowed(_("只有牵头单位、落地区域、代办单位和专班办公室可以登记手续。"))
    return page


@admit(*WRITERS)
@require_POST
def track(request: HttpRequest, key: str) -> HttpResponse:
    """Choose type, agent and combined report."""
    given = {"track": request.POST}
    form = _forms(request, _written(request, key), **given)["track_form"]
    return _do(request, key, form, actions.track_permits, _("项目类型和办理方式已保存。"), given)


@admit(*WRITERS)
@require_POST
def record(request: HttpRequest, key: str) -> HttpResponse:
    """Record a step of a permit."""
    given = {"permit": (request.POST, request.FILES)}
    form = _forms(request, _written(request, key), **given)["permit_form"]
    return _do(request, key, form, actions.record_permit, _("手续已登记。"), given)


@admit(*WRITERS)
@require_POST
def clock(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the clock of a permit, or set it going again."""
    given = {"clock": request.POST}
    form = _forms(request, _written(request, key), **given)["clock_form"]
    return _do(request, key, form, actions.stop_or_start_clock, _("计时已更新。"), given)


@admit(*WRITERS)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a record of a permit back."""
    given = {"withdrawal": request.POST}
    form = _forms(request, _written(request, key), **given)["withdrawal_form"]
    return _do(request, key, form, actions.withdraw_permit, _("已撤回，并记入经过。"), given)


def _do(
    request: HttpRequest,
    key: str,
    form: Any,
    act: Callable[..., Any],
    done: str,
    given: dict[str, Any],
) -> HttpResponse:
    """Do it; what is refused comes back with the words the person wrote."""
    if not form.is_valid():
        return _show(request, key, **given)
    again = partial(_show, request, key, **given)
    said = dict(form.cleaned_data)
    return carried_out(act, said, request, key, again, (done, "project_permits"))
