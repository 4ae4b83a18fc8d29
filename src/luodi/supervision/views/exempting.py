"""What is done with applications for exemption."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.languages import language, titled
from luodi.common.refusals import Mendable, NotAllowed
from luodi.documents.views import uploads
from luodi.orgs.queries import pack_of, unit_names
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import conditions_in
from .exemptions import page_forms, show


@admit(*UNIT_ROLES)
@require_http_methods(["GET", "POST"])
def new_exemption(request: HttpRequest) -> HttpResponse:
    """Apply for an exemption."""
    if request.moment.is_past:
        raise NotAllowed(_("过去的日期只能看，不能办。"))
    form = _application(request)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(request, "supervision/exemption_new.html", {"form": form}, status=status)
    said = form.cleaned_data
    try:
        one = actions.apply_for_exemption(
            unit=said["unit"],
            person=said["person"],
            title=said["title"],
            happened=said["happened"],
            subjects=said["subjects"],
            year=said["year"] or 0,
            statements=form.statements,
            evidence={key: uploads(files) for key, files in form.uploaded.items()},
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        context = {"form": form, "error": refusal.sentence}
        return render(request, "supervision/exemption_new.html", context, status=refusal.status)
    messages.success(request, _("申请已提交，编号 %(number)s。") % {"number": one.number})
    return redirect("exemption", key=one.key)


def _application(request: HttpRequest) -> forms.ExemptionForm:
    viewer, moment = request.viewer, request.moment
    mine = sorted({unit for unit, role in viewer.unit_roles if role in UNIT_ROLES})
    names = unit_names(mine, moment)
    people: dict[str, str] = {}
    subjects: dict[str, str] = {}
    for unit in mine:
        people |= queries.people_of_unit(unit)
        subjects |= queries.coverable(unit, viewer, moment)
    conditions = [
        (rule.key, titled(rule), rule.asks_en if language() == "en" else rule.asks)
        for rule in conditions_in(pack_of(viewer.city, moment), moment.today)
    ]
    return forms.ExemptionForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        units=[(key, names.get(key, "")) for key in mine],
        people=sorted(people.items(), key=lambda one: one[1]),
        subjects=sorted(subjects.items(), key=lambda one: one[1]),
        conditions=conditions,
    )


@admit(*UNIT_ROLES)
@require_POST
def amend(request: HttpRequest, key: str) -> HttpResponse:
    """Complete an application."""
    return _do(request, key, "amend", actions.amend_exemption, _("申请已补充。"))


@admit(*BUSINESS)
@require_POST
def find(request: HttpRequest, key: str) -> HttpResponse:
    """Say what was found of a condition."""
    return _do(request, key, "finding", actions.find_condition, _("审核意见已登记。"))


@admit(*BUSINESS)
@require_POST
def grant(request: HttpRequest, key: str) -> HttpResponse:
    """Grant the exemption."""
    return _do(request, key, "grant", actions.grant_exemption, _("已予以容错。"))


@admit(*BUSINESS)
@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Take another step."""
    return _do(request, key, "move", actions.move_exemption, _("已登记。"))


@admit(*BUSINESS)
@require_POST
def reader(request: HttpRequest, key: str) -> HttpResponse:
    """Name somebody who may read it."""
    return _do(request, key, "reader", actions.name_reader, _("已指定查阅人。"))


@admit(*BUSINESS)
@require_POST
def unread(request: HttpRequest, key: str) -> HttpResponse:
    """Take a reading right back."""
    return _do(request, key, "reader", actions.unname_reader, _("已取消查阅人。"))


def _do(
    request: HttpRequest, key: str, name: str, act: Callable[..., Any], done: str
) -> HttpResponse:
    """Do it with what the form said; what is refused comes back with the words written."""
    page = queries.exemption_page(request.viewer, key, request.moment)
    given = {name: (request.POST, request.FILES) if name == "amend" else request.POST}
    form = page_forms(request, page, **given).get(f"{name}_form")
    if form is None:
        raise NotAllowed(_("现在不能办这一步：可能已经有人办过，或者不由您办理。"))
    if not form.is_valid():
        return show(request, key, **given)
    said = dict(form.cleaned_data)
    try:
        if name == "amend":
            files = {condition: uploads(some) for condition, some in form.uploaded.items()}
            said = {"seen": said["seen"], "happened": said["happened"], "evidence": files}
            said["statements"] = form.statements
        act(exemption=key, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return show(request, key, refusal, **given)
    messages.success(request, done)
    return redirect("exemption", key=key)
