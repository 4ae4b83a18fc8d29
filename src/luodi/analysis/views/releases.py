"""Releasing vintages, reading them, comparing two."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.common.tables import Table
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.queries import names_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions
from ..queries import pivots
from ..queries import releases as queries
from ..queries.scope import Reader, release_for
from ..queries.units import units_asked
from ..rules.questions import read_question
from ..tables import DIFFERENCES, RELEASES, dataset_rows, observation_columns

RELEASERS = (Role.OFFICE, Role.STATISTICIAN)


@admit(*BUSINESS)
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """Every release of the city, newest first."""
    rows = queries.release_rows(request.viewer, request.moment)
    empty = _("这里放已发布的数据。在透视页面选好指标和时期，点“发布”，之后就可以引用。")
    table = Table("releases", RELEASES, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("发布"))
    return render(request, "analysis/releases.html", {"table": table})


@admit(*RELEASERS)
@require_http_methods(["GET", "POST"])
def new_release(request: HttpRequest) -> HttpResponse:
    """Release what a pivot shows: its position goes with the form."""
    sent = request.POST if request.method == "POST" else request.GET
    question = read_question(dict(sent.lists()), pivots.WORDS, request.moment.today)
    if question.is_cut:
        raise Incomplete(_("发布按归口单位汇总的数；请先把汇总方式改为“按归口单位”。"))
    viewer = request.viewer
    if request.method == "POST":
        made = actions.release_figures(
            city=viewer.city,
            label=sent.get("label", ""),
            purpose=question.purpose,
            basis=question.basis,
            indicators=question.indicators,
            units=units_asked(viewer, question, request.moment),
            periods=[period.key for period in question.periods],
            position=whole_number(sent.get("position", "")) or 0,
            note=sent.get("note", ""),
            by=viewer.person,
            at=request.at,
        )
        messages.success(request, _("已发布，编号 %d。") % made.number)
        return redirect("release", key=made.key)
    position = request.moment.position or queries.last_position()
    moment = Moment(request.moment.at, position)
    found = pivots.pivot(Reader(viewer), question, moment)
    context = {"pivot": found, "question": question, "position": position, "moment_shown": moment}
    return render(request, "analysis/new_release.html", context)


@admit(*BUSINESS)
@require_GET
def release(request: HttpRequest, key: str) -> HttpResponse:
    """What was released, as it stood; down as Excel."""
    state = release_for(request.viewer, key, request.moment)
    data = queries.dataset(state)
    columns = observation_columns(data)
    table = Table("release", columns, dataset_rows(data), request.GET, _("没有数。"))
    if table.wants_sheet:
        return sheet_response(table, data.title)
    people = names_of({state.release.act.by})
    context = {
        "state": state,
        "row": queries.release_row(state, people),
        "data": data,
        "table": table,
        "others": [r for r in queries.release_rows(request.viewer, request.moment) if r.key != key],
        "may_change": request.viewer.has(*RELEASERS)
        and not request.moment.is_past
        and state.stage == "released",
    }
    return render(request, "analysis/release.html", context)


@admit(*BUSINESS)
@require_GET
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """The cells of a release beside what another release, or the present, says of them."""
    viewer, moment = request.viewer, request.moment
    state = release_for(viewer, key, moment)
    wanted = request.GET.get("with", "")
    other = release_for(viewer, wanted, moment) if wanted else None
    if other and other.release.city != state.release.city:
        raise NotFound(_("没有这次发布。"))
    now = moment_at(moment.position or queries.last_position())
    second = moment_at(other.release.position) if other else now
    rows = queries.differences(state.release, moment_at(state.release.position), second, viewer)
    table = Table("differences", DIFFERENCES, rows, request.GET, _("没有数。"))
    if table.wants_sheet:
        return sheet_response(table, _("对比"))
    context = {"state": state, "other": other, "table": table, "second": second}
    return render(request, "analysis/compare.html", context)


@admit(*RELEASERS)
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a release back, with a reason."""
    why = request.POST.get("why", "")
    actions.withdraw_release(release=key, why=why, by=request.viewer.person, at=request.at)
    messages.success(request, _("已撤回。公开页面不再显示它；内部仍可查阅当时的数。"))
    return redirect("release", key=key)


@admit(*RELEASERS)
@require_POST
def open_up(request: HttpRequest, key: str) -> HttpResponse:
    """Open a release to everybody, or close it again."""
    is_open = request.POST.get("open") == "1"
    actions.open_to_all(release=key, is_open=is_open, by=request.viewer.person, at=request.at)
    messages.success(request, _("已公开。") if is_open else _("已不再公开。"))
    return redirect("release", key=key)
