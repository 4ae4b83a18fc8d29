"""The list, the board, a project's page, and what can be done from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import Mendable, NotAllowed, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.sources import lead_of_target
from ..queries.vocabularies import unit_choices
from ..rules import AMOUNTS, check_details
from ..tables import projects_table
from .opening import token_of

WRITERS = (Role.OFFICE, *UNIT_ROLES)
LIBRARIES = {
    "": ("projects", gettext_lazy("全部")),
    "leads": ("projects_leads", gettext_lazy("线索库")),
    "talks": ("projects_talks", gettext_lazy("洽谈库")),
    "signing": ("projects_signing", gettext_lazy("签约库")),
    "building": ("projects_building", gettext_lazy("建设库")),
}


@admit(*BUSINESS)
@require_GET
def projects(request: HttpRequest, library: str = "") -> HttpResponse:
    """All projects in the viewer's scope in one table, or one library of them, with roll-ups."""
    every = queries.projects(request.viewer, request.moment)
    rows = [row for row in every if not library or row.library == library]
    empty = _("这里还没有您范围内的项目。登记线索后会出现在这里。")
    table = projects_table(rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("项目"))
    context = {
        "table": table,
        "library": library,
        "tabs": tabs_of(every),
        "by_stage": queries.totals_by(table.shown, lambda r: r.order, lambda r: r.stage_label),
        "by_zone": queries.totals_by(
            sorted(table.shown, key=lambda r: r.zone), lambda r: r.zone_unit, lambda r: r.zone
        ),
        "may_open": request.viewer.has(*WRITERS),
    }
    return render(request, "projects/list.html", context)


def tabs_of(rows: list[queries.Row]) -> list[tuple[str, str, Any, int]]:
    """Key, address name, label and count of each library."""
    return [
        (key, name, label, sum(not key or row.library == key for row in rows))
        for key, (name, label) in LIBRARIES.items()
    ]


@admit(*BUSINESS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The pipeline as columns of cards."""
    rows = queries.projects(request.viewer, request.moment)
    context = {
        "columns": queries.board(rows, request.viewer.city, request.moment),
        "tabs": tabs_of(rows),
        "may_open": request.viewer.has(*WRITERS),
    }
    return render(request, "projects/board.html", context)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """Register a project; look-alikes and odd amounts are shown once before it is saved."""
    unit = request.viewer.unit
    choices = _choices(request)
    initial = {"lead": unit, "zone": unit if unit in dict(choices["zones"]) else ""}
    target = request.GET.get("target", "")[:40] if request.method == "GET" else ""
    if target:
        initial |= lead_of_target(request.viewer, target, request.moment)
    form = forms.NewForm(request.POST or None, initial=initial, **choices)
    error, warned = "", []
    if request.method == "POST" and form.is_valid():
        try:
            warned = _to_look_at(request, form.cleaned_data)
            if not warned:
                project = actions.open_lead(
                    city=request.viewer.city,
                    details=form.cleaned_data,
                    target=form.cleaned_data["target"],
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("项目已登记。"))
                return redirect("project", key=project.key)
        except Refusal as refusal:
            error = refusal.sentence
    context = {"form": form, "error": error, "warned": warned, "token": _token(warned)}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/new.html", context, status=status)


def _to_look_at(request: HttpRequest, given: dict[str, Any], but: str = "") -> list[queries.Warned]:
    """Warnings that the person hasn't seen yet; none where exactly these were looked at."""
    checked = check_details(given)
    warned = queries.warnings_about(request.viewer, checked, request.moment, but)
    return warned if given.get("looked_at") != _token(warned) else []


def _token(warned: Iterable[queries.Warned]) -> str:
    """What stands for a set of warnings, so that new ones are shown again."""
    return token_of(f"{one.key} {one.sentence}" for one in warned)


def _choices(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """Units, zones and modes to choose from."""
    city = request.viewer.city
    units, zones = unit_choices(city, request.moment)
    modes = queries.modes_at(city, request.moment)
    return {
        "units": units,
        "zones": zones,
        "modes": [(rule.key, titled(rule)) for rule in modes],
    }


@admit(*BUSINESS)
@require_GET
def project(request: HttpRequest, key: str) -> HttpResponse:
    """One project: facts, where it may go and why not, how it came about."""
    return _show(request, key)


def _page(request: HttpRequest, key: str) -> queries.ProjectPage:
    page = queries.project_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return page


def _show(
    request: HttpRequest,
    key: str,
    moving: forms.MoveForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = _page(request, key)
    form = moving or _move_form(page)
    context = {
        "page": page,
        "row": page.row,
        "state": page.state,
        "may_revise": page.may_revise,
        "may_resume": page.continuing,
        "may_unmerge": bool(
            page.merge and request.viewer.has(*WRITERS) and not request.moment.is_past
        ),
        "move_form": form,
        "next": [way for way in page.ways if not way.back],
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if moving else 200
    return render(request, "projects/project.html", context, status=status)


def _move_form(page: queries.ProjectPage, *given: Any) -> forms.MoveForm:
    """The form of a move with the stages this viewer may move into."""
    stages = [(way.key, way.label) for way in page.ways if way.allowed]
    ahead = next((way.key for way in page.ways if way.allowed and not way.back), "")
    initial = {"seen": page.seen, "to": ahead}
    office = "office" in page.roles
    return forms.MoveForm(*given, initial=initial, stages=stages, may_override=office)


@admit(*WRITERS)
@require_POST
def move_project(request: HttpRequest, key: str) -> HttpResponse:
    """Make a move. What is refused comes back with the words the person wrote."""
    page = _page(request, key)
    if not page.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以移动项目。"))
    form = _move_form(page, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, form)
    given = form.cleaned_data
    try:
        given["evidence"] = uploads(given["evidence"])
        actions.move_project(project=key, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, _("已移动，并记入经过。"))
    return redirect("project", key=key)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def revise_project(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is known of a project."""
    page = _page(request, key)
    if not page.may_revise:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以修改项目。"))
    form = forms.RevisionForm(request.POST or None, initial=_initial(page), **_choices(request))
    refused, warned = None, []
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            warned = _to_look_at(request, given, key)
            if not warned:
                _revise(request, key, given)
                messages.success(request, _("项目已修改。"))
                return redirect("project", key=key)
        except Mendable as refusal:
            refused = refusal
    context = {
        "page": page,
        "form": form,
        "error": refused.sentence if refused else "",
        "warned": warned,
        "token": _token(warned),
    }
    status = refused.status if refused else 422 if request.method == "POST" else 200
    return render(request, "projects/revise.html", context, status=status)


def _revise(request: HttpRequest, key: str, given: dict[str, Any]) -> None:
    why, seen = given.pop("why"), given.pop("seen")
    actions.revise_project(
        project=key, details=given, why=why, seen=seen, by=request.viewer.person, at=request.at
    )


def _initial(page: queries.ProjectPage) -> dict[str, Any]:
    """What the form of a revision shows at first."""
    names = [name for name in forms.ProjectForm.base_fields if name not in AMOUNTS]
    shown = {name: getattr(page.state, name) for name in names}
    amounts = {name: queries.amount_of(page.state, name) for name in AMOUNTS}
    return {**shown, **amounts, "seen": page.seen}
