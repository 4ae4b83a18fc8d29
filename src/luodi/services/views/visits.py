"""Visits: the list, a new one (planned or made, on a phone as well), one visit with its finds."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.doors import find_subject
from luodi.common.refusals import Incomplete, Mendable, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprise_named
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import LogForm, ProblemForm, VisitForm, WhyForm
from ..tables import visits_table
from .desk import units_for

PLANNED = ("firm", "kind", "purpose", "on", "led_by", "wish")
VISITORS = (Role.OFFICE, *UNIT_ROLES)
Bound = tuple[str, django_forms.Form]


@admit(*BUSINESS)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """The visits in the viewer's scope, the newest first."""
    rows = queries.visits(request.viewer, request.moment)
    empty = _("还没有走访。去之前登记计划，去过之后登记情况。")
    table = visits_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("走访"))
    may_add = request.viewer.has(*VISITORS) and not request.moment.is_past
    return render(request, "services/visits.html", {"table": table, "may_add": may_add})


@admit(*VISITORS)
@require_http_methods(["GET", "POST"])
def new_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit, or log one that was made."""
    viewer, moment = request.viewer, request.moment
    firms = queries.firms_to_choose(viewer, moment)
    initial = {"firm": dict(firms).get(request.GET.get("firm", ""), ""), "on": moment.today}
    leaders = queries.sponsors_to_choose(viewer, moment)
    posted = request.POST if request.method == "POST" else None
    form = VisitForm(posted, request.FILES or None, initial=initial, leaders=leaders)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            visit = _enter(request, dict(form.cleaned_data))
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已登记。"))
            return redirect("visit", visit.key)
    context = {"form": form, "firms": firms, "error": error}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/new_visit.html", context, status=status)


def _enter(request: HttpRequest, said: dict[str, Any]) -> Any:
    """A visit with words on what was seen is made; without, planned."""
    who = {"by": request.viewer.person, "at": request.at}
    said["firm"] = enterprise_named(request.viewer, said["firm"], request.moment)
    said["evidence"] = uploads([*said.pop("photos"), *said["evidence"]])
    if said["summary"].strip():
        return actions.log_new_visit(**said, **who)
    if said["evidence"]:
        raise Incomplete(_("带了照片或附件，请同时写明走访情况；只是计划的，去过以后再带。"))
    plan = {name: said[name] for name in PLANNED}
    return actions.plan_visit(**plan, **who)


@admit(*BUSINESS)
@require_GET
def visit(request: HttpRequest, key: str) -> HttpResponse:
    """One visit: what for, what came of it, what was found."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, bound: Bound | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    page = queries.visit_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这次走访，或者它不在您的范围内。"))
    found = {
        name: bound[1] if bound and bound[0] == name else make()
        for name, make in _forms(request, page).items()
    }
    context = {
        "page": page,
        "row": page.row,
        "quiet": [queries.quiet_row(quiet) for quiet in page.quiet],
        "forms": found,
        "sent": bound[0] if bound else "",
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if bound else 200
    return render(request, "services/visit.html", context, status=status)


def _forms(request: HttpRequest, page: queries.VisitPage) -> dict[str, Any]:
    """The forms a page of a visit offers, by name."""
    seen = {"seen": page.seen, "on": request.moment.today}
    if not page.may_act or page.row.stage == "cancelled":
        return {}
    made: dict[str, Any] = {"problem": lambda: _problem_form(request, None)}
    if page.row.stage == "planned":
        made["log"] = lambda: LogForm(initial=seen, auto_id="log_%s")
        made["cancel"] = lambda: WhyForm(initial=seen, auto_id="cancel_%s")
    return made


def _problem_form(request: HttpRequest, posted: Any) -> ProblemForm:
    return ProblemForm(
        posted,
        auto_id="problem_%s",
        categories=queries.categories_in_sight(request.viewer, request.moment),
        units=units_for(request),
    )


@admit(*VISITORS)
@require_POST
def log_visit(request: HttpRequest, key: str) -> HttpResponse:
    """Log what came of a planned visit."""
    form = LogForm(request.POST, request.FILES, auto_id="log_%s")
    return _do(request, key, "log", form, _log, _("走访情况已登记。"))


def _log(photos: Any, evidence: Any, **said: Any) -> None:
    actions.log_visit(evidence=uploads([*photos, *evidence]), **said)


@admit(*VISITORS)
@require_POST
def cancel_visit(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel a planned visit."""
    form = WhyForm(request.POST, auto_id="cancel_%s")
    return _do(request, key, "cancel", form, actions.cancel_visit, _("已取消。"))


@admit(*VISITORS)
@require_POST
def note_problem(request: HttpRequest, key: str) -> HttpResponse:
    """Take down a problem on the spot."""
    form = _problem_form(request, request.POST)
    if not form.is_valid():
        return _show(request, key, ("problem", form))
    try:
        subject = actions.note_problem(
            visit=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _show(request, key, ("problem", form), refusal)
    found = find_subject(subject)
    messages.success(request, _("已记下：%s") % (found.title if found else subject))
    return redirect("visit", key)


def _do(
    request: HttpRequest, key: str, name: str, form: django_forms.Form, action: Any, done: str
) -> HttpResponse:
    if not form.is_valid():
        return _show(request, key, (name, form))
    try:
        action(visit=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return _show(request, key, (name, form), refusal)
    messages.success(request, done)
    return redirect("visit", key)
