"""Whom the facts propose for a register; entries that follow a merger."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.languages import listed, titled
from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprise_for
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import entering_table, leaving_table
from .entries import KEEPERS, firm_written


@admit(*BUSINESS)
@require_GET
def candidates(request: HttpRequest, register: str) -> HttpResponse:
    """Whom the facts propose for a register, and who stands on it and no longer should."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    if rule.holds != "enterprise":
        raise NotFound(_("这个名录登记的不是企业，没有候选。"))
    found = queries.proposal(rule, request.viewer, request.moment)
    params = request.GET.dict()
    entering, leaving = entering_table(found.entering, params), leaving_table(found.leaving, params)
    for table, name in ((entering, _("候选")), (leaving, _("应退出"))):
        if table.wants_sheet:
            return sheet_response(table, f"{titled(rule)} {name}")
    context = {
        "rule": rule,
        "title": titled(rule),
        "found": found,
        "entering": entering,
        "leaving": leaving,
        "entry_source": queries.source_of(rule.entry),
        "stay_source": queries.source_of(rule.stay),
    }
    return render(request, "registers/candidates.html", context)


@admit(*KEEPERS, Role.STATISTICIAN)
@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, key: str) -> HttpResponse:
    """Let a merged enterprise's entries go on under its successor."""
    firm = enterprise_for(request.viewer, key, request.moment)
    states = queries.entries_of(request.viewer, request.moment).filter(about=key)
    form = forms.MergerForm(request.POST or None)
    error = ""
    if form.is_bound and form.is_valid():
        try:
            into = firm_written(request, form.cleaned_data["into"], whole=True)
            done = actions.carry_entries(
                firm=key, into=into, why=form.cleaned_data["why"], by=request.viewer.person,
                at=request.at,
            )  # fmt: skip
        except Mendable as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _carried(done, request))
            return redirect("enterprise", key=key)
    rows = queries.entry_rows(states, request.moment)
    context = {"firm": firm, "rows": rows, "form": form, "error": error}
    status = 422 if form.is_bound else 200
    return render(request, "registers/merger.html", context, status=status)


def _carried(done: actions.Carried, request: HttpRequest) -> str:
    said = _("已转 %(n)d 条登记。") % {"n": done.moved}
    if not done.staying:
        return said
    rules = queries.rules_seen(request.viewer, request.moment)
    names = listed(titled(rules[one]) if one in rules else one for one in done.staying)
    return said + _("两家都在“%(names)s”里，原登记留下，请办理退出。") % {"names": names}
