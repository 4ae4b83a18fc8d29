"""What is done with evaluations of plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.common.refusals import Incomplete, Mendable, NotAllowed, NotFound
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from .evaluations import later_choices, page_forms, show, show_list


@admit(Role.OFFICE)
@require_POST
def new_evaluation(request: HttpRequest) -> HttpResponse:
    """Open an evaluation."""
    plans = [(key, "") for key in [request.POST.get("plan", "")] if key]
    form = forms.EvaluationForm(request.POST, plans=plans)
    if not form.is_valid():
        return show_list(request, given=request.POST)
    try:
        one = actions.open_evaluation(by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Mendable as refusal:
        return show_list(request, refusal, request.POST)
    messages.success(request, _("评估已开展，责任单位已收到自评通知。"))
    return redirect("evaluation", key=one.key)


@admit(*UNIT_ROLES)
@require_POST
def say_self(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the unit makes of a row of its own."""

    def said(given: dict[str, Any]) -> dict[str, Any]:
        unit, _bar, subject = given["subject"].partition("|")
        return given | {"unit": unit, "subject": subject}

    act = actions.say_self_evaluation
    return _do(request, key, "self", act, _("自评已保存。"), said)


@admit(Role.OFFICE)
@require_POST
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """Record what a third party says."""

    def said(given: dict[str, Any]) -> dict[str, Any]:
        [(name, data)] = uploads([given["file"]])
        return {k: v for k, v in given.items() if k != "file"} | {"name": name, "data": data}

    act = actions.record_opinion
    return _do(request, key, "opinion", act, _("第三方意见已登记。"), said)


@admit(Role.OFFICE)
@require_POST
def judge(request: HttpRequest, key: str) -> HttpResponse:
    """Close the self-evaluation and judge."""
    return _do(request, key, "judge", actions.judge_evaluation, _("自评已截止，评判已保存。"))


@admit(Role.OFFICE)
@require_POST
def conclude(request: HttpRequest, key: str) -> HttpResponse:
    """Conclude."""
    return _do(request, key, "conclude", actions.conclude_evaluation, _("结论已登记。"))


@admit(*BUSINESS)
@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step back, or hold publication back."""
    return _do(request, key, "move", actions.move_evaluation, _("已登记。"))


@admit(Role.OFFICE)
@require_POST
def adjust(request: HttpRequest, key: str) -> HttpResponse:
    """Propose a change."""
    return _do(request, key, "adjust", actions.propose_adjustment, _("调整建议已登记。"))


def _do(
    request: HttpRequest,
    key: str,
    name: str,
    act: Callable[..., Any],
    done: str,
    read: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> HttpResponse:
    """Do it with what the form said; what is refused comes back with the words written."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    given = {name: (request.POST, request.FILES) if name == "opinion" else request.POST}
    form = page_forms(request, page, **given).get(f"{name}_form")
    if form is None:
        raise NotAllowed(_("现在不能办这一步：可能已经有人办过，或者不由您办理。"))
    if not form.is_valid():
        return show(request, key, **given)
    try:
        said = read(dict(form.cleaned_data))
        act(evaluation=key, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return show(request, key, refusal, **given)
    messages.success(request, done)
    return redirect("evaluation", key=key)


@admit(*BUSINESS)
@require_POST
def change(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Decide a proposed change, or say which later target carries it out."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    one = next((a for a in page.adjustments if a.key == other), None)
    if one is None:
        raise NotFound(_("没有这条调整建议。"))
    usual = {"adjustment": other, "by": request.viewer.person, "at": request.at}
    try:
        if one.stage == "agreed":
            goals = later_choices(request, page, one.subject)
            said = _valid(forms.AdjustmentLinkForm(request.POST, goals=goals))
            actions.link_adjustment(**usual, **said)
        else:
            said = dict(_valid(forms.AdjustmentDecisionForm(request.POST)))
            agree = said.pop("agree") == "yes"
            actions.decide_adjustment(**usual, agree=agree, **said)
    except Mendable as refusal:
        return show(request, key, refusal)
    messages.success(request, _("已登记。"))
    return redirect("evaluation", key=key)


def _valid(form: Any) -> Mapping[str, Any]:
    if not form.is_valid():
        raise Incomplete(_("请选择一项，并填写完整。"))
    return dict(form.cleaned_data)


@admit(Role.OFFICE)
@require_POST
def write_report(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the report and freeze it to be checked."""
    viewer = request.viewer
    page = queries.evaluation_page(viewer, key, request.moment)
    usual = {"evaluation": key, "viewer": viewer, "by": viewer.person, "at": request.at}
    if page.paper is None:
        actions.open_evaluation_report(**usual)
    actions.freeze_evaluation_report(**usual)
    messages.success(request, _("已定稿送审，等待审核。"))
    return redirect("evaluation_report", key=key)


@admit(*BUSINESS)
@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Decide to publish what the page shows."""
    form = forms.EvaluationSeenForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("请从公开版页面上办理。"))
    actions.publish_evaluation(
        evaluation=key, by=request.viewer.person, at=request.at, **form.cleaned_data
    )
    messages.success(request, _("已决定公开，内容按此刻固定。"))
    return redirect("evaluation_public", key=key)
