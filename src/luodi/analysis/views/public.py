"""Open data: read without signing in, from released vintages only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.tables import Table
from luodi.common.views import download, sheet_response

from ..exports import as_csv, as_json, catalogue, data_csv, data_xml, structure_xml
from ..exports.catalogue import FORMATS
from ..queries.releases import dataset, heading
from ..queries.scope import open_release, open_releases
from ..tables import dataset_rows, observation_columns

MAKERS = {
    "csv": as_csv,
    "json": as_json,
    "sdmx.csv": data_csv,
    "sdmx.xml": data_xml,
    "structure.xml": structure_xml,
}


@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    """What is open, newest first."""
    found = [heading(state) for state in open_releases()]
    return render(request, "analysis/open_data.html", {"releases": found})


@require_GET
def open_catalogue(request: HttpRequest) -> HttpResponse:
    """The same for machines: DCAT in JSON-LD."""

    def page(key: str) -> str:
        return request.build_absolute_uri(reverse("public_release", args=[key]))

    def file(key: str, ending: str) -> str:
        return request.build_absolute_uri(reverse("public_file", args=[key, ending]))

    data = catalogue([heading(state) for state in open_releases()], page, file)
    return HttpResponse(data, content_type="application/ld+json")


@require_GET
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """One vintage as a table with its definitions and files."""
    data = dataset(open_release(key))
    table = Table("open", observation_columns(data), dataset_rows(data), request.GET, "")
    if table.wants_sheet:
        return sheet_response(table, data.title)
    context = {"data": data, "table": table, "endings": list(FORMATS)}
    return render(request, "analysis/open_release.html", context)


@require_GET
def open_file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One vintage as a file."""
    maker = MAKERS.get(name)
    if maker is None:
        raise NotFound(_("没有这种格式。"))
    data = dataset(open_release(key))
    return download(maker(data), f"{data.title}.{name}", FORMATS[name])
