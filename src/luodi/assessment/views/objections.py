"""The result as it is fed back, and objections to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit
from luodi.plans.rules.rights import roles_in

from .. import actions, queries
from ..choices import ObjectionStage
from ..forms.procedures import CorrectionForm, ObjectionForm, ReviewForm
from ..queries.verifying import VERIFIERS, verifies_for


@admit(*BUSINESS)
@require_GET
def feedback(request: HttpRequest, key: str) -> HttpResponse:
    """One's own result in full, and the way to object."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, refusal: Mendable | None = None, *given: Any
) -> HttpResponse:
    page = queries.feedback_page(key, request.viewer, request.moment)
    units = [unit for unit in page.held.categories if roles_in(request.viewer, unit)]
    unit = units[0] if units else ""
    form = ObjectionForm(*given, choices=list(page.choices), initial={"unit": unit})
    context = {
        "page": page,
        "held": page.held,
        "form": form,
        "may_object": bool(units) and (page.open or bool(given)),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/appraisal_feedback.html", context, status=status)


@admit(*UNIT_ROLES)
@require_POST
def object_to(request: HttpRequest, key: str) -> HttpResponse:
    """Raise an objection."""
    page = queries.feedback_page(key, request.viewer, request.moment)
    given = (request.POST, request.FILES)
    form = ObjectionForm(*given, choices=list(page.choices))
    if not form.is_valid():
        return _show(request, key, None, *given)
    said = dict(form.cleaned_data)
    try:
        said["evidence"] = uploads(said["evidence"])
        one = actions.raise_objection(
            appraisal=key, viewer=request.viewer, by=request.viewer.person, at=request.at, **said
        )
    except Mendable as refusal:
        return _show(request, key, refusal, *given)
    messages.success(request, _("异议已提出，复核结论会通知您。"))
    return redirect("appraisal_objection", key=one.key)


@admit(*BUSINESS)
@require_GET
def objection(request: HttpRequest, key: str) -> HttpResponse:
    """One objection: figures, files, decision and effect."""
    return _show_one(request, key)


def _show_one(
    request: HttpRequest, key: str, refusal: Mendable | None = None, **given: Any
) -> HttpResponse:
    page = queries.objection_page(key, request.viewer, request.moment)
    now, stage = not request.moment.is_past, page.state.stage
    seen = {"seen": page.state.since_id}
    viewer = request.viewer
    context = {
        "page": page,
        "held": page.held,
        "review_form": ReviewForm(given.get("review"), initial=seen),
        "correction_form": CorrectionForm(given.get("correction"), initial=seen),
        "may_review": now and viewer.has(Role.OFFICE) and stage == ObjectionStage.RAISED,
        "may_withdraw": now
        and stage == ObjectionStage.RAISED
        and bool(roles_in(viewer, page.objection.unit)),
        "may_correct": now
        and stage == ObjectionStage.UPHELD
        and bool(page.objection.answers)
        and verifies_for(viewer, page.objection.answers),
        "error": refusal.sentence if refusal else "",
    }
    open_forms = {"review": context["may_review"], "correction": context["may_correct"]}
    lost = [said for name, said in given.items() if not open_forms[name]]
    context["typed"] = lost[0].get("why", "")[:5000] if lost else ""
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/appraisal_objection.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Uphold it, or reject it."""
    act = actions.reject_objection if "reject" in request.POST else actions.uphold_objection
    return _do(request, key, "review", ReviewForm, act)


@admit(*UNIT_ROLES)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back."""

    def act(*, why: str, **said: Any) -> None:
        actions.withdraw_objection(**said)

    return _do(request, key, "review", ReviewForm, act)


@admit(*VERIFIERS)
@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Give the right figure of an upheld objection."""
    return _do(request, key, "correction", CorrectionForm, actions.correct_figure)


def _do(
    request: HttpRequest, key: str, name: str, form_of: Any, act: Callable[..., Any]
) -> HttpResponse:
    form = form_of(request.POST)
    queries.objection_page(key, request.viewer, request.moment)
    if not form.is_valid():
        return _show_one(request, key, **{name: request.POST})
    try:
        act(
            objection=key, viewer=request.viewer, by=request.viewer.person, at=request.at,
            **form.cleaned_data,
        )  # fmt: skip
    except Mendable as refusal:
        return _show_one(request, key, refusal, **{name: request.POST})
    messages.success(request, _("已办理。"))
    return redirect("appraisal_objection", key=key)
