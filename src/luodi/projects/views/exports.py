"""The approval platform's exports: brought, looked at in a dry run, taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response, whole_number
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..choices import Outcome
from ..queries.exports import export_for
from ..queries.layouts import layout_of
from ..rules.exports import FIELDS
from ..tables import dry_table, exports_table

OUTCOMES = [one for one in Outcome if one != Outcome.ALIKE]


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Bring an export; those that were brought before."""
    form, error = forms.ExportForm(request.POST or None, request.FILES or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            [(name, data)] = uploads([form.cleaned_data["file"]])
            export = actions.bring_export(
                name=name,
                data=data,
                period=form.cleaned_data["period"],
                city=request.viewer.city,
                by=request.viewer.person,
                at=request.at,
            )
            return redirect("projects_export", key=export.key)
        except Mendable as refusal:
            error = refusal.sentence
    rows = queries.exports(request.viewer, request.moment)
    context = {
        "form": form,
        "error": error,
        "table": exports_table(rows, _("还没有导入过平台的数。")),
        "past": request.moment.is_past,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/exports.html", context, status=status)


@admit(Role.OFFICE)
@require_GET
def export(request: HttpRequest, key: str) -> HttpResponse:
    """One export: what its columns are, and every line's dry run."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    form: forms.ColumnsForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = queries.export_page(key, request.viewer, request.moment)
    table = None
    if page.dry:
        table = dry_table(page.dry.lines, request.GET.dict())
        if table.wants_sheet:
            return sheet_response(table, page.file_name)
    context = {
        "page": page,
        "form": form or _columns(request, key, page),
        "table": table,
        "outcomes": [(o.label, page.dry.counts[o], o.value) for o in Outcome if o != Outcome.ALIKE]
        if page.dry
        else [],
        "odd": [line for line in page.dry.lines if line.outcome == Outcome.ODD] if page.dry else [],
        "writable": page.dry
        and sum(page.dry.counts[o] for o in (Outcome.NEW, Outcome.DIFFERENT, Outcome.ODD)),
        "error": refusal.sentence if refusal else "",
        "past": request.moment.is_past,
    }
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "projects/export.html", context, status=status)


def _columns(request: HttpRequest, key: str, page: queries.ExportPage) -> forms.ColumnsForm:
    """The columns as they were named, or as they are guessed."""
    one = export_for(key, request.viewer, request.moment)
    state = layout_of(one.layout_id, request.moment)
    initial: dict[str, Any] = {guess.field: str(guess.column or "") for guess in page.guesses}
    return forms.ColumnsForm(
        heads=page.heads, fields=FIELDS, initial={**initial, "seen": state.since_id}
    )


@admit(Role.OFFICE)
@require_POST
def name_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Say once what the columns are."""
    page = queries.export_page(key, request.viewer, request.moment)
    form = forms.ColumnsForm(request.POST, heads=page.heads, fields=FIELDS)
    if not form.is_valid():
        return _show(request, key, form)
    try:
        actions.name_columns(
            export=key,
            columns=form.columns,
            seen=form.cleaned_data["seen"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, _("各列已记住，下次同样的表不用再指定。"))
    return redirect("projects_export", key=key)


@admit(Role.OFFICE)
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take the export in as its dry run showed it."""
    odd = [n for text in request.POST.getlist("selected") if (n := whole_number(text)) is not None]
    try:
        counts = actions.take_export(
            export=key,
            token=request.POST.get("token", ""),
            odd=odd,
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal=refusal)
    messages.success(
        request, _("已写入 %(n)s 行。单位填报的数没有改动。") % {"n": counts["written"]}
    )
    return redirect("projects_export", key=key)
