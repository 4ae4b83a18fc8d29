"""What keys of this module stand for: title, address, words for search, scope."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.periods import period_label

from ..models import Assignment, Measure, Plan, ReportState, Round, StepState
from ..rules.reporting import has_left_unit


def find_plan(key: str) -> Found | None:
    """A plan by its key."""
    plan = Plan.objects.filter(key=key).first()
    if plan is None:
        return None
    words = " ".join(part for part in (plan.number, plan.issuer) if part)
    address = reverse("plan", args=[key])
    return Found(plan.title, address, _("规划"), words, {"city": plan.city})


def find_measure(key: str) -> Found | None:
    """A measure by its key."""
    measure = Measure.objects.filter(key=key).first()
    if measure is None:
        return None
    address = reverse("measure", args=[key])
    return Found(measure.title, address, _("举措"), measure.text, {"city": measure.city})


def find_step(key: str) -> Found | None:
    """A step of an annual plan by its key; a withdrawn one is gone."""
    state = (
        StepState.objects.open()
        .filter(step=key, withdrawn=False)
        .select_related("step__measure")
        .first()
    )
    if state is None:
        return None
    step = state.step
    page = reverse("annual_plan", args=[step.measure.plan_id, step.year])
    scope = {"city": step.city, "unit": step.unit}
    return Found(
        state.title, f"{page}?unit={step.unit}#step-{key}", _("年度行动"), step.measure.title, scope
    )


def find_round(key: str) -> Found | None:
    """A month of reporting by its key."""
    row = Round.objects.filter(key=key).select_related("plan").first()
    if row is None:
        return None
    title = _("%(period)s月报") % {"period": period_label(row.period)}
    return Found(title, reverse("round", args=[key]), _("月报"), row.plan.title, {"city": row.city})


def find_report(key: str) -> Found | None:
    """A report by its key. Its words are told only once they have left their unit."""
    state = (
        ReportState.objects.open()
        .filter(report=key)
        .select_related("report__round", "report__measure")
        .first()
    )
    if state is None:
        return None
    report = state.report
    title = f"{period_label(report.round.period)} · {report.measure.title}"
    out = has_left_unit(state.stage, state.returned_from)
    body = "\n".join(part for part in (state.text, state.problem) if part) if out else ""
    led = Assignment.objects.open().filter(measure=report.measure_id, role="lead")
    units = " ".join(led.values_list("unit", flat=True))
    scope = {"city": report.city, "unit": report.unit, "units": units}
    return Found(title, reverse("report", args=[key]), _("月报"), body, scope)
