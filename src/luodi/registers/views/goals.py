"""Goals of a register: entered, corrected, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.languages import titled
from luodi.common.refusals import Mendable, NotAllowed
from luodi.orgs.views import admit

from .. import actions, forms, queries
from .entries import KEEPERS

DETAILS = ("base_year", "base", "target", "source")


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, register: str) -> HttpResponse:
    """Enter a goal for a year."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    places = queries.places_of_goals(rule, request.viewer, request.moment)
    if not places:
        raise NotAllowed(_("全市目标由专班办公室登记，各开发区、县区登记自己的。"))
    form = forms.GoalForm(request.POST if request.method == "POST" else None, places=places)
    error = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_goal(
                city=request.viewer.city, register=register, unit=said["unit"], year=said["year"],
                details={name: said[name] for name in DETAILS}, by=request.viewer.person,
                at=request.at,
            )  # fmt: skip
        except Mendable as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("目标已登记。"))
            return redirect("register", register=register)
    context = {"form": form, "rule": rule, "title": titled(rule), "state": None, "error": error}
    return render(request, "registers/goal.html", context, status=422 if form.is_bound else 200)


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """Correct or withdraw a goal."""
    state = queries.goal_for(key, request.viewer, request.moment)
    rule = queries.rule_named(request.viewer, state.goal.register, request.moment)
    queries.check_place(rule, request.viewer, state.goal.unit, request.moment)
    known = {name: getattr(state, name) for name in DETAILS} | {"seen": state.since_id}
    posted = request.POST if request.method == "POST" else None
    form = forms.GoalForm(posted, places=[], known=True, initial=known)
    error = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        given = {"goal": key, "why": said["why"], "seen": said["seen"]}
        given |= {"by": request.viewer.person, "at": request.at}
        try:
            if "withdraw" in request.POST:
                actions.withdraw_goal(**given)
            else:
                actions.revise_goal(details={name: said[name] for name in DETAILS}, **given)
        except Mendable as refusal:
            error = refusal.sentence
        else:
            done = _("目标已撤销。") if "withdraw" in request.POST else _("目标已更正。")
            messages.success(request, done)
            return redirect("register", register=rule.key)
    context = {"form": form, "rule": rule, "title": titled(rule), "state": state, "error": error}
    return render(request, "registers/goal.html", context, status=422 if form.is_bound else 200)
