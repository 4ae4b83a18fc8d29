"""Gathering the figures of a grading: what is there, tables brought, dry run, faulty lines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import SHEET, download, sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import WHOLE_CITY
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.grading_figures import indicator_names
from ..queries.grading_files import dry_run, faulty_lines, file_for, files_of
from ..tables.grading_files import dry_table, files_table


@admit(*WHOLE_CITY)
@require_http_methods(["GET", "POST"])
def grading_figures(request: HttpRequest, key: str) -> HttpResponse:
    """Which figures are there and from where; the office brings tables here."""
    viewer, moment = request.viewer, request.moment
    head = queries.grading_head(key, viewer, moment)
    form, error, status = forms.GradingFileForm(), "", 200
    if request.method == "POST":
        form, status = forms.GradingFileForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                [(name, data)] = uploads([form.cleaned_data["file"]])
                brought = actions.bring_grading_file(
                    grading=key, name=name, data=data, by=viewer.person, at=request.at
                )
                return redirect("grading_file", key=brought.key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    gathered = queries.gather(head.grading, head.rule, moment)
    names = indicator_names({place[0] for place in gathered.places}, moment)
    sources = queries.sources_of(head.grading.city, head.rule, head.grading.year, moment)
    may = head.is_office and head.state.stage == "gathering" and not moment.is_past
    context = {
        "head": head,
        "coverage": queries.coverage(head.rule, gathered, names),
        "firms": len(gathered.firms),
        "refused": sources.refused,
        "files": files_table(files_of(head, moment)),
        "form": form if may else None,
        "error": error,
    }
    return render(request, "assessment/grading_figures.html", context, status=status)


@admit(Role.OFFICE)
@require_GET
def grading_file(request: HttpRequest, key: str) -> HttpResponse:
    """Every line of a table with what would become of it."""
    return _show(request, key)


def _show(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    brought = file_for(key, viewer, moment)
    head = queries.grading_head(brought.grading_id, viewer, moment)
    dry = dry_run(brought, head.rule, moment)
    table = dry_table(dry.lines, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, brought.file.name)
    taken = next((one for one in files_of(head, moment) if one.key == key), None)
    context: dict[str, Any] = {
        "head": head,
        "brought": brought,
        "dry": dry,
        "table": table,
        "taken": taken.taken_at if taken else None,
        "faulty": dry.counts.get("faulty", 0),
        "may": head.state.stage == "gathering" and not moment.is_past,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "assessment/grading_file.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def grading_file_take(request: HttpRequest, key: str) -> HttpResponse:
    """Take a table in as its dry run showed it."""
    try:
        counts = actions.take_grading_file(
            brought=key,
            token=request.POST.get("token", ""),
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal)
    written = counts.get("new", 0) + counts.get("different", 0)
    messages.success(request, _("已写入 %s 行。有错的行没有写，可以下载改好再导入。") % written)
    return redirect("grading_file", key=key)


@admit(Role.OFFICE)
@require_GET
def grading_file_faults(request: HttpRequest, key: str) -> HttpResponse:
    """The lines with faults as an Excel file, the reason beside each."""
    brought = file_for(key, request.viewer, request.moment)
    head = queries.grading_head(brought.grading_id, request.viewer, request.moment)
    name, data = faulty_lines(brought, dry_run(brought, head.rule, request.moment))
    return download(data, name, SHEET)
