"""Batches: the list, one batch with its lists and rates, and what the office does with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import listed
from luodi.common.moments import read_iso_day
from luodi.common.refusals import Incomplete, Mendable, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..choices import Part
from ..tables import entries_table, projects_table, rolled_table, stated_table


def asked_day(request: HttpRequest) -> date:
    """The day asked about: the moment's own unless an earlier one is named."""
    asked = read_iso_day(request.GET.get("day", ""))
    today = request.moment.today
    return asked if asked and asked < today else today


def _last_month(request: HttpRequest) -> str:
    """The key of the last month that is over."""
    return Period.containing(request.moment.today, "month").previous().key


def _may_change(request: HttpRequest) -> bool:
    return request.viewer.has(Role.OFFICE) and not request.moment.is_past


@admit(*BUSINESS)
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """All batches with their rates, over all of them, and by zone."""
    day = asked_day(request)
    page = queries.batches(request.viewer, request.moment, day)
    empty = _("还没有批次。专班办公室登记后会出现在这里。")
    table = rolled_table("batches", page.rows, page.titles, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("三个一批"))
    stated = queries.stated_rates(request.viewer, request.moment)
    context = {
        "page": page,
        "table": table,
        "zones": rolled_table("zones", page.zones, page.titles, {}),
        "stated": stated_table(stated) if stated else None,
        "day": day,
        "partial": not request.viewer.sees_whole_city,
        "may_change": _may_change(request),
        "publish": forms.PublishForm(initial={"period": _last_month(request)}),
    }
    return render(request, "projects/batches.html", context)


@admit(Role.OFFICE)
@require_POST
def publish_rates(request: HttpRequest) -> HttpResponse:
    """Write what the rates of a month are taken of into the dictionary."""
    form = forms.PublishForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("请填写月份，例如 2026-03。"))
    done = actions.publish_rates(
        city=request.viewer.city,
        period=form.cleaned_data["period"],
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已向指标库写入 %(n)d 个数。") % {"n": done.written})
    if done.missing:
        words = {"codes": listed(done.missing)}
        messages.warning(request, _("指标库里还没有：%(codes)s。") % words)
    return redirect("batches")


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_batch(request: HttpRequest) -> HttpResponse:
    """Register a batch; its projects come next."""
    form, error, status = forms.BatchForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                batch = actions.make_batch(
                    city=request.viewer.city,
                    title=form.cleaned_data["title"],
                    held_on=form.cleaned_data["held_on"],
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("批次已登记，请列入项目。"))
                return redirect("batch", key=batch.key)
            except Refusal as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error}
    return render(request, "projects/batch_form.html", context, status=status)


def _page(request: HttpRequest, key: str) -> queries.BatchPage:
    page = queries.batch_page(key, request.viewer, request.moment, asked_day(request))
    if page is None:
        raise NotFound(_("没有这个批次，或者它不在您的范围内。"))
    return page


def _part(said: str) -> str:
    return said if said in Part.values else Part.SIGNED.value


@admit(*BUSINESS)
@require_GET
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """One batch: rates with their working, its three lists, by zone."""
    return _show(request, key)


def _show(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    page = _page(request, key)
    part = _part(request.POST.get("part", request.GET.get("tab", "")))
    may_change = _may_change(request)
    empty = _("这个名单里还没有您范围内的项目。")
    params = request.GET.dict()
    table = entries_table(page.entries[part], params, empty, choosing=may_change)
    if table.wants_sheet:
        return sheet_response(table, page.title)
    context = {
        "page": page,
        "table": table,
        "part": part,
        "zones": rolled_table("zones", page.zones, page.titles, {}),
        "day": asked_day(request),
        "partial": not request.viewer.sees_whole_city,
        "may_change": may_change,
        "error": refusal.sentence if refusal else "",
        "why": request.POST.get("why", "") if refusal else "",
    }
    return render(
        request, "projects/batch.html", context, status=refusal.status if refusal else 200
    )


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def revise_batch(request: HttpRequest, key: str) -> HttpResponse:
    """Change a batch's title or day."""
    page = _page(request, key)
    initial = {"title": page.title, "held_on": page.held_on, "seen": page.seen}
    form, error, status = forms.BatchForm(request.POST or None, initial=initial), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.revise_batch(
                    batch=key, by=request.viewer.person, at=request.at, **form.cleaned_data
                )
                messages.success(request, _("批次已修改。"))
                return redirect("batch", key=key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "error": error, "page": page}
    return render(request, "projects/batch_form.html", context, status=status)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def add_to_batch(request: HttpRequest, key: str) -> HttpResponse:
    """Choose projects for one list, many at once."""
    page = _page(request, key)
    refused: Refusal | None = None
    part = _part(request.POST.get("part", request.GET.get("tab", "")))
    if request.method == "POST":
        try:
            count = actions.add_to_batch(
                batch=key,
                part=request.POST.get("part", ""),
                projects=request.POST.getlist("selected"),
                by=request.viewer.person,
                at=request.at,
            )
            messages.success(request, _("已列入 %(n)s 个项目。") % {"n": count})
            return redirect(f"{reverse('batch', args=[key])}?tab={part}")
        except Mendable as refusal:
            refused = refusal
    rows = queries.candidates(key, part, request.viewer, request.moment)
    empty = _("没有可列入的项目。")
    context = {
        "page": page,
        "part": part,
        "table": projects_table(rows, request.GET.dict(), empty, select=lambda row: row.key),
        "error": refused.sentence if refused else "",
    }
    status = refused.status if refused else 200
    return render(request, "projects/batch_add.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def exclude_entries(request: HttpRequest, key: str) -> HttpResponse:
    """Leave chosen projects out of the rates, with a reason."""
    return _mark(request, key, actions.exclude_entries, _("已改为不计入。"))


@admit(Role.OFFICE)
@require_POST
def put_back_entries(request: HttpRequest, key: str) -> HttpResponse:
    """Count chosen projects again."""
    return _mark(request, key, actions.put_back_entries, _("已恢复计入。"))


def _mark(request: HttpRequest, key: str, act: Callable[..., Any], done: str) -> HttpResponse:
    """Do it to the entries chosen; what is refused comes back with the words written."""
    _page(request, key)
    form = forms.EntriesForm(request.POST)
    if not form.is_valid():
        return _show(request, key, Refusal(_("请选择名单，原因不超过两万字。")))
    try:
        act(
            batch=key,
            projects=request.POST.getlist("selected"),
            by=request.viewer.person,
            at=request.at,
            **form.cleaned_data,
        )
    except Mendable as refusal:
        return _show(request, key, refusal)
    messages.success(request, done)
    return redirect(f"{reverse('batch', args=[key])}?tab={form.cleaned_data['part']}")
