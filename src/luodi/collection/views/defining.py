"""Defining a form and revising it; what the forms of a city cost its units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Incomplete, NotAllowed
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import EditionForm
from ..models import FormState
from ..queries.burden import burden_rows
from ..queries.writing import as_written, edition_fields, unit_choices
from ..rules.written import Unwritten
from ..tables import burden_table


def _page(request: HttpRequest, before: FormState | None, **more: Any) -> EditionForm:
    city = before.form.city if before else request.viewer.city
    units, zones = unit_choices(city, request.moment)
    return EditionForm(units=units, zones=zones, revises=before is not None, **more)


def _edition(form: EditionForm, city: str, before: FormState | None) -> actions.Edition:
    """The edition that a valid page says; a line that can't be read is a sentence."""
    try:
        return actions.Edition(**edition_fields(form.cleaned_data, city, before))
    except Unwritten as fault:
        words = {
            "parts": _("第 %(line)d 行的写法不对：各部分用 | 分开"),
            "about": _("第 %(line)d 行的时期不对：%(about)s"),
            "hard": _("第 %(line)d 行应写硬或软：%(about)s"),
            "indicator": _("第 %(line)d 行的指标代码不在指标目录中：%(about)s"),
        }[fault.code]
        raise Incomplete(words % {"line": fault.line, "about": fault.about}) from fault


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_form(request: HttpRequest) -> HttpResponse:
    """Define a form of one's own unit."""
    posted = request.POST if request.method == "POST" else None
    form = _page(request, None, data=posted)
    if form.is_valid():
        viewer = request.viewer
        owner = next((unit for unit, role in sorted(viewer.unit_roles) if role in DEFINERS), "")
        try:
            made = actions.define_form(
                city=viewer.city,
                owner=owner,
                code=form.cleaned_data["code"],
                edition=_edition(form, viewer.city, None),
                viewer=viewer,
                by=viewer.person,
                at=request.at,
            )
        except Incomplete as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("报表已制定。"))
            return redirect("form", made.key)
    status = 422 if form.errors else 200
    return render(request, "collection/edition.html", {"form": form}, status=status)


DEFINERS = (Role.STATISTICIAN, Role.OFFICE)


@admit(*DEFINERS)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Revise a form: filings opened from now on follow the new edition."""
    state = queries.form_for(request.viewer, key, request.moment)
    if not queries.form_page(request.viewer, key, request.moment).owned:
        raise NotAllowed(_("只有这张报表的主管单位可以办理这一步。"))
    posted = request.POST if request.method == "POST" else None
    form = _page(request, state, data=posted, initial=as_written(state))
    if form.is_valid():
        try:
            actions.revise_form(
                form=key,
                edition=_edition(form, state.form.city, state),
                seen=form.cleaned_data["seen"] or 0,
                why=form.cleaned_data["why"],
                viewer=request.viewer,
                by=request.viewer.person,
                at=request.at,
            )
        except Incomplete as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("报表已修订，今后开始的填报按新表式。"))
            return redirect("form", key)
    context = {"form": form, "state": state}
    status = 422 if form.errors else 200
    return render(request, "collection/edition.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def burden(request: HttpRequest) -> HttpResponse:
    """How many facts each unit was asked in each month, and how many it was spared."""
    rows = burden_rows(request.viewer, request.moment)
    table = burden_table(rows, request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("填报负担"))
    context = {
        "table": table,
        "asked": sum(row.asked for row in table.shown),
        "spared": sum(row.spared for row in table.shown),
    }
    return render(request, "collection/burden.html", context)
