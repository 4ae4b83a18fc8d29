"""Appraisals: the list, and one with its scheme, its ranked table and its runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.refusals import NotFound
from luodi.common.views import sheet_response
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import forms, queries
from ..models import AppraisalRun
from ..queries import AppraisalHeld, ScoreRow
from ..tables import appraisals_table, runs_table, scores_table

UNFOLDED = 30
"""So many units at most have their contributions on the page of the ranked table itself."""


@admit(*BUSINESS)
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """The appraisals, the newest first."""
    rows = queries.appraisals(request.viewer, request.moment)
    table = appraisals_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("考核"))
    office = queries.runs_appraisals(request.viewer, request.viewer.city)
    context = {"table": table, "office": office and not request.moment.is_past}
    return render(request, "assessment/home.html", context)


@admit(*BUSINESS)
@require_GET
def appraisal(request: HttpRequest, key: str) -> HttpResponse:
    """One appraisal with its newest run."""
    return _result(request, key, None)


@admit(*BUSINESS)
@require_GET
def appraisal_result(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One appraisal with one of its runs."""
    return _result(request, key, number)


def _result(request: HttpRequest, key: str, number: int | None) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    held = queries.hold_appraisal(key, viewer, moment)
    runs = queries.appraisal_runs(held, viewer, moment)
    run = queries.picked(runs, number)
    rows = queries.scores_of(run, held, viewer) if run else []
    table = scores_table(
        rows,
        _groups(rows),
        request.GET.dict(),
        lambda row: "" if row.lines is None or run is None else score_address(held, run, row.unit),
    )
    if table.wants_sheet:
        return sheet_response(table, held.state.title)
    context = page_context(request, held) | {
        "run": run,
        "runs": runs_table(runs, lambda one: run_address(held, one), {}) if runs else None,
        "newest": not runs or run == runs[0],
        "previous": runs[1].number if len(runs) > 1 else None,
        "table": table,
        "rows": rows if len(rows) <= UNFOLDED else [],
        "waits": not runs and not (viewer.sees_whole_city or held.is_shown),
    }
    if "run_form" in context:
        context["run_form"] = forms.RunForm(initial={"seen": len(runs)})
    return render(request, "assessment/appraisal.html", context)


def page_context(request: HttpRequest, held: AppraisalHeld) -> dict[str, Any]:
    """What every page of one appraisal shows; forms only for the office, and not in the past."""
    office = queries.runs_appraisals(request.viewer, held.appraisal.city)
    now = office and not request.moment.is_past
    found: dict[str, Any] = {
        "held": held,
        "scheme": queries.scheme_page(held),
        "office": now,
        "whole": request.viewer.sees_whole_city,
    }
    if now:
        found |= {
            "freeze": forms.FreezeForm(initial={"seen": found["scheme"].present}),
            "run_form": forms.RunForm(),
            "candidates": queries.candidates(held),
        }
    return found


def _groups(rows: list[ScoreRow]) -> list[str]:
    """The groups of all rows, in the scheme's order."""
    return list(dict.fromkeys(title for row in rows for title, _lines, _sum in row.groups))


def run_address(held: AppraisalHeld, run: AppraisalRun) -> str:
    return reverse("appraisal_result", args=[held.key, run.number])


def score_address(held: AppraisalHeld, run: AppraisalRun, unit: str) -> str:
    return reverse("appraisal_score", args=[held.key, run.number, unit])


@admit(*BUSINESS)
@require_GET
def appraisal_score(request: HttpRequest, key: str, number: int, other: str) -> HttpResponse:
    """What a run gave one unit, contribution by contribution, and what a point would cost it."""
    viewer, moment = request.viewer, request.moment
    held = queries.hold_appraisal(key, viewer, moment)
    run = queries.picked(queries.appraisal_runs(held, viewer, moment), number)
    rows = queries.scores_of(run, held, viewer) if run else []
    row = next((one for one in rows if one.unit == other and one.lines is not None), None)
    if run is None or row is None:
        raise NotFound(_("没有这个单位的得分，或者还没有向您开放。"))
    again = queries.replayed(run)
    context = {
        "held": held,
        "run": run,
        "row": row,
        "same": again.digest == run.digest,
        "costs": queries.costs_in_words(held, again, other)
        if viewer.sees_whole_city or held.state.stage in queries.OPEN_TO_ALL
        else None,
    }
    return render(request, "assessment/appraisal_score.html", context)
