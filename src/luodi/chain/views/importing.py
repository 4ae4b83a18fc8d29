"""A chain in from a workbook: looked at first, then done. Nothing that was sent is lost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.refusals import Conflict, Incomplete, NotAllowed, Refusal, in_words
from luodi.kit.grids import Sheet, read_grid, too_large
from luodi.kit.refusals import Refusal as KitRefusal
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.imports import ImportPlan, import_plan
from ..rules.imports import HEADS, UNCOMPUTED, as_text

STRUCTURE = ("chain", "segment", "stream", "product", "technique", "application", "firm", "code",
             "place", "certificates", "capability")  # fmt: skip
SUPPLY = ("chain", "segment", "product", "buyer", "buyer_code", "supplier", "supplier_code",
          "share", "value", "source", "since_on", "until_on")  # fmt: skip


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def import_chain(request: HttpRequest) -> HttpResponse:
    """Show what a workbook would do; do it on the second press."""
    city_map = queries.chain_map(request.viewer.city, request.moment)
    chains = sorted(city_map.chains.items(), key=lambda one: one[1])
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"chain": request.GET.get("chain", "")}
    form = forms.ImportForm(*given, initial=initial, lists={"chain": chains})
    found, error, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                form.keep(_text(form))
                done = _import(request, form, city_map.chains)
                if isinstance(done, HttpResponse):
                    return done
                found, status = done, 200
            except NotAllowed:
                raise
            except Refusal as refusal:
                error, status = refusal.sentence, refusal.status
                if isinstance(refusal, Conflict):
                    found = _plan(request, form, city_map.chains)
    context = {
        "form": form,
        "plan": found,
        "error": error,
        "side": "chains",
        "structure": [HEADS[name][0] for name in STRUCTURE],
        "supply": [HEADS[name][0] for name in SUPPLY],
    }
    return render(request, "chain/import.html", context, status=status)


def _text(form: forms.ImportForm) -> str:
    """The file sent as text, else the text in the box."""
    file = form.cleaned_data["file"]
    if file is None:
        if not form.cleaned_data["text"].strip():
            raise Incomplete(_("请选择 Excel 文件，或者把表格粘贴到框里。"))
        return str(form.cleaned_data["text"]).replace("\r\n", "\n")
    size = too_large(file.size or 0)
    if size is not None:
        raise Incomplete(in_words(size), size.code)
    grid = read_grid(file.name or "", file.read())
    if isinstance(grid, KitRefusal):
        raise Incomplete(in_words(grid), grid.code)
    return as_text(_table(sheet) for sheet in grid.shown)


def _table(sheet: Sheet) -> list[list[str]]:
    """A sheet's texts: a cell merged downwards holds for every line it covers."""
    return [
        [_cell(sheet, number, column) for column in range(1, len(row) + 1)]
        for number, row in sheet.rows()
    ]


def _cell(sheet: Sheet, row: int, column: int) -> str:
    top, left = sheet.merged_with(row, column)
    cell = sheet.at(top if left == column else row, column)
    return UNCOMPUTED if cell.kind == "uncomputed" else cell.text


def _named(form: forms.ImportForm, chains: dict[str, str]) -> str:
    """The chain that lines without one are about."""
    return form.cleaned_data["new_chain"].strip() or chains.get(form.cleaned_data["chain"], "")


def _plan(request: HttpRequest, form: forms.ImportForm, chains: dict[str, str]) -> ImportPlan:
    return import_plan(request.viewer.city, _named(form, chains), form.kept, request.moment)


def _import(
    request: HttpRequest, form: forms.ImportForm, chains: dict[str, str]
) -> HttpResponse | ImportPlan:
    """The dry run; with the token of the one that was seen, the import itself."""
    if not form.cleaned_data["looked_at"]:
        return _plan(request, form, chains)
    done = actions.import_chain(
        city=request.viewer.city,
        chain=_named(form, chains),
        text=form.kept,
        looked_at=form.cleaned_data["looked_at"],
        by=request.viewer.person,
        at=request.at,
    )
    words = {"written": done.written, "same": done.same, "left": done.left}
    said = _("已写入 %(written)s 行，没有变化 %(same)s 行，没有导入 %(left)s 行。")
    messages.success(request, said % words)
    return redirect("chains")
