"""Words of assessment for templates."""

from __future__ import annotations

from django import template

from luodi.orgs.rules import Viewer

from ..queries import AppraisalHeld, runs_appraisals
from ..queries.evaluations import verdict_words

register = template.Library()


@register.filter
def plan_verdict(verdict: str) -> str:
    """The verdict on a target or measure by shape and word."""
    return verdict_words(verdict)


@register.filter
def runs(viewer: Viewer, held: AppraisalHeld) -> bool:
    """Whether a viewer runs an appraisal."""
    return runs_appraisals(viewer, held.appraisal.city)
