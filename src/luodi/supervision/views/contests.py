"""What zones say of a bulletin, what they contest, and the office's answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.common.refusals import Closed, Mendable, NotFound
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules.bulletins import contestable
from .bulletins import show


@admit(*UNIT_ROLES)
@require_POST
def comment(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the zone's words; what is refused comes back with what was written."""
    queries.bulletin_page(key, request.viewer, request.moment)
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        return show(request, key, comment=form, status=422)
    try:
        actions.comment_on_bulletin(
            bulletin=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return show(request, key, comment=form, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("说明已保存，将作为本区的话写入通报。"))
    return redirect("bulletin", key=key)


@admit(*UNIT_ROLES)
@require_POST
def contest(request: HttpRequest, key: str) -> HttpResponse:
    """Contest an input; what is refused comes back with what was written."""
    page = queries.bulletin_page(key, request.viewer, request.moment)
    if not page.own:
        raise Closed(_("这期通报现在不在核对期，您填的内容没有写入。"))
    form = forms.ContestForm(request.POST, request.FILES, known=contestable(page.own[0]))
    if not form.is_valid():
        return show(request, key, contest=form, status=422)
    given = dict(form.cleaned_data)
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.raise_contest(bulletin=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return show(request, key, contest=form, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("异议已提出，专班办公室已收到消息。"))
    return redirect("bulletin", key=key)


def _bulletin_of(request: HttpRequest, key: str) -> str:
    """The bulletin a contest within the viewer's scope is about."""
    found = queries.contest_bulletin(key, request.viewer, request.moment)
    if not found:
        raise NotFound(_("没有这条异议，或者它不在您的范围内。"))
    return found


@admit(Role.OFFICE)
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Uphold or reject a contest."""
    bulletin = _bulletin_of(request, key)
    form = forms.ContestAnswerForm(request.POST)
    if not form.is_valid():
        return show(request, bulletin, error=_("请选择结论并写明答复。"), status=422, typed_for=key)
    try:
        actions.decide_contest(
            contest=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return show(request, bulletin, error=refusal.sentence, status=refusal.status, typed_for=key)
    messages.success(request, _("已答复，开发区已收到消息。"))
    return redirect("bulletin", key=bulletin)


@admit(*UNIT_ROLES)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The zone takes its contest back."""
    bulletin = _bulletin_of(request, key)
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        return show(request, bulletin, error=_("页面不完整，请刷新后再办。"), status=422)
    try:
        actions.withdraw_contest(
            contest=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return show(request, bulletin, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("异议已撤回。"))
    return redirect("bulletin", key=bulletin)
