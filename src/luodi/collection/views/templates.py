"""A superior's table: brought, confirmed once, filled, the rest asked of the units."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.moments import LOCAL, read_iso_day
from luodi.common.refusals import Incomplete
from luodi.common.views import SHEET, download, sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions
from ..choices import Beside, Held
from ..queries.templates import filled_file, request_for, request_page, table_requests
from ..tables import request_table
from .workbooks import given_file

KEEPERS = (Role.STATISTICIAN, Role.OFFICE)


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def table_list(request: HttpRequest) -> HttpResponse:
    """The superior's tables; a new one is brought here."""
    if request.method == "POST":
        name, data = given_file(request)
        cities = sorted(request.viewer.cities)
        brought = actions.bring_table(
            name=name, data=data, period=request.POST.get("period", ""), city=cities[0],
            viewer=request.viewer, by=request.viewer.person, at=request.at,
        )  # fmt: skip
        return redirect("table_request", brought.key)
    table = request_table(table_requests(request.viewer, request.moment), request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("上级表"))
    return render(request, "collection/tables.html", {"table": table})


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def table_request(request: HttpRequest, key: str) -> HttpResponse:
    """One table: what each cell is, to be confirmed once; what is known and what is missing."""
    if request.method == "POST":
        mapping = actions.confirm_template(
            table=key, posted=request.POST.dict(),
            seen=whole_number(request.POST.get("seen", "")) or 0,
            viewer=request.viewer, by=request.viewer.person, at=request.at,
        )  # fmt: skip
        count = len(mapping.cells)
        said = _("已记住 %(count)d 格，下一期的同一张表不用再核对。")
        messages.success(request, said % {"count": count})
        return redirect("table_request", key)
    page = request_page(request.viewer, key, request.moment)
    imports = request.viewer.acts_for(page.request.unit, Role.STATISTICIAN)
    shown = {"page": page, "abouts": Beside.choices, "imports": imports}
    return render(request, "collection/table.html", shown)


@admit(*KEEPERS)
@require_GET
def table_filled(request: HttpRequest, key: str) -> HttpResponse:
    """The superior's own file with what is known."""
    name, data = filled_file(request.viewer, key, request.moment)
    return download(data, name, SHEET)


@admit(*KEEPERS)
@require_POST
def table_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Send the rest to the units."""
    request_for(request.viewer, key, request.moment)
    day = read_iso_day(request.POST.get("due_on", ""))
    if day is None:
        raise Incomplete(_("请写明报送截止时间，要晚于现在。"))
    form = actions.ask_rest(
        table=key, due_at=datetime.combine(day, time(23, 59, 59), LOCAL),
        viewer=request.viewer, by=request.viewer.person, at=request.at,
    )  # fmt: skip
    messages.success(request, _("已发给有关单位填报；报上来的数随即填进这张表。"))
    return redirect("form", form.key)


@admit(Role.STATISTICIAN)
@require_POST
def table_import(request: HttpRequest, key: str) -> HttpResponse:
    """Take in the figures that the table holds already."""
    taken = actions.import_held(
        table=key, seen=whole_number(request.POST.get("seen", "")) or 0,
        replacing=set(request.POST.getlist("replace")),
        viewer=request.viewer, by=request.viewer.person, at=request.at,
    )  # fmt: skip
    gone = sum(row.standing == Held.GONE for row in taken)
    said = _("已导入 %(count)d 个数，来源记为这张表。") % {"count": len(taken) - gone}
    if not taken:
        said = _("表里没有新的数，没有导入。")
    messages.success(request, said)
    if gone:
        messages.info(request, _("已撤销 %(count)d 个表里不再有的数。") % {"count": gone})
    return redirect("table_request", key)
