"""The site of one project: what it needs, which sites fit, reserving one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import NotAllowed, Refusal
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..queries.vocabularies import PLACES
from .opening import head_of
from .pipeline import WRITERS


@admit(*BUSINESS)
@require_GET
def project_sites(request: HttpRequest, key: str) -> HttpResponse:
    """Sites for one project, with the reason for every yes, no and cannot tell."""
    return _show(request, key)


@admit(*WRITERS)
@require_POST
def say_need(request: HttpRequest, key: str) -> HttpResponse:
    """Put down what the project needs."""
    head = head_of(request, key)
    form = forms.NeedForm(request.POST, zones=_zones(request))
    if not form.is_valid():
        return _show(request, key, form, status=422)
    given = dict(form.cleaned_data)
    try:
        actions.say_site_need(
            project=head.project.key,
            seen=given.pop("seen"),
            need=given,
            by=request.viewer.person,
            at=request.at,
        )
    except Refusal as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        return _show(request, key, form, refusal)
    messages.success(request, _("选址需求已保存，下面是匹配结果。"))
    return redirect("project_sites", key=key)


@admit(*WRITERS)
@require_POST
def reserve(request: HttpRequest, key: str) -> HttpResponse:
    """Reserve a site for the project; who comes second is told who was first."""
    head_of(request, key)
    try:
        actions.reserve_for_project(
            project=key,
            site=request.POST.get("site", ""),
            by=request.viewer.person,
            at=request.at,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _show(request, key, refusal=refusal)
    messages.success(request, _("已为本项目预留。"))
    return redirect("project_sites", key=key)


def _zones(request: HttpRequest) -> list[tuple[str, str]]:
    units = units_of(request.viewer.city, request.moment).filter(kind__in=PLACES)
    return [(unit.of_id, unit.name) for unit in units]


def _show(
    request: HttpRequest,
    key: str,
    form: forms.NeedForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    head = head_of(request, key)
    page = queries.siting_page(head.project, request.viewer, request.moment)
    context = {
        "head": head,
        "row": head.row,
        "may_revise": bool(head.roles),
        "page": page,
        "form": form or forms.NeedForm(initial=_initial(head, page), zones=_zones(request)),
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else status
    return render(request, "projects/siting.html", context, status=status)


def _initial(head: queries.ProjectHead, page: queries.SitingPage) -> dict[str, Any]:
    """What was said before; else the land and the zone that the project names."""
    if page.need is None:
        land = queries.amount_of(head.state, "land")
        return {"land": land, "zone": head.state.zone}
    said = {name: getattr(page.need, name) for name in ("wanted", "zone", "clean_class")}
    return {**said, **page.amounts, "seen": page.seen}
