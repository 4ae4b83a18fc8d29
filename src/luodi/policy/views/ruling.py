"""The rule editor, and the second pair of eyes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.languages import language
from luodi.common.refusals import Mendable, NotAllowed, Refusal
from luodi.kit.eligibility import from_json
from luodi.orgs.queries import name_of
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import KEEPERS, Line, is_office_of, lines_of


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Turn an article into conditions; what its sentence suggests is filled in."""
    if request.method == "GET":
        return show(request, key)
    form = _form(request, key, request.POST)
    if not form.is_valid():
        return show(request, key, form=form)
    try:
        actions.enter_rule(
            article=key,
            lines=form.said(),
            from_on=form.cleaned_data["from_on"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return show(request, key, refusal, form)
    messages.success(request, _("条件已录入，请另一位同事复核；复核之前不用于匹配。"))
    return redirect("policy_rule", key=key)


@admit(*KEEPERS)
@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm what somebody else entered."""
    return _second(request, key, forms.SeenForm(request.POST), actions.check_rule, _("已复核。"))


@admit(*KEEPERS)
@require_POST
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """Send back what somebody else entered."""
    form = forms.ReturnForm(request.POST)
    return _second(request, key, form, actions.return_rule, _("已退回录入人。"))


def _second(request: HttpRequest, key: str, form: Any, act: Any, done: str) -> HttpResponse:
    if not form.is_valid():
        return show(request, key, posted=request.POST)
    try:
        act(article=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return show(request, key, refusal, posted=request.POST)
    messages.success(request, done)
    return redirect("policy_article", key=key)


def _form(request: HttpRequest, key: str, posted: Any = None) -> forms.RuleForm:
    viewer, moment = request.viewer, request.moment
    row = queries.article_for(viewer, key, moment)
    known = queries.catalogue(viewer.city, moment)
    facts = [(name, fact.label(language())) for name, fact in known.facts.items()]
    return forms.RuleForm(
        posted,
        facts=facts,
        lines=_lines(row, known),
        initial={"from_on": moment.today},
    )


def _lines(row: queries.ArticleRow, known: Any) -> list[Line]:
    """What stands, or what the sentence suggests where nothing does."""
    standing = row.waiting or row.rule
    if standing is not None:
        return lines_of(from_json(standing.condition), known.facts)
    return queries.proposed_lines(row, known)


def show(
    request: HttpRequest,
    key: str,
    refusal: Refusal | None = None,
    form: forms.RuleForm | None = None,
    posted: Any = None,
) -> HttpResponse:
    """The editor beside the sentence, and what waits for another pair of eyes."""
    viewer, moment = request.viewer, request.moment
    row = queries.article_for(viewer, key, moment)
    if moment.is_past or not is_office_of(viewer, viewer.city, row.office):
        raise NotAllowed(_("这一条由主管单位或专班办公室办理。"))
    known = queries.catalogue(viewer.city, moment)
    waiting = row.waiting
    bad = form is not None or posted is not None
    context = {
        "row": row,
        "form": form or _form(request, key),
        "facts": [(fact, known.sources[name]) for name, fact in known.facts.items()],
        "waiting": waiting,
        "waiting_asked": queries.asked_of(from_json(waiting.condition), known.facts)
        if waiting
        else [],
        "entered_by": name_of(waiting.entered_by) if waiting else "",
        "may_check": waiting is not None and waiting.entered_by != viewer.person,
        "return_form": forms.ReturnForm(
            posted if posted and "why" in posted else None,
            initial={"seen": waiting.since_id if waiting else 0},
        ),
        "proposed": not waiting and row.rule is None,
        "asked": queries.asked_of(row.condition, known.facts),
        "error": refusal.sentence if refusal else "",
        "side": "articles",
    }
    status = refusal.status if refusal else 422 if bad else 200
    return render(request, "policy/rule.html", context, status=status)
