"""What I have to fill in, and one filing: the sheet, its draft, handing it in."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL
from luodi.common.refusals import Incomplete, Refusal
from luodi.common.views import sheet_response, whole_number
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, ENTERPRISES, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, queries
from ..actions.drafts import Saved
from ..choices import Stage
from ..flows import CHECKER, REVIEWER
from ..queries.editions import editions_of
from ..queries.grids import by_name, grid_of, sheet_data
from ..queries.history import history
from ..rules.rights import parts_of
from ..tables import filing_table

READERS = BUSINESS | ENTERPRISES
RESPONDENTS = UNIT_ROLES | ENTERPRISES
MOST_BYTES = 4_000_000
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
INLINE = 400
"""Cells up to which the plain form comes along for a browser without scripts."""


@admit(*READERS)
@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """What the viewer is asked for, due first."""
    rows = queries.my_filings(request.viewer, request.moment)
    table = filing_table(rows, request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("填报"))
    waiting = queries.waiting_filings(request.viewer, request.moment)
    may_keep = request.viewer.has(Role.STATISTICIAN, Role.OFFICE)
    context = {"table": table, "rows": rows, "waiting": len(waiting), "may_keep": may_keep}
    return render(request, "collection/filings.html", context)


@admit(*READERS)
@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest, key: str) -> HttpResponse:
    """One filing: the sheet, a plain form for who has no scripts, and what happened to it."""
    viewer, moment = request.viewer, request.moment
    row = queries.filing_for(viewer, key, moment)
    if request.method == "POST":
        return _save_page(request, key)
    sheet = queries.sheet_of(viewer, key, moment)
    parts = parts_of(viewer, sheet.standing.filing)
    plain = bool(request.GET.get("plain"))
    small = len(sheet.layout.rows) * len(sheet.layout.columns) <= INLINE
    stage, two = row.stage, sheet.standing.edition.review_levels == 2
    final = Stage.CHECKED if two else Stage.SUBMITTED
    accepts = {REVIEWER} if stage == final else set()
    returns = {Stage.SUBMITTED: {CHECKER, REVIEWER}, Stage.CHECKED: {REVIEWER}}.get(stage, set())
    context = {
        "row": row,
        "sheet": sheet,
        "plain": plain,
        "grid": grid_of(sheet, viewer, moment) if plain or small else [],
        "may_accept": bool(accepts & parts) and not moment.is_past,
        "may_check": two and stage == Stage.SUBMITTED and CHECKER in parts and not moment.is_past,
        "may_return": bool(returns & parts) and not moment.is_past,
        "editions": editions_of(sheet, moment),
        "may_correct": row.stage == "accepted"
        and not moment.is_past
        and (REVIEWER in parts or (row.mine and sheet.standing.running)),
        "may_keep": row.mine and bool(sheet.standing.state.accepted) and row.writable,
        "entries": history(subject_key("filing", key), viewer, moment),
    }
    return render(request, "collection/filing.html", context)


@admit(*READERS)
@require_GET
def sheet(request: HttpRequest, key: str) -> JsonResponse:
    """The sheet as data: columns, rows, cells as typed, what is known, what is wrong."""
    found = queries.sheet_of(request.viewer, key, request.moment)
    return JsonResponse(sheet_data(found, request.viewer, request.moment))


@admit(*RESPONDENTS)
@require_POST
def draft(request: HttpRequest, key: str) -> JsonResponse:
    """Keep what is typed: JSON in, JSON out; a refusal is a sentence with its status."""
    try:
        queries.filing_for(request.viewer, key, request.moment)
        said = _posted(request)
        saved = actions.save_draft(
            filing=key,
            version=said["version"],
            cells=said["cells"],
            explanations=said["explanations"],
            viewer=request.viewer,
            by=request.viewer.person,
            at=request.at,
        )
    except Refusal as refusal:
        body = {"sentence": refusal.sentence, "code": refusal.code}
        return JsonResponse(body, status=refusal.status)
    return JsonResponse(_saved(saved))


def _saved(saved: Saved) -> dict[str, Any]:
    return {
        "version": saved.version,
        "merged": saved.merged,
        "conflicts": by_name(saved.conflicts),
        "faults": [asdict(fault) for fault in saved.faults],
        "saved": _("已保存 %(time)s")
        % {"time": saved.saved_at.astimezone(LOCAL).strftime("%H:%M")},
    }


def _posted(request: HttpRequest) -> dict[str, Any]:
    """The body of a draft: version, cells and explanations, each of its kind."""
    if request.content_type != "application/json":
        raise Incomplete(_("存的内容读不懂，请刷新页面再试。"))
    body = request.body
    if len(body) > MOST_BYTES:
        raise Incomplete(_("一次存的内容太多，请分几次存。"))
    try:
        said = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Incomplete(_("存的内容读不懂，请刷新页面再试。")) from error
    if not isinstance(said, dict):
        raise Incomplete(_("存的内容读不懂，请刷新页面再试。"))
    cells, explanations = said.get("cells", {}), said.get("explanations", {})
    version = said.get("version", 0)
    if not (_texts(cells) and _texts(explanations) and isinstance(version, int)):
        raise Incomplete(_("存的内容读不懂，请刷新页面再试。"))
    return {"version": version, "cells": cells, "explanations": explanations}


def _texts(said: Any) -> bool:
    """True for texts by name that every database and page can hold: no NUL, no half a sign."""
    return isinstance(said, dict) and all(
        isinstance(value, str) and not NO_TEXT.search(value + key) for key, value in said.items()
    )


def _typed(request: HttpRequest) -> tuple[int, dict[str, str], dict[str, str]]:
    """The plain form: version, cells and explanations as posted."""
    version = whole_number(request.POST.get("version", "")) or 0
    cells = {n[5:]: v for n, v in request.POST.items() if n.startswith("cell-")}
    said = {n[8:]: v for n, v in request.POST.items() if n.startswith("explain-")}
    return version, cells, said


def _keep_typed(request: HttpRequest, key: str) -> int:
    """Save the cells of the plain form that differ from the sheet; the draft's version."""
    version, cells, said = _typed(request)
    found = queries.sheet_of(request.viewer, key, request.moment)
    if not cells and not said:
        return version
    before = queries.sheet_of(request.viewer, key, request.moment)
    changed = {cell: text for cell, text in cells.items() if before.typed.get(cell, "") != text}
    if not changed and said == {k: before.explanations.get(k, "") for k in said}:
        return version
    saved = actions.save_draft(
        filing=key,
        version=version,
        cells=changed,
        explanations=said,
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    if saved.conflicts:
        said_by = _("有 %(count)d 格同事刚刚填了别的数，两个数都留着，请定下用哪个。")
        messages.warning(request, said_by % {"count": len(saved.conflicts)})
    return saved.version if found.version == version else version


def _save_page(request: HttpRequest, key: str) -> HttpResponse:
    if not request.viewer.has(*RESPONDENTS):
        raise Incomplete(_("只有填报单位自己的人可以填这份报表。"))
    _keep_typed(request, key)
    messages.success(request, _("草稿已保存。"))
    return _back(request, key)


def _back(request: HttpRequest, key: str) -> HttpResponse:
    """To the filing, in the shape it was looked at."""
    shape = "?plain=1" if request.POST.get("plain") else ""
    return redirect(reverse("filing", args=[key]) + shape)


@admit(*RESPONDENTS)
@require_POST
def submit(request: HttpRequest, key: str) -> HttpResponse:
    """Save what the form says and hand the filing in; a fault stays at its cell."""
    version = _keep_typed(request, key)
    try:
        actions.submit_filing(
            filing=key, version=version, viewer=request.viewer, by=request.viewer.person,
            at=request.at,
        )  # fmt: skip
    except Incomplete as refusal:
        messages.error(request, refusal.sentence)
        return _back(request, key)
    messages.success(request, _("已报送。数据已入库，其他页面随即可见。"))
    return redirect("filing", key)


@admit(*READERS)
@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Open an accepted filing for a correction."""
    actions.correct_filing(
        filing=key,
        why=request.POST.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已转入更正；填报单位重新报送以前，仍按验收的数用。"))
    return redirect("filing", key)


@admit(*RESPONDENTS)
@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Give up a correction."""
    actions.keep_accepted(
        filing=key, viewer=request.viewer, by=request.viewer.person, at=request.at
    )
    messages.success(request, _("已放弃更正，仍按验收的数。"))
    return redirect("filing", key)
