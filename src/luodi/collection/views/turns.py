"""A period of a form: who has handed in, who hasn't, who is late."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.keys import subject_key
from luodi.common.periods import period_label
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, queries
from ..queries.history import history
from ..rules.rights import reviews
from ..tables import progress_table


@admit(*BUSINESS)
@require_GET
def turn(request: HttpRequest, key: str) -> HttpResponse:
    """How the collection of one period stands."""
    viewer, moment = request.viewer, request.moment
    state = queries.turn_for(viewer, key, moment)
    form = queries.form_for(viewer, state.turn.form_id, moment)
    progress = queries.progress_of(key, viewer, moment)
    owned = reviews(viewer, state.turn.unit) and not moment.is_past
    table = progress_table(progress.rows, request.GET, choosing=owned and progress.missing > 0)
    if table.wants_sheet:
        return sheet_response(table, f"{form.title[:20]} {state.turn.period}")
    context = {
        "state": state,
        "form": form,
        "period_label": period_label(state.turn.period),
        "progress": progress,
        "table": table,
        "owned": owned,
        "entries": history(subject_key("turn", key), viewer, moment),
    }
    return render(request, "collection/turn.html", context)


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_POST
def close_turn(request: HttpRequest, key: str) -> HttpResponse:
    """Close a period."""
    actions.close_turn(
        turn=key, why=request.POST.get("why", ""), viewer=request.viewer,
        by=request.viewer.person, at=request.at,
    )  # fmt: skip
    messages.success(request, _("这一期已截止。"))
    return redirect("turn", key)


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_POST
def reopen_turn(request: HttpRequest, key: str) -> HttpResponse:
    """Open a closed period again."""
    actions.reopen_turn(
        turn=key, why=request.POST.get("why", ""), viewer=request.viewer,
        by=request.viewer.person, at=request.at,
    )  # fmt: skip
    messages.success(request, _("这一期已重新开放。"))
    return redirect("turn", key)


@admit(Role.STATISTICIAN, Role.OFFICE)
@require_POST
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """Remind those who are ticked, or everybody who hasn't handed in."""
    told = actions.remind_respondents(
        turn=key, filings=request.POST.getlist("selected"), viewer=request.viewer,
        by=request.viewer.person, at=request.at,
    )  # fmt: skip
    messages.success(request, _("已提醒 %(told)d 人；今天已提醒过的不再重复。") % {"told": told})
    return redirect("turn", key)
