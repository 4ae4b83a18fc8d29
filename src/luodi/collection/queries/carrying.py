"""A newer edition of a superior's table: the last one, and what of it still holds."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.documents.queries import content_of
from luodi.kit.mapping import Mapping, Proposal
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import TableRequest, TemplateState
from ..rules.carrying import Carried, carried_over, nearest
from .proposing import proposal_for


@dataclass(frozen=True)
class Last:
    """The last edition of a table, in words, and what of its mapping is carried into the new."""

    request: str
    title: str
    period: str
    carried: Carried


def last_edition(
    viewer: Viewer, brought: TableRequest, proposal: Proposal, moment: Moment
) -> Last | None:
    """What a table nobody has confirmed yet has from an earlier edition; None for a new table."""
    states = TemplateState.objects.at(moment).filter(
        template__city=brought.city, template__unit=brought.unit
    )
    confirmed = {
        state: Mapping.read(state.mapping)
        for state in states.exclude(template=brought.template_id).order_by("since")
        if state.mapping
    }
    state = nearest(confirmed, proposal.table)
    if state is None:
        return None
    requests = visible(TableRequest.objects.at(moment), viewer).filter(template=state.template_id)
    last = requests.select_related("file").order_by("-act").first()
    if last is None:
        return None
    before = proposal_for(last.file.name, content_of(last.file), brought.city, moment)
    carried = carried_over(confirmed[state], before, proposal)
    if carried is None:
        return None
    return Last(last.key, state.title, period_label(last.period), carried)
