"""The library: all policies, one as a document, an article with its terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, NotAllowed, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS, ENTERPRISES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import KEEPERS, is_office_of, keeps_policies
from ..tables import articles_table, policies_table


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def policies(request: HttpRequest) -> HttpResponse:
    """All policies of the city."""
    empty = _("政策库还是空的。在“资料”里导入政策文件，核对条款、入库之后会出现在这里。")
    rows = queries.library(request.viewer, request.moment)
    table = policies_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("政策库"))
    return render(request, "policy/policies.html", {"table": table, "side": "policies"})


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """All articles of all policies."""
    rows = queries.article_rows(request.viewer, request.moment)
    table = articles_table(rows, request.GET.dict(), _("还没有政策条款。"))
    if table.wants_sheet:
        return sheet_response(table, _("政策条款"))
    return render(request, "policy/policies.html", {"table": table, "side": "articles"})


def show_policy(
    request: HttpRequest, key: str, refusal: Refusal | None = None, posted: Any = None
) -> HttpResponse:
    """A policy as a document, with the form that ends it coming back as it was written."""
    viewer, moment = request.viewer, request.moment
    policy, state = queries.policy_for(viewer, key, moment)
    known = queries.catalogue(viewer.city, moment).facts
    rows = queries.article_rows(viewer, moment, policy=key)
    keeper = keeps_policies(viewer, policy.city) and not moment.is_past
    context = {
        "policy": policy,
        "state": state,
        "standing": queries.standing_words(state, moment.today),
        "rows": [(row, queries.asked_of(row.condition, known)) for row in rows],
        "events": queries.events_on("policy", key, moment) if not viewer.enterprise else (),
        "keeper": keeper,
        "abolish_form": forms.AbolishForm(posted, initial={"seen": state.since_id}),
        "error": refusal.sentence if refusal else "",
        "inside": not viewer.enterprise,
        "side": "policies",
    }
    status = refusal.status if refusal else 422 if posted else 200
    return render(request, "policy/policy.html", context, status=status)


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def policy(request: HttpRequest, key: str) -> HttpResponse:
    """One policy: its articles with terms, conditions and windows."""
    return show_policy(request, key)


@admit(*KEEPERS)
@require_POST
def abolish(request: HttpRequest, key: str) -> HttpResponse:
    """Say until when a policy holds."""
    form = forms.AbolishForm(request.POST)
    if not form.is_valid():
        return show_policy(request, key, posted=request.POST)
    said = form.cleaned_data
    try:
        actions.abolish_policy(policy=key, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return show_policy(request, key, refusal, request.POST)
    messages.success(request, _("已登记。过去的匹配结果不受影响。"))
    return redirect("policy", key=key)


@admit(*BUSINESS, *ENTERPRISES)
@require_GET
def article(request: HttpRequest, key: str) -> HttpResponse:
    """One article: text, terms, conditions, budget, claims."""
    viewer, moment = request.viewer, request.moment
    row = queries.article_for(viewer, key, moment)
    known = queries.catalogue(viewer.city, moment)
    told = None
    if viewer.enterprise:
        dossier = queries.dossiers([viewer.enterprise], known, moment)[viewer.enterprise]
        told = queries.told_of(row.condition, dossier, known)
    context = {
        "row": row,
        "asked": queries.asked_of(row.condition, known.facts),
        "office": is_office_of(viewer, viewer.city, row.office) and not moment.is_past,
        "inside": not viewer.enterprise,
        "claims": queries.claims(viewer, moment, article=key),
        "told": told,
        "events": queries.events_on("article", key, moment) if not viewer.enterprise else (),
        "side": "articles",
    }
    return render(request, "policy/article.html", context)


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Change the terms of an article."""
    viewer, moment = request.viewer, request.moment
    row = queries.article_for(viewer, key, moment)
    if moment.is_past or not is_office_of(viewer, viewer.city, row.office):
        raise NotAllowed(_("这一条由主管单位或专班办公室办理。"))
    units = [(unit.of_id, unit.name) for unit in units_of(viewer.city, moment)]
    form = forms.TermsForm(request.POST or None, initial=_terms(row), units=units)
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            seen, why = said.pop("seen"), said.pop("why")
            try:
                changed = actions.revise_article(
                    article=key, terms=said, why=why, seen=seen, by=viewer.person, at=request.at
                )
                messages.success(request, _("条款已修改。") if changed else _("没有变化。"))
                return redirect("policy_article", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"row": row, "form": form, "error": error, "side": "articles"}
    return render(request, "policy/revise.html", context, status=status)


def _terms(row: queries.ArticleRow) -> dict[str, Any]:
    """The terms as the form begins."""
    names = ("title", "office", "mode", "share", "each", "base", "window_from", "window_until")
    shown = {name: getattr(row, name) for name in names}
    own = row.thing if row.thing != row.title else ""
    sums = {"amount": row.amount, "budget": row.budget}
    words = {name: f"{fen // 100}.{fen % 100:02}" for name, fen in sums.items() if fen is not None}
    lines = "\n".join(row.materials)
    return {**shown, **words, "thing": own, "materials": lines, "seen": row.since}
