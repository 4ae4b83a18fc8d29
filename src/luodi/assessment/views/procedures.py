"""The procedure of an appraisal: its steps, its decision, its papers, and what was published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.languages import language
from luodi.common.refusals import Mendable, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.papers.choices import PaperKind

from .. import actions, queries
from ..choices import AppraisalStage
from ..flows import APPRAISAL
from ..forms.procedures import DecideForm, StepForm

Act = Callable[..., Any]

STEPS: dict[str, tuple[Act, bool]] = {
    "open_self_reports": (actions.open_self_reports, False),
    "begin_verification": (actions.begin_verification, False),
    "take_first_result": (actions.take_first_result, True),
    "verify_again": (actions.verify_again, True),
    "show_result": (actions.show_result, False),
    "begin_review": (actions.begin_review, False),
    "publish": (actions.publish_appraisal, False),
    "reward": (actions.record_rewards, False),
}
"""Steps the office takes: the action, and whether it takes a reason."""

PAPERS = {
    AppraisalStage.REVIEWING: PaperKind.APPRAISAL_NOTICE,
    AppraisalStage.DECIDED: PaperKind.APPRAISAL_BULLETIN,
    AppraisalStage.REWARDED: PaperKind.NOTICE,
}
"""The paper that is drafted in a stage."""


@admit(*BUSINESS)
@require_GET
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """How an appraisal stands, and what may be done."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, refusal: Mendable | None = None, **given: Any
) -> HttpResponse:
    page = queries.procedure_page(key, request.viewer, request.moment)
    stage = page.held.state.stage
    seen = {"seen": page.held.state.since_id}
    now = not request.moment.is_past
    steps = [
        (move, move.label(language()), STEPS[move.name][1])
        for move in APPRAISAL.available(stage, {str(Role.OFFICE)})
        if move.name in STEPS
    ]
    context = {
        "page": page,
        "held": page.held,
        "steps": steps if page.office and now else [],
        "step_form": StepForm(given.get("step"), initial=seen),
        "decide_form": DecideForm(given.get("decide"), initial=seen),
        "may_decide": page.decides and now and stage == AppraisalStage.REVIEWING,
        "paper_kind": _paper_to_draft(page) if page.office and now else None,
        "objections": queries.objections_of(page.held, request.viewer),
        "own": [one for one in page.units if one.unit in request.viewer.units],
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/appraisal_procedure.html", context, status=status)


def _paper_to_draft(page: queries.ProcedurePage) -> tuple[str, str] | None:
    """The kind of paper that may be drafted now, with its words; none where it is under way."""
    kind = PAPERS.get(AppraisalStage(page.held.state.stage))
    if kind is None:
        return None
    there = {
        PaperKind.APPRAISAL_NOTICE: page.notice,
        PaperKind.APPRAISAL_BULLETIN: page.bulletin,
        PaperKind.NOTICE: page.reward_notice,
    }[kind]
    if there is not None and there.stage != "drafted":
        return None
    label = _("奖惩通知") if kind == PaperKind.NOTICE else str(kind.label)
    return str(kind), label


@admit(Role.OFFICE)
@require_POST
def take_step(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """One step of the office."""
    if move not in STEPS:
        raise NotFound(_("考核没有这一步。"))
    act, asks = STEPS[move]
    form = StepForm(request.POST)
    if not form.is_valid():
        return _show(request, key, step=request.POST)
    said = {"why": form.cleaned_data["why"]} if asks else {}
    return _do(request, key, act, {"seen": form.cleaned_data["seen"], **said}, step=request.POST)


@admit(Role.LEADING_GROUP, Role.LEADER_IN_CHARGE)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """The leading group decides."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, key, decide=request.POST)
    return _do(request, key, actions.decide_appraisal, form.cleaned_data, decide=request.POST)


@admit(Role.OFFICE)
@require_POST
def draft_paper(request: HttpRequest, key: str) -> HttpResponse:
    """Compose the paper of the stage and freeze it."""
    said = {"kind": request.POST.get("kind", "")[:20]}
    return _do(request, key, actions.draft_appraisal_paper, said, step=None)


@admit(Role.OFFICE)
@require_POST
def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Link the corrected objections to the newest run."""
    return _do(request, key, actions.settle_objections, {}, step=None)


def _do(
    request: HttpRequest, key: str, act: Act, said: dict[str, Any], **given: Any
) -> HttpResponse:
    """Do it; what is refused comes back with what was typed."""
    try:
        act(appraisal=key, viewer=request.viewer, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return _show(request, key, refusal, **given)
    messages.success(request, _("已办理。"))
    return redirect("appraisal_procedure", key=key)


@admit(*BUSINESS)
@require_GET
def published(request: HttpRequest, key: str) -> HttpResponse:
    """The published result, for everybody in the city."""
    page = queries.published_page(key, request.viewer, request.moment)
    return render(request, "assessment/appraisal_published.html", {"page": page, "held": page.held})
