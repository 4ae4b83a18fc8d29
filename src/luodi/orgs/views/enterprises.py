"""The register of enterprises, and an enterprise's own page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.doors import cards_on
from luodi.common.lists import Line, list_in
from luodi.common.refusals import Incomplete, Mendable, Refusal
from luodi.common.views import sheet_response, whole_number

from .. import actions, queries
from ..choices import EnterpriseStanding, Role
from ..forms import EnterpriseForm, ListForm, MergerForm
from ..models import EnterpriseState
from ..rules import BUSINESS, REGISTRARS, REPORTERS, keeps_enterprises, read_list
from ..tables import enterprises_table
from .doors import admit

KEEPERS = REGISTRARS | REPORTERS


@admit(*BUSINESS)
@require_GET
def enterprises(request: HttpRequest) -> HttpResponse:
    """The enterprises within one's scope."""
    viewer, moment = request.viewer, request.moment
    rows = queries.enterprise_rows(queries.enterprises_of(viewer, moment), moment)
    table = enterprises_table(rows, request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("企业名录"))
    may_keep = bool(queries.homes_of(viewer, moment)) and not moment.is_past
    return render(request, "orgs/enterprises.html", {"table": table, "may_keep": may_keep})


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def new_enterprise(request: HttpRequest) -> HttpResponse:
    """Enter an enterprise."""
    form = _form(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            firm = actions.register_enterprise(
                city=request.viewer.city,
                details=form.details(),
                by=request.viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("已登记 %s。") % form.cleaned_data["name"])
            return redirect("enterprise", firm.key)
    return _with_form(request, "orgs/enterprise_new.html", {"form": form})


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def import_enterprises(request: HttpRequest) -> HttpResponse:
    """Take a whole list, or say what is wrong with which row and take nothing."""
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            done = actions.import_enterprises(
                city=request.viewer.city,
                lines=_lines(form.cleaned_data["file"]),
                by=request.viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            said = _("导入完成：新登记 %(new)d 家，变更 %(changed)d 家，没有变化 %(same)d 家。")
            messages.success(request, said % asdict(done))
            return redirect("enterprises")
    return _with_form(request, "orgs/enterprise_list.html", {"form": form})


def _lines(file: UploadedFile) -> list[Line]:
    """The lines of an uploaded list."""
    found = list_in(file, read_list)
    if found is None:
        raise Incomplete(_("没有找到表头：至少要有“名称”和“统一社会信用代码”两列。"))
    return found


@admit(*BUSINESS)
@require_http_methods(["GET", "POST"])
def enterprise(request: HttpRequest, key: str) -> HttpResponse:
    """One enterprise: what the register says; who keeps it changes it here."""
    viewer, moment = request.viewer, request.moment
    state = queries.enterprise_for(viewer, key, moment)
    form = _form(request, request.POST if request.method == "POST" else None, state)
    if form.is_bound and form.is_valid():
        try:
            changed = actions.change_enterprise(
                enterprise=key,
                details=form.details(),
                seen=whole_number(request.POST.get("seen", "")) or 0,
                why=request.POST.get("why", ""),
                by=viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            said = _("企业信息已更新，原来的信息仍可按日期查看。") if changed else _("没有变化。")
            messages.success(request, said)
            return redirect("enterprise", key)
    return _page(request, state, form, MergerForm(auto_id="merger_%s"))


def _page(
    request: HttpRequest, state: EnterpriseState, form: EnterpriseForm, merger: MergerForm
) -> HttpResponse:
    """The page of an enterprise; 422 where what was sent in one of its forms doesn't hold."""
    viewer, moment, key = request.viewer, request.moment, state.of_id
    context = {
        "state": state,
        "row": queries.enterprise_rows([state], moment)[0],
        "people": queries.people_of_enterprise(key, moment),
        "running": state.standing == EnterpriseStanding.IN_BUSINESS,
        "successor": queries.enterprise_names([state.merged_into], moment),
        "may_keep": keeps_enterprises(viewer, state.unit) and not moment.is_past,
        "form": form,
        "merger": merger,
        "cards": cards_on("enterprise", key, viewer, moment),
    }
    status = 422 if form.is_bound or merger.is_bound else 200
    return render(request, "orgs/enterprise.html", context, status=status)


@admit(*KEEPERS)
@require_POST
def merge_one(request: HttpRequest, key: str) -> HttpResponse:
    """Enter that the enterprise was merged into another one."""
    viewer, moment = request.viewer, request.moment
    state = queries.enterprise_for(viewer, key, moment)
    form = MergerForm(request.POST, auto_id="merger_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            into = queries.enterprise_named(viewer, said["into"], moment, whole=True)
            count = actions.merge_enterprise(
                enterprise=key, into=into, why=said["why"], by=viewer.person, at=request.at
            )
        except Mendable as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("已登记合并，名下 %d 件事随之转过去。") % count)
            return redirect("enterprise", key)
    return _page(request, state, _form(request, None, state), form)


@admit(*KEEPERS)
@require_POST
def close_one(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a deregistration."""
    queries.enterprise_for(request.viewer, key, request.moment)
    who = {"by": request.viewer.person, "at": request.at}
    actions.close_enterprise(enterprise=key, why=request.POST.get("why", ""), **who)
    messages.success(request, _("已登记注销，历史仍可查。"))
    return redirect("enterprise", key)


@admit(*KEEPERS)
@require_POST
def reopen_one(request: HttpRequest, key: str) -> HttpResponse:
    """Take a deregistration back."""
    queries.enterprise_for(request.viewer, key, request.moment)
    who = {"by": request.viewer.person, "at": request.at}
    actions.reopen_enterprise(enterprise=key, why=request.POST.get("why", ""), **who)
    messages.success(request, _("已恢复为在营。"))
    return redirect("enterprise", key)


@admit(Role.ENTERPRISE)
@require_GET
def my_enterprise(request: HttpRequest) -> HttpResponse:
    """What the register says of one's own enterprise."""
    viewer, moment = request.viewer, request.moment
    state = queries.enterprise_for(viewer, viewer.enterprise, moment)
    context = {
        "row": queries.enterprise_rows([state], moment)[0],
        "merged": queries.merged_sentence(state, moment),
        "cards": cards_on("enterprise", viewer.enterprise, viewer, moment),
    }
    return render(request, "orgs/my_enterprise.html", context)


def _form(
    request: HttpRequest, posted: Any, state: EnterpriseState | None = None
) -> EnterpriseForm:
    viewer, moment = request.viewer, request.moment
    return EnterpriseForm(
        posted,
        homes=queries.homes_of(viewer, moment),
        counties=queries.counties_of(viewer, moment),
        state=state,
    )


def _with_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a form: 422 where what was sent doesn't hold."""
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
