"""Complaints: the firm's own pages, and the office's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import Mendable, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import ComplaintForm, LookForm, SettleForm
from ..tables import complaints_table, own_complaints_table, units_table

STEPS = {
    "look_into": (LookForm, actions.look_into),
    "settle": (SettleForm, actions.settle_complaint),
}


@admit(Role.ENTERPRISE)
@require_GET
def my_complaints(request: HttpRequest) -> HttpResponse:
    """The complaints of one's own firm."""
    rows = queries.my_complaints(request.viewer, request.moment)
    empty = _("没有投诉过。遇到清单里不该有的事，点“投诉”，只有专班办公室和领导小组看得到。")
    table = own_complaints_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("我的投诉"))
    return render(request, "services/my_complaints.html", {"table": table})


@admit(Role.ENTERPRISE)
@require_http_methods(["GET", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Complain."""
    city, moment = request.viewer.city, request.moment
    items = [(one.key, titled(one)) for one in queries.citable(request.viewer, moment)]
    form = ComplaintForm(
        request.POST or None,
        items=items,
        units=queries.complained_units(city, moment),
        initial={"item": request.GET.get("item", "")},
    )
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.complain(by=request.viewer.person, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已收到。核查后会答复您，被投诉的单位看不到。"))
            return redirect("my_complaint", row.key)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "error": error}
    return render(request, "services/new_complaint.html", context, status=status)


@admit(Role.ENTERPRISE)
@require_GET
def my_complaint(request: HttpRequest, key: str) -> HttpResponse:
    """One complaint of one's own firm."""
    rows = queries.my_complaints(request.viewer, request.moment, key)
    if not rows:
        raise NotFound(_("没有这件投诉，或者它不在您的范围内。"))
    return render(request, "services/complaint.html", {"row": rows[0], "own": True})


@admit(Role.OFFICE, Role.LEADING_GROUP)
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints, and each unit's beside its visits beyond the number."""
    params, viewer, moment = request.GET.dict(), request.viewer, request.moment
    table = complaints_table(queries.complaint_rows(viewer, moment), params, _("没有企业投诉。"))
    units = units_table(
        queries.conduct_of_units(viewer, moment), params, _("没有投诉，也没有超次走访。")
    )
    for one, name in ((table, _("企业投诉")), (units, _("投诉和无事不扰"))):
        if one.wants_sheet:
            return sheet_response(one, name)
    return render(request, "services/complaints.html", {"table": table, "units": units})


@admit(Role.OFFICE, Role.LEADING_GROUP)
@require_GET
def complaint(request: HttpRequest, key: str) -> HttpResponse:
    """One complaint: what is said, what was looked into, the answer."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, bound: tuple[str, Any] | None = None, error: str = ""
) -> HttpResponse:
    rows = queries.complaint_rows(request.viewer, request.moment, key)
    if not rows:
        raise NotFound(_("没有这件投诉，或者它不在您的范围内。"))
    row = rows[0]
    open_to = {"complained": ["look_into"], "looked_into": ["settle", "look_into"]}
    may_act = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    titles = {"look_into": _("记下核查情况"), "settle": _("答复企业")}
    steps = [
        (name, titles[name], bound[1] if bound and bound[0] == name else _form(name, row.seen))
        for name in (open_to.get(row.stage, []) if may_act else [])
    ]
    context = {"row": row, "steps": steps, "error": error}
    status = 422 if bound else 200
    return render(request, "services/complaint.html", context, status=status)


def _form(name: str, seen: int) -> Any:
    return STEPS[name][0](auto_id=f"{name}_%s", initial={"seen": seen})


@admit(Role.OFFICE)
@require_POST
def move_complaint(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Look into a complaint, or answer it."""
    if move not in STEPS:
        raise NotFound(_("没有这一步。"))
    kind, action = STEPS[move]
    form = kind(request.POST, auto_id=f"{move}_%s")
    if not form.is_valid():
        return _show(request, key, (move, form))
    try:
        action(complaint=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, (move, form), refusal.sentence)
    messages.success(request, _("已记下。"))
    return redirect("complaint", key)
