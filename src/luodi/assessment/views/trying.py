"""What if, and does the order hold: nothing here changes an appraisal."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Incomplete, NotFound, in_words
from luodi.kit.quantities import read_number
from luodi.kit.refusals import Refusal
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, queries
from ..models import WeightTrial

MOST = Fraction(1000)


@admit(Role.OFFICE, Role.STATISTICIAN, Role.LEADING_GROUP)
@require_GET
def appraisal_what_if(request: HttpRequest, key: str) -> HttpResponse:
    """Change figures of a unit, or weights, and see totals and places; nothing is saved."""
    viewer, moment = request.viewer, request.moment
    held = queries.hold_appraisal(key, viewer, moment)
    if held.rule is None:
        raise NotFound(_("本市的规则包已经没有这个方案，而且还没有定稿，不能计算。"))
    sheet = queries.trial_sheet(held, moment, request.GET.get("unit", ""))
    figures, weights, faults = _asked(request, sheet)
    rows = queries.tried(held, moment, figures, weights) if not faults else []
    context = {
        "held": held,
        "sheet": sheet,
        "rows": rows,
        "faults": faults,
        "changed": bool(figures or weights),
    }
    status = 422 if faults else 200
    return render(request, "assessment/what_if.html", context, status=status)


def _asked(
    request: HttpRequest, sheet: queries.TrialSheet
) -> tuple[dict[tuple[str, str], Fraction | None], dict[str, Fraction], list[str]]:
    """What was typed beside what stands; faults in words."""
    figures: dict[tuple[str, str], Fraction | None] = {}
    weights: dict[str, Fraction] = {}
    faults: list[str] = []
    for line in sheet.lines:
        line.typed = request.GET.get(f"x_{line.key}", line.figure).strip()
        line.typed_weight = request.GET.get(f"w_{line.key}", line.weight).strip()
        if line.typed != line.figure:
            if not line.typed:
                figures[sheet.unit, line.key] = None
            elif (read := _number(line.title, line.typed, faults)) is not None:
                figures[sheet.unit, line.key] = read
        if line.typed_weight != line.weight:
            read = _number(line.title, line.typed_weight, faults)
            if read is not None and not 0 <= read <= MOST:
                faults.append(_("%(title)s：权重应在 0 到 1000 之间。") % {"title": line.title})
            elif read is not None:
                weights[line.key] = read
    return figures, weights, faults


def _number(title: str, typed: str, faults: list[str]) -> Fraction | None:
    found = read_number(typed)
    if isinstance(found, Refusal):
        faults.append(f"{title}{_('：')}{in_words(found)}")
        return None
    return found[0]


@admit(Role.OFFICE, Role.STATISTICIAN, Role.LEADING_GROUP)
@require_http_methods(["GET", "POST"])
def appraisal_sensitivity(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """How often each unit came to each place when weights move; computed as a job."""
    viewer, moment = request.viewer, request.moment
    held = queries.hold_appraisal(key, viewer, moment)
    run = queries.picked(queries.appraisal_runs(held, viewer, moment), number)
    if run is None:
        raise NotFound(_("没有这次计算，或者还没有向您开放。"))
    if request.method == "POST":
        if moment.is_past:
            raise Incomplete(_("现在看的是过去的日期，只能查看。"))
        job = actions.ask_for_trial(
            appraisal=key, number=number, viewer=viewer, by=viewer.person, at=request.at
        )
        if job is not None:
            return redirect("job", key=job.key)
        return redirect("appraisal_sensitivity", key=key, number=number)
    trial = WeightTrial.objects.filter(run=run.key).first()
    ranks = {row.unit: row.rank for row in queries.scores_of(run, held, viewer)}
    context = {
        "held": held,
        "run": run,
        "trial": trial.found if trial else None,
        "kept": queries.kept_share(trial.found) if trial else "",
        "strips": queries.strips_of(held, trial.found, ranks) if trial else [],
    }
    return render(request, "assessment/sensitivity.html", context)
