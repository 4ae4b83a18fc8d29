"""What firms state of themselves and nobody has verified yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import FactStage
from ..models import FirmFact
from ..rules import keeps_facts
from .catalogue import catalogue
from .facts import stored_value


@dataclass(frozen=True)
class StatementRow:
    """One statement that waits."""

    enterprise: str
    firm: str
    fact: str
    label: str
    value: str
    on: date
    since: int
    may_verify: bool


def statements(viewer: Viewer, moment: Moment) -> list[StatementRow]:
    """The statements within the viewer's scope that wait, firm by firm."""
    rows = list(visible(FirmFact.objects.at(moment).filter(stage=FactStage.STATED), viewer))
    states = EnterpriseState.objects.at(moment).filter(of__in={row.of_id for row in rows})
    firms = {state.of_id: state for state in states}
    known = catalogue(viewer.city, moment).facts
    lang = language()
    found = [
        StatementRow(
            row.of_id,
            firms[row.of_id].name,
            row.fact,
            known[row.fact].label(lang),
            known[row.fact].shown(stored_value(row.value, known[row.fact]), lang),
            row.on,
            row.since_id,
            keeps_facts(viewer, row.city, firms[row.of_id].unit, firms[row.of_id].zone)
            and not moment.is_past,
        )
        for row in rows
        if row.fact in known and row.of_id in firms
    ]
    return sorted(found, key=lambda one: (one.firm, one.label))
