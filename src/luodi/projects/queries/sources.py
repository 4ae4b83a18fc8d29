"""From a target firm to the project opened from it, and back."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.chain.queries import Lead, target_page
from luodi.common.doors import Card, find_subject
from luodi.common.keys import subject_key
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.orgs.queries import may_see
from luodi.orgs.rules import Viewer

from ..choices import Signing
from ..models import LeadSource, MergeState, ProjectState
from .pipelines import pipeline_at


def leads_from(targets: Iterable[str], moment: Moment) -> dict[str, Lead]:
    """The fact `target_firm.lead`: for each target firm the project opened from it.

    One merged into another is that other one: what came of the firm goes on there.
    """
    rows = LeadSource.objects.at(moment).filter(target__in=list(targets))
    sources = {row.project_id: row for row in rows}
    if not sources:
        return {}
    stages = {
        rule.key: titled(rule)
        for city in {row.city for row in sources.values()}
        for rule in pipeline_at(city, moment).stages
    }
    merged = MergeState.objects.at(moment).filter(project__in=sources)
    roots = dict(merged.values_list("project_id", "root_id"))
    here = {key: roots.get(key, key) for key in sources}
    states = ProjectState.objects.at(moment).filter(project__in=here.values())
    by_key = {state.project_id: state for state in states}
    return {
        source.target: Lead(
            state.project_id,
            state.name,
            stages.get(state.stage, state.stage),
            reverse("project", args=[state.project_id]),
        )
        for key, source in sources.items()
        if (state := by_key.get(here[key]))
    }


def target_card(key: str, viewer: Viewer, moment: Moment) -> Card:
    """The card `target_firm:lead`: the project there is, or the way to open one filled in."""
    lead = leads_from([key], moment).get(key)
    context = {"key": key, "lead": lead, "past": moment.is_past}
    return Card("projects/target_card.html", context)


def lead_of_target(viewer: Viewer, key: str, moment: Moment) -> dict[str, str]:
    """What a project's form begins with when it is opened from a target firm.

    Raises `NotFound` where the viewer may not see the firm.
    """
    page = target_page(viewer, key, moment)
    row = page.row
    names = {"firm": row.name, "product": row.product or row.chain}
    return {
        "target": key,
        "name": (_("%(firm)s%(product)s项目") % names)[:200],
        "investor": row.name[:200],
        "source": row.why[:200],
        "mode": page.state.mode,
        "industry": row.chain[:60],
        "signing": page.agreement or Signing.NONE.value,
        "investment": "" if page.amount is None else f"{page.amount:f}",
    }


def target_of(project: str, viewer: Viewer, moment: Moment) -> tuple[str, str] | None:
    """Title and address of the target firm a project was opened from, where it may be seen."""
    row = LeadSource.objects.at(moment).filter(project=project).first()
    found = find_subject(subject_key("target_firm", row.target)) if row else None
    if found is None or not may_see(viewer, dict(found.scope)):
        return None
    return str(found.title), found.address
