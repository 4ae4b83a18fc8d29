"""Results from above: the list, a zone's page, and a table taken in after its dry run."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Conflict, Incomplete, Mendable, in_words
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.kit.grids import read_grid
from luodi.kit.refusals import Refusal as KitRefusal
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import ExternalForm
from ..queries.externals import ExternalPlan
from ..rules.externals import read_table
from ..tables import externals_table


@admit(*BUSINESS)
@require_GET
def externals(request: HttpRequest) -> HttpResponse:
    """All results from above in the city."""
    rows = queries.external_rows(request.viewer, request.moment)
    table = externals_table(rows, request.GET.dict(), _("还没有登记上级考核结果。"))
    if table.wants_sheet:
        return sheet_response(table, _("上级考核结果"))
    may = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    return render(request, "assessment/externals.html", {"table": table, "may_import": may})


@admit(*BUSINESS)
@require_GET
def external_zone(request: HttpRequest, key: str) -> HttpResponse:
    """One zone by year, and the rank to expect."""
    own = queries.own_places(request.viewer, key, request.moment)
    page = queries.zone_page(request.viewer, key, request.moment, own)
    table = externals_table(page.rows, request.GET.dict(), _("这个开发区还没有上级考核结果。"))
    if table.wants_sheet:
        return sheet_response(table, page.name)
    return render(request, "assessment/external_zone.html", {"page": page, "table": table})


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def external_import(request: HttpRequest) -> HttpResponse:
    """Show what a table would do; do it on the second press. Nothing that was sent is lost."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExternalForm(*given)
    plan, error, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                form.keep(_text(form))
                done = _import(request, form)
                if isinstance(done, HttpResponse):
                    return done
                plan, status = done, 200
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
                plan = _again(request, form, refusal)
    context = {"form": form, "plan": plan, "error": error}
    return render(request, "assessment/external_import.html", context, status=status)


def _text(form: ExternalForm) -> str:
    """The lines of the file sent as text with tabs, else what stands in the box."""
    file = form.cleaned_data["file"]
    if file is None:
        if not form.cleaned_data["text"].strip():
            raise Incomplete(_("请选择文件，或者把表格粘贴到框里。"))
        return str(form.cleaned_data["text"])
    [(name, data)] = uploads([file])
    grid = read_grid(name, data)
    if isinstance(grid, KitRefusal):
        raise Incomplete(in_words(grid), grid.code)
    for sheet in grid.shown:
        rows = [(n, [" ".join(c.text.split()) for c in cells]) for n, cells in sheet.rows()]
        if read_table(rows) is not None:
            return "\n".join("\t".join(cells) for _n, cells in rows)
    raise Incomplete(_("没有找到表头：至少要有“开发区”“年度”“级别”“依据文件”四列。"))


def _import(request: HttpRequest, form: ExternalForm) -> HttpResponse | ExternalPlan:
    """The dry run; with the token of the one that was seen, the import itself."""
    if not form.cleaned_data["looked_at"]:
        return queries.external_plan(request.viewer.city, form.kept, request.moment)
    done = actions.import_externals(
        city=request.viewer.city,
        text=form.kept,
        looked_at=form.cleaned_data["looked_at"],
        why=form.cleaned_data["why"],
        by=request.viewer.person,
        at=request.at,
    )
    said = _("已登记：新增 %(new)s 条，更改 %(changed)s 条，没有变化 %(same)s 条。")
    words = {"new": done.new, "changed": done.changed, "same": done.same}
    messages.success(request, said % words)
    return redirect("assessment_externals")


def _again(request: HttpRequest, form: ExternalForm, refusal: Mendable) -> ExternalPlan | None:
    """The dry run beside a refusal, where the table could be read."""
    looked = form.cleaned_data.get("looked_at") or isinstance(refusal, Conflict)
    if not form.kept or not looked:
        return None
    try:
        return queries.external_plan(request.viewer.city, form.kept, request.moment)
    except Mendable:
        return None
