"""Projects that a plan names become records when the plan is adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.orgs.queries import viewer_of_person

from ..choices import Origin
from ..models import PlanMention, Project, ProjectState
from ..queries import pipeline_at
from ..queries.merged import merged_away
from ..rules import read_amount, same_name


def adopt_projects(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Register each named project in the reserve, or tie its sentence to the one that is there.

    A plan names no lead unit: the office that adopts it leads until somebody is found. Nothing is
    registered where the city's pack has no pipeline.
    """
    moment = Moment(at)
    stages = pipeline_at(document.city, moment).stages
    named = [card for card in cards if str(card.data.get("name", "")).strip()]
    if not stages or not named:
        return
    unit = viewer_of_person(by).unit
    scope = {"city": document.city, "zone": "", "unit": unit}
    known = _known(document.city, moment)
    for card in named:
        name = str(card.data["name"]).strip()[:200]
        key = known.get(same_name(name))
        if key is None:
            key = known[same_name(name)] = new_key()
            deed.write(Project(key=key, **scope))
            deed.write(
                ProjectState(
                    project_id=key,
                    stage=stages[0].key,
                    name=name,
                    origin=Origin.RESERVE,
                    source=document.title[:200],
                    lead=unit,
                    **_investment(card.data),
                )
            )
        deed.write(
            PlanMention(
                project_id=key,
                document=document.key,
                document_title=document.title[:200],
                sentence=card.sentence_key,
                box=str(card.data.get("box") or "")[:200],
                **scope,
            )
        )
        deed.touch(subject_key("project", key))


def _known(city: str, moment: Moment) -> dict[str, str]:
    """Keys of the city's projects by their plain names."""
    states = ProjectState.objects.open().filter(project__city=city)
    rows = states.exclude(project__in=merged_away(moment)).values_list("name", "project")
    return {same_name(name): key for name, key in rows}


def _investment(data: Mapping[str, Any]) -> dict[str, int | None]:
    """The stated investment at its scale, in 万元; nothing where the plan states none."""
    stated = data.get("investment") or {}
    try:
        number, scale = read_amount(
            "investment", f"{stated.get('value', '')}{stated.get('unit', '')}"
        )
    except Incomplete:
        return {}
    return {"investment": number, "investment_scale": scale}
