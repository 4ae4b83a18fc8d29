"""Self-reports: one's own, the sheet, its way through the unit; and what offices verify."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable
from luodi.common.views import whole_number
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit
from luodi.plans.rules.rights import roles_in

from .. import actions, queries
from ..choices import SelfReportStage
from ..tables import self_reports_table

VERIFIERS = (*UNIT_ROLES, Role.OFFICE, Role.STATISTICIAN)
MOST_FIELD = 6_000


@admit(*BUSINESS)
@require_GET
def self_reports(request: HttpRequest) -> HttpResponse:
    """The self-reports of one's own units, and the data one's units verify."""
    rows = queries.self_report_rows(request.viewer, request.moment)
    table = self_reports_table(rows, request.GET.dict(), _("没有需要您单位填报的自评。"))
    verify = queries.appraisals_to_verify(request.viewer, request.moment)
    return render(request, "assessment/self_reports.html", {"table": table, "verify": verify})


@admit(*BUSINESS)
@require_GET
def self_report(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet of one unit."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, refusal: Mendable | None = None, typed: Any = None
) -> HttpResponse:
    sheet = queries.sheet_of(key, request.viewer, request.moment)
    roles = roles_in(request.viewer, sheet.unit)
    now = not request.moment.is_past
    stage = sheet.state.stage
    signs = {
        SelfReportStage.AT_SECTION_HEAD: Role.SECTION_HEAD,
        SelfReportStage.AT_LEADER: Role.LEADER_IN_CHARGE,
    }.get(SelfReportStage(stage))
    clerks = {Role.CLERK, Role.ZONE_STAFF}
    faults = {cell.key: fault for cell, fault in sheet.faults}
    context = {
        "sheet": sheet,
        "rows": [
            (title, [_cell(cell, faults, typed) for cell in cells]) for title, cells in sheet.groups
        ],
        "words": typed.get("words", "") if typed else sheet.words,
        "may_write": bool(roles & clerks) and sheet.writable and now,
        "may_pass": bool(
            signs and signs in roles and request.viewer.person not in sheet.state.hands
        )
        and now,
        "may_recall": signs is not None and bool(roles & clerks) and now,
        "may_draft": bool(roles) and now,
        "indicators": list(dict.fromkeys((c.indicator, c.title) for c in sheet.cells)),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "assessment/self_report.html", context, status=status)


def _cell(cell: Any, faults: dict[str, str], typed: Any) -> tuple[Any, str, str, str]:
    """A cell with what stands in its two boxes and what is wrong with it."""
    if typed is None:
        return cell, cell.typed, cell.note, faults.get(cell.key, "")
    text, note = typed.get(f"cell-{cell.key}", ""), typed.get(f"note-{cell.key}", "")
    return cell, text, note, cell.fault_of(text, note) if cell.known is None else ""


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The draft as posted."""
    post = {name: value[:MOST_FIELD] for name, value in request.POST.items()}
    return {
        "version": whole_number(post.get("version", "")) or 0,
        "cells": {n[5:]: v for n, v in post.items() if n.startswith("cell-")},
        "notes": {n[5:]: v for n, v in post.items() if n.startswith("note-")},
        "words": request.POST.get("words", "")[:30_000],
    }


@admit(*UNIT_ROLES)
@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the draft; with `submit`, hand it in as it then stands."""
    who = {"viewer": request.viewer, "by": request.viewer.person, "at": request.at}
    try:
        draft = actions.save_self_report(self_report=key, **_typed(request), **who)
        if "submit" in request.POST:
            actions.submit_self_report(self_report=key, version=draft.version, **who)
            messages.success(request, _("已提交。"))
        else:
            messages.success(request, _("草稿已保存。"))
    except Mendable as refusal:
        return _show(request, key, refusal, request.POST)
    return redirect("appraisal_self_report", key=key)


@admit(*UNIT_ROLES)
@require_POST
def evidence(request: HttpRequest, key: str) -> HttpResponse:
    """Keep files beside an indicator."""

    def act(**who: Any) -> None:
        files = uploads(request.FILES.getlist("files"))
        indicator = request.POST.get("indicator", "")[:60]
        actions.attach_figure_evidence(self_report=key, indicator=indicator, files=files, **who)

    return _do(request, key, act, _("材料已上传。"))


@admit(*UNIT_ROLES)
@require_POST
def pass_on(request: HttpRequest, key: str) -> HttpResponse:
    """The section head passes it on, the leader signs it off."""
    seen = whole_number(request.POST.get("seen", "")) or 0
    return _do(
        request, key,
        lambda **who: actions.pass_self_report(self_report=key, seen=seen, **who), _("已审核。"),
    )  # fmt: skip


@admit(*UNIT_ROLES)
@require_POST
def give_back(request: HttpRequest, key: str) -> HttpResponse:
    """Back to the clerk: returned with a reason, or taken back."""
    seen, why = whole_number(request.POST.get("seen", "")) or 0, request.POST.get("why", "")
    return _do(
        request, key,
        lambda **who: actions.return_self_report(self_report=key, seen=seen, why=why, **who),
        _("已退回经办人。"),
    )  # fmt: skip


def _do(request: HttpRequest, key: str, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        act(viewer=request.viewer, by=request.viewer.person, at=request.at)
    except Mendable as refusal:
        return _show(request, key, refusal)
    messages.success(request, done)
    return redirect("appraisal_self_report", key=key)


@admit(*BUSINESS)
@require_GET
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """What the viewer's units answer for, over all units assessed."""
    return _show_verify(request, key)


def _show_verify(
    request: HttpRequest, key: str, refusal: Mendable | None = None, typed: Any = None
) -> HttpResponse:
    page = queries.verifying_page(key, request.viewer, request.moment)
    said = typed or {}
    context = {
        "page": page,
        "held": page.held,
        "rows": [(row, said.get(f"own-{row.key}", "")) for row in page.rows],
        "why": said.get("why", ""),
        "chosen": typed.getlist("selected") if typed else [],
        "may": not request.moment.is_past and page.waiting > 0,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "assessment/appraisal_verify.html", context, status=status)


@admit(*VERIFIERS)
@require_POST
def decide_figures(request: HttpRequest, key: str) -> HttpResponse:
    """Accept the ticked figures, or return them with a reason."""
    chosen = request.POST.getlist("selected")
    who = {"viewer": request.viewer, "by": request.viewer.person, "at": request.at}
    try:
        if "return" in request.POST:
            why = request.POST.get("why", "")
            count = actions.return_figures(appraisal=key, figures=chosen, why=why, **who)
            messages.success(request, _("已退回 %(n)s 个数。") % {"n": count})
        else:
            own = {n[4:]: v[:60] for n, v in request.POST.items() if n.startswith("own-")}
            count = actions.accept_figures(appraisal=key, figures=chosen, own=own, **who)
            messages.success(request, _("已核验 %(n)s 个数。") % {"n": count})
    except Mendable as refusal:
        return _show_verify(request, key, refusal, request.POST)
    return redirect(reverse("appraisal_verify", args=[key]))
