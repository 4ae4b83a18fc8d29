"""The facts of a firm: stated by itself, verified or recorded by an office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import language
from luodi.common.refusals import Mendable, NotAllowed
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprise_for
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import KEEPERS, keeps_facts
from ..tables import renewals_table, statements_table


@admit(Role.ENTERPRISE)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What is known of one's own firm; what is missing can be stated here."""
    key = request.viewer.enterprise
    known = queries.catalogue(request.viewer.city, request.moment)
    facts = [(fact.name, fact.label(language())) for fact in known.stated]
    form = forms.FactForm(request.POST or None, facts=facts, own=True, initial=_chosen(request))
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = {"by": request.viewer.person, "at": request.at, **form.cleaned_data}
                actions.state_fact(enterprise=key, **said)
                messages.success(request, _("已提交，核实之后用于匹配。"))
                return redirect("my_policy_facts")
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    return _page(request, key, {"form": form, "error": error, "own": True}, status)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    return {"fact": request.GET.get("fact", ""), "on": request.moment.today}


def _page(request: HttpRequest, key: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    state = enterprise_for(viewer, key, moment)
    context = {
        "state": state,
        "rows": queries.fact_rows(key, state.city, moment),
        "keeper": keeps_facts(viewer, state.city, state.unit, state.zone) and not moment.is_past,
        "side": "policies",
        **more,
    }
    return render(request, "policy/facts.html", context, status=status)


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of a firm, and whence; its home records what it has seen for itself."""
    viewer = request.viewer
    state = enterprise_for(viewer, key, request.moment)
    known = queries.catalogue(state.city, request.moment)
    facts = [(fact.name, fact.label(language())) for fact in known.kept]
    form = forms.FactForm(request.POST or None, facts=facts, initial=_chosen(request))
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if not viewer.has(*KEEPERS):
            raise NotAllowed(_("企业事实由企业所在区域或专班办公室核实。"))
        if form.is_valid():
            try:
                said = {"by": viewer.person, "at": request.at, **form.cleaned_data}
                actions.record_fact(enterprise=key, **said)
                messages.success(request, _("已登记。"))
                return redirect("policy_facts", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    return _page(request, key, {"form": form, "error": error, "own": False}, status)


@admit(*KEEPERS)
@require_POST
def verdict(request: HttpRequest, key: str) -> HttpResponse:
    """Verify what a firm states, or say that it isn't so."""
    form = forms.VerdictForm(request.POST)
    facts = [
        (f.name, f.label(language()))
        for f in queries.catalogue(request.viewer.city, request.moment).kept
    ]
    blank = forms.FactForm(facts=facts, initial=_chosen(request))
    if not form.is_valid():
        said = _("请从列表里选择一项自述再核实。")
        return _page(request, key, {"form": blank, "error": said, "own": False}, 422)
    try:
        _judge(request, key, form.cleaned_data)
    except Mendable as refusal:
        more = {"form": blank, "error": refusal.sentence, "own": False}
        return _page(request, key, more, refusal.status)
    messages.success(request, _("已登记核实结果。"))
    return redirect("policy_facts", key=key)


def _judge(request: HttpRequest, key: str, said: dict[str, Any]) -> None:
    who = {"by": request.viewer.person, "at": request.at}
    if said["so"]:
        actions.verify_fact(enterprise=key, fact=said["fact"], seen=said["seen"], **who)
    else:
        actions.refuse_fact(
            enterprise=key, fact=said["fact"], seen=said["seen"], why=said["why"], **who
        )


@admit(*BUSINESS)
@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """What firms of one's scope state and nobody has verified."""
    rows = queries.statements(request.viewer, request.moment)
    table = statements_table(rows, request.GET.dict(), _("没有待核实的企业自述。"))
    if table.wants_sheet:
        return sheet_response(table, _("待核实自述"))
    return render(request, "policy/policies.html", {"table": table, "side": "statements"})


@admit(*BUSINESS)
@require_GET
def renewals(request: HttpRequest) -> HttpResponse:
    """Verified facts of firms of one's scope that run out soon or have run out."""
    rows = queries.renewals(request.viewer, request.moment)
    empty = _("没有将要到期或已经到期的企业事实。")
    table = renewals_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("到期事实"))
    return render(request, "policy/policies.html", {"table": table, "side": "renewals"})
