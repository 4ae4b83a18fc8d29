"""The map of projects."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import queries
from ..cards import map_drawing
from ..tables import places_table
from .pipeline import LIBRARIES, WRITERS, tabs_of


@admit(*BUSINESS)
@require_GET
def project_map(request: HttpRequest) -> HttpResponse:
    """Projects by county and zone: drawn where the pack gives areas, and as a table."""
    measure = request.GET.get("measure", "")
    measure = measure if measure in queries.MEASURES else "count"
    library = request.GET.get("library", "")
    library = library if library in LIBRARIES else ""
    page = queries.map_page(request.viewer, request.moment, measure, library)
    table = places_table(page, request.GET.dict(), _("没有您范围内的项目，规则包也没有给出区域。"))
    if table.wants_sheet:
        return sheet_response(table, _("项目地图"))
    context = {
        "page": page,
        "table": table,
        "drawing": map_drawing(page),
        "measures": [(key, label) for key, label in queries.MEASURES.items()],
        "libraries": [(key, label) for key, (_name, label) in LIBRARIES.items()],
        "chosen": library,
        "tabs": tabs_of(queries.projects(request.viewer, request.moment)),
        "side": "map",
        "may_open": request.viewer.has(*WRITERS),
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/map.html", context)
