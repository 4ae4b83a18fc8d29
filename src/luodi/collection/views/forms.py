"""Forms: the list, one of them, opening a period by hand."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, read_iso_day
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..queries.history import history
from ..tables import form_table


@admit(*BUSINESS)
@require_GET
def forms_list(request: HttpRequest) -> HttpResponse:
    """Every form with its number, authority, approval and validity."""
    table = form_table(queries.forms_list(request.viewer, request.moment), request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("报表目录"))
    may_define = request.viewer.has(Role.STATISTICIAN, Role.OFFICE) and not request.moment.is_past
    context = {"table": table, "may_define": may_define}
    return render(request, "collection/forms.html", context)


@admit(*BUSINESS)
@require_GET
def form(request: HttpRequest, key: str) -> HttpResponse:
    """One form: what it asks, of whom, by when; its periods and editions."""
    page = queries.form_page(request.viewer, key, request.moment)
    context = {
        "page": page,
        "owned": page.owned and not request.moment.is_past,
        "entries": history(subject_key("form", key), request.viewer, request.moment),
    }
    return render(request, "collection/form.html", context)


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_POST
def open_turn(request: HttpRequest, key: str) -> HttpResponse:
    """Open a period by hand."""
    day = read_iso_day(request.POST.get("due_on", ""))
    turn = actions.open_turn(
        form=key,
        period=request.POST.get("period", ""),
        due_at=datetime.combine(day, time(23, 59, 59), LOCAL) if day else None,
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已开始填报，填报单位会收到消息。"))
    return redirect("turn", turn.key)


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Stop asking with a form."""
    actions.retire_form(
        form=key, why=request.POST.get("why", ""), viewer=request.viewer,
        by=request.viewer.person, at=request.at,
    )  # fmt: skip
    messages.success(request, _("报表已停用，已报的数仍在。"))
    return redirect("form", key)
