"""Who serves a project, and what was seen on the spot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries


@admit(*BUSINESS)
@require_GET
def service(request: HttpRequest, key: str) -> HttpResponse:
    """The task force, the sponsor official, the visits."""
    return _show(request, key)


def _show(request: HttpRequest, key: str, **given: Any) -> HttpResponse:
    page = queries.service_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    people = queries.people_to_name(request.viewer, request.moment) if page.may_name else []
    context = {
        "page": page,
        "row": page.head.row,
        "may_revise": bool(page.head.roles),
        "visit_form": forms.VisitForm(),
        "member_form": forms.MemberForm(people=people),
        **given,
    }
    return render(request, "projects/service.html", context, status=given.get("status", 200))


@admit(*BUSINESS)
@require_POST
def record_visit(request: HttpRequest, key: str) -> HttpResponse:
    """Record what was seen; what is refused comes back with what was written."""
    form = forms.VisitForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, visit_form=form, status=422)
    given = dict(form.cleaned_data)
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.record_visit(project=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return _show(request, key, visit_form=form, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已记录。"))
    return redirect("project_service", key=key)


@admit(Role.OFFICE)
@require_POST
def name_member(request: HttpRequest, key: str) -> HttpResponse:
    """Name somebody of the task force, or the sponsor official."""
    people = queries.people_to_name(request.viewer, request.moment)
    form = forms.MemberForm(request.POST, people=people)
    if not form.is_valid():
        return _show(request, key, member_form=form, status=422)
    try:
        actions.name_member(
            project=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _show(request, key, member_form=form, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已确定。"))
    return redirect("project_service", key=key)


@admit(Role.OFFICE)
@require_POST
def release_member(request: HttpRequest, key: str) -> HttpResponse:
    """End somebody's part."""
    try:
        actions.release_member(
            project=key,
            person=request.POST.get("person", "")[:40],
            part=request.POST.get("part", "")[:12],
            why=request.POST.get("why", "")[: forms.MOST_WORDS],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已调整。"))
    return redirect("project_service", key=key)
