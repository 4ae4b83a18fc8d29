"""Claims: the list, one with its steps, listing what fits, the effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS, ENTERPRISES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..choices import ObjectionStage
from ..rules import KEEPERS
from ..tables import claims_table, effects_table

EITHER = (*BUSINESS, *ENTERPRISES)


@admit(*EITHER)
@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """The claims within one's scope."""
    rows = queries.claims(request.viewer, request.moment)
    empty = _("还没有兑现。免申即享由主管单位在条款页匹配企业，快申快享由企业申请。")
    table = claims_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("政策兑现"))
    return render(request, "policy/policies.html", {"table": table, "side": "claims"})


@admit(*BUSINESS)
@require_GET
def effects(request: HttpRequest) -> HttpResponse:
    """What came of each article."""
    rows = queries.effects(request.viewer, request.moment)
    table = effects_table(rows, request.GET.dict(), _("还没有政策条款。"))
    if table.wants_sheet:
        return sheet_response(table, _("政策效果"))
    return render(request, "policy/policies.html", {"table": table, "side": "effects"})


@admit(*EITHER)
@require_GET
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """One claim."""
    return show(request, key)


def show(
    request: HttpRequest, key: str, refusal: Refusal | None = None, **bound: Any
) -> HttpResponse:
    """The claim with its forms; a `bound` one comes back with what was written."""
    page = queries.claim_page(key, request.viewer, request.moment)
    papers = [one.name for one in page.papers if not one.given]
    chosen = bound["move"].data.get("move", "") if "move" in bound else ""
    moves = [
        (
            move,
            bound["move"]
            if move.name == chosen
            else forms.MoveForm(papers=papers, initial={"seen": page.row.since, "move": move.name}),
        )
        for move in page.moves
    ]
    context = {
        "page": page,
        "row": page.row,
        "moves": moves,
        "papers_form": bound.get("papers")
        or (
            forms.papers_of_claim(page, request.viewer, request.moment)
            if page.takes_papers
            else None
        ),
        "papers_bound": "papers" in bound,
        "carry_form": bound.get("carry") or forms.HandOverForm(initial={"seen": page.row.since}),
        "note_form": bound.get("note") or forms.NoteForm(),
        "object_form": bound.get("object") or forms.ObjectForm(),
        "answer_form": bound.get("answer") or forms.AnswerForm(),
        "writer": page.is_office and not request.moment.is_past,
        "error": refusal.sentence if refusal else _faults(bound),
        "side": "claims",
    }
    status = refusal.status if refusal else 422 if bound else 200
    return render(request, "policy/claim.html", context, status=status)


def _faults(bound: dict[str, Any]) -> str:
    """What a form says is wrong, in one line: the steps show no faults beside their fields."""
    if "papers" in bound:
        return _("有一件材料没有填好，请看它下面的提示。")
    form = bound.get("move") or bound.get("answer")
    if form is None:
        return ""
    return " ".join(
        f"{form.fields[name].label}：{fault}" if name in form.fields else str(fault)
        for name, faults in form.errors.items()
        for fault in faults
    )


@admit(*KEEPERS, *ENTERPRISES)
@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step."""
    page = queries.claim_page(key, request.viewer, request.moment)
    form = forms.MoveForm(request.POST, papers=[one.name for one in page.papers])
    return _do(request, key, "move", form, actions.move_claim)


@admit(*KEEPERS)
@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Write an internal note."""
    return _do(request, key, "note", forms.NoteForm(request.POST), actions.note_on_claim)


@admit(*KEEPERS)
@require_POST
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """Let the successor of a merged firm go on with a claim."""
    return _do(request, key, "carry", forms.HandOverForm(request.POST), actions.hand_over_claim)


@admit(*KEEPERS)
@require_POST
def object_(request: HttpRequest, key: str) -> HttpResponse:
    """Take down an objection."""
    return _do(request, key, "object", forms.ObjectForm(request.POST), actions.object_to_claim)


@admit(*KEEPERS)
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Deal with an objection."""
    form = forms.AnswerForm(request.POST)

    def act(stage: str, **said: Any) -> None:
        actions.answer_objection(upheld=stage == ObjectionStage.UPHELD, **said)

    return _do(request, key, "answer", form, act)


def _do(
    request: HttpRequest, key: str, name: str, form: Any, act: Callable[..., Any]
) -> HttpResponse:
    """Do it with what the form said; what is refused comes back with the words written."""
    if not form.is_valid():
        return show(request, key, **{name: form})
    try:
        act(claim=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return show(request, key, refusal, **{name: form})
    messages.success(request, _("已登记。"))
    return redirect("policy_claim", key=key)


@admit(*KEEPERS)
@require_POST
def match(request: HttpRequest, key: str) -> HttpResponse:
    """List the firms that fit an article had without an application."""
    try:
        count = actions.match_firms(article=key, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        messages.error(request, refusal.sentence)
        return redirect("policy_article", key=key)
    words = ngettext("已列入 %(n)d 家企业。", "已列入 %(n)d 家企业。", count)
    messages.success(request, words % {"n": count})
    return redirect("policy_claims")
