"""The units of the city and the seats of its organs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.views import sheet_response

from .. import actions, queries
from ..choices import Role, UnitKind
from ..rules import EVERYONE
from ..tables import units_table
from .doors import admit


@admit(*EVERYONE)
@require_http_methods(["GET"])
def units(request: HttpRequest) -> HttpResponse:
    """The units of the city, with their other names and members."""
    table = units_table(queries.unit_rows(request.viewer, request.moment), request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("单位"))
    return render(request, "orgs/units.html", {"table": table})


@admit(*EVERYONE)
@require_http_methods(["GET"])
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: its names, where it belongs, and the seats of a task force."""
    viewer, moment = request.viewer, request.moment
    state = queries.unit_for(viewer, key, moment)
    related = {state.parent_id, *state.members} - {None}
    names = queries.unit_names(related, moment)
    parts = state.sentence.split(":")
    context = {
        "unit": state,
        "parent": names.get(state.parent_id or "", ""),
        "parts": [names.get(member, "") for member in state.members],
        "seats": queries.members_of(key, moment),
        "rules": queries.rules_shown(state.of.city, key, moment),
        "is_organ": state.kind in {UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP},
        "may_change": viewer.has(Role.OFFICE) and not moment.is_past,
        "sentence": parts if len(parts) == 3 else None,
    }
    return render(request, "orgs/unit.html", context)


@admit(Role.OFFICE)
@require_POST
def change_seats(request: HttpRequest, key: str) -> HttpResponse:
    """Add a member to a task force, or end a membership."""
    queries.unit_for(request.viewer, key, request.moment)
    who = {"organ": key, "by": request.viewer.person, "at": request.at}
    why = request.POST.get("why", "")
    if person := request.POST.get("leaves", ""):
        actions.leave_seat(person=person, why=why, **who)
        messages.success(request, _("已办理退出，历史仍可查。"))
    else:
        given = {name: request.POST.get(name, "") for name in ("name", "post", "role")}
        actions.take_seat(**given, why=why, **who)
        messages.success(request, _("已加入 %s。") % given["name"])
    return redirect("unit", key)
