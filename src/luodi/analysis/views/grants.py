"""Sharing series with departments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.moments import read_iso_day
from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.indicators.choices import Purpose
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions
from ..choices import Basis, GrantUse
from ..queries import grants as queries
from ..queries.scope import readable_definitions
from ..queries.units import NO_SERIES, ordered_units
from ..tables import GRANTS

GIVERS = (Role.OFFICE, Role.STATISTICIAN)


@admit(*BUSINESS)
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """What is shared with whom; for a department, what is shared with it."""
    viewer, moment = request.viewer, request.moment
    rows = queries.grant_rows(viewer, moment)
    empty = _("这里放共享授权：哪些数给哪个部门看，作什么用，到哪天为止。")
    table = Table("grants", GRANTS, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("授权"))
    may_give = viewer.has(*GIVERS) and not moment.is_past
    units = [u for u in ordered_units(viewer, moment) if u.kind not in NO_SERIES]
    context = {
        "table": table,
        "may_give": may_give,
        "units": units if may_give else [],
        "indicators": readable_definitions(viewer, moment) if may_give else [],
        "uses": GrantUse.choices,
        "purposes": Purpose.choices,
        "bases": Basis.choices,
    }
    return render(request, "analysis/grants.html", context)


@admit(*GIVERS)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Share some series with a department."""
    sent = request.POST
    actions.grant_series(
        city=request.viewer.city,
        unit=sent.get("to", ""),
        indicators=sent.getlist("indicator"),
        units=[unit for unit in sent.getlist("unit") if unit],
        purpose=sent.get("purpose", ""),
        basis=sent.get("of", ""),
        use=sent.get("use", ""),
        until_on=read_iso_day(sent.get("until", "")),
        detail=sent.get("detail", "totals"),
        why=sent.get("why", ""),
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已授权。对方每次查看都留痕。"))
    return redirect("grants")


@admit(*BUSINESS)
@require_GET
def grant(request: HttpRequest, key: str) -> HttpResponse:
    """One grant, and who read through it."""
    row = queries.grant_row(request.viewer, key, request.moment)
    may_give = request.viewer.has(*GIVERS) and not request.moment.is_past
    context = {
        "grant": row,
        "readings": queries.readings(key, request.moment),
        "may_revoke": may_give and row.running,
    }
    return render(request, "analysis/grant.html", context)


@admit(*GIVERS)
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take a grant back, with a reason."""
    why = request.POST.get("why", "")
    actions.revoke_grant(grant=key, why=why, by=request.viewer.person, at=request.at)
    messages.success(request, _("已收回，对方从现在起看不到了。"))
    return redirect("grant", key=key)
