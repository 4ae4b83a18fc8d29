"""Good-faith exemptions: the list, one application with its forms, its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.languages import language
from luodi.common.refusals import NotFound, Refusal
from luodi.common.views import download, sheet_response
from luodi.documents.queries import content_of
from luodi.orgs.queries import names_of, people_of_city
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import forms, queries
from ..tables import exemptions_table


@admit(*BUSINESS)
@require_GET
def exemptions(request: HttpRequest) -> HttpResponse:
    """The applications the viewer may open."""
    rows = queries.exemptions(request.viewer, request.moment)
    empty = _("没有您可以查阅的容错申请。申请单位、审核决定的机构和指定查阅人才看得到。")
    table = exemptions_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("容错认定"))
    may_apply = request.viewer.has(*UNIT_ROLES) and not request.moment.is_past
    return render(request, "supervision/exemptions.html", {"table": table, "may_apply": may_apply})


@admit(*BUSINESS)
@require_GET
def exemption(request: HttpRequest, key: str) -> HttpResponse:
    """One application: what was said, what was found, what it covers."""
    return show(request, key)


@admit(*BUSINESS)
@require_GET
def exemption_file(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """A file of an application, for whoever may open it."""
    one = queries.exemption_for(request.viewer, key, request.moment)
    files = {file.key: file for _purpose, file in queries.files_of(one, request.moment)}
    if other not in files:
        raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
    file = files[other]
    return download(content_of(file), file.name, file.media_type)


def show(
    request: HttpRequest, key: str, refusal: Refusal | None = None, **given: Any
) -> HttpResponse:
    """The page; a form that came back keeps what was written."""
    page = queries.exemption_page(request.viewer, key, request.moment)
    context = {
        "page": page,
        "row": page.row,
        "error": refusal.sentence if refusal else "",
        **page_forms(request, page, **given),
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "supervision/exemption.html", context, status=status)


def page_forms(request: HttpRequest, page: queries.ExemptionPage, **given: Any) -> dict[str, Any]:
    """The forms of the page that the viewer may use now; one of them bound where it came back."""
    if request.moment.is_past:
        return {}
    seen = {"seen": page.seen}
    names = {move.name for move in page.moves}
    found: dict[str, Any] = {}
    if page.applies and page.state.stage == "applied":
        said = {f"{forms.exemptions.SAID}{one.key}": one.statement for one in page.conditions}
        asked = [(one.key, one.title, one.asks) for one in page.conditions]
        found["amend_form"] = forms.AmendForm(
            *given.get("amend", ()),
            initial={**seen, **said, "happened": page.state.happened},
            conditions=asked,
        )
    if page.judges and page.state.stage == "reviewing":
        conditions = [(one.key, one.title) for one in page.conditions]
        found["finding_form"] = forms.FindingForm(
            given.get("finding"), initial=seen, conditions=conditions
        )
    if page.judges:
        found["reader_form"] = forms.ReaderForm(
            given.get("reader"), people=_people(request.viewer.city)
        )
    if "grant" in names:
        covers = [(str(row.pk), row.says) for row in page.covers]
        first = {**seen, "decided_on": request.moment.today, "covers": [k for k, _s in covers]}
        found["grant_form"] = forms.GrantForm(given.get("grant"), initial=first, covers=covers)
    moves = [(move.name, move.label(language())) for move in page.moves if move.name != "grant"]
    if moves:
        found["move_form"] = forms.ExemptionMoveForm(given.get("move"), initial=seen, moves=moves)
    return found


def _people(city: str) -> list[tuple[str, str]]:
    return sorted(names_of(people_of_city(city, BUSINESS)).items(), key=lambda one: one[1])
