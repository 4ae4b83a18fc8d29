"""Tags: all projects by tag, and the tags of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import tags_table
from .opening import head_of


@admit(*BUSINESS)
@require_GET
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag with its counts, and the projects to filter by tag."""
    page = queries.tags_page(request.viewer, request.moment)
    table = tags_table(page.rows, request.GET.dict(), _("这里还没有您范围内的项目。"))
    if table.wants_sheet:
        return sheet_response(table, _("项目标签"))
    return render(request, "projects/tags.html", {"page": page, "table": table})


@admit(*BUSINESS)
@require_GET
def project_tags(request: HttpRequest, key: str) -> HttpResponse:
    """The tags of one project, with why it has them or hasn't."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    form: forms.TagForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    head = head_of(request, key)
    found = queries.tags_of_project(head, request.moment)
    may = "office" in head.roles
    context = {
        "row": head.row,
        "may_revise": bool(head.roles),
        "tags": found,
        "form": (form or _form(found)) if may and found else None,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "projects/project_tags.html", context, status=status)


def _form(found: list[queries.TagShown], *given: object) -> forms.TagForm:
    seen = " ".join(f"{one.tagged.rule.key}={one.seen}" for one in found)
    tags = [(one.tagged.rule.key, one.title) for one in found]
    return forms.TagForm(*given, tags=tags, initial={"seen": seen})


@admit(Role.OFFICE)
@require_POST
def decide_tag(request: HttpRequest, key: str) -> HttpResponse:
    """Give a tag, deny it, or leave it to its criteria."""
    head = head_of(request, key)
    form = _form(queries.tags_of_project(head, request.moment), request.POST)
    if not form.is_valid():
        return _show(request, key, form)
    try:
        actions.decide_tag(
            project=key,
            tag=form.cleaned_data["tag"],
            decision=form.cleaned_data["decision"],
            why=form.cleaned_data["why"],
            seen=form.position,
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, form, refusal)
    messages.success(request, _("标签已认定，并记入经过。"))
    return redirect("project_tags", key=key)
