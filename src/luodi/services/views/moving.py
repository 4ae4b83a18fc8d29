"""Making a step: what is refused comes back with the words the person wrote."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions
from ..flows import DESK, FIRM
from ..forms.requests import MOST_WORDS
from .desk import show_request, units_for
from .firm import ACCOUNT, Door, show_mine
from .steps import FIRM_STEPS, OFFICE_STEPS, STEPS, bound_form


@admit(Role.OFFICE, *UNIT_ROLES)
@require_POST
def move_request(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Make one step as an office."""
    if move not in OFFICE_STEPS:
        raise NotFound(_("没有这一步。"))
    form = bound_form(request, move, units_for(request), DESK)
    if not form.is_valid():
        return show_request(request, key, (move, form))
    try:
        STEPS[move][1](form, request=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show_request(request, key, (move, form), refusal)
    messages.success(request, STEPS[move][2])
    return redirect("request", key)


@admit(Role.OFFICE, *UNIT_ROLES)
@require_POST
def erase_caller(request: HttpRequest, key: str) -> HttpResponse:
    """Erase name and telephone of who called."""
    try:
        actions.erase_caller(
            request=key, why=request.POST.get("why", "")[:MOST_WORDS], by=request.viewer.person,
            at=request.at,
        )  # fmt: skip
    except Mendable as refusal:
        return show_request(request, key, refusal=refusal)
    messages.success(request, _("已删去。"))
    return redirect("request", key)


@admit(Role.ENTERPRISE)
@require_POST
def move_mine(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Make one step as the firm that asked."""
    return step_mine(request, key, move, ACCOUNT)


def step_mine(request: HttpRequest, key: str, move: str, door: Door) -> HttpResponse:
    """A step of the firm, by either door."""
    if move not in FIRM_STEPS:
        raise NotFound(_("没有这一步。"))
    form = bound_form(request, move, [], FIRM)
    if not form.is_valid():
        return show_mine(request, key, (move, form), door=door)
    try:
        STEPS[move][1](form, request=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return show_mine(request, key, (move, form), refusal, door)
    messages.success(request, STEPS[move][2])
    return redirect(door.one, key)
